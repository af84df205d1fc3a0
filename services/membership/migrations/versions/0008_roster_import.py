"""The roster_import subject's tables; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEPT = sa.text("erased_at IS NULL")


def upgrade() -> None:
    _imports()
    _rows()
    # Namesakes are looked up by name and birth; beginnings of names are served by the same index.
    op.create_index("ix_member_name_birth_date", "member", ["name", "birth_date"])
    op.drop_index("ix_member_name", "member")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _imports() -> None:
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("heading_key", sa.String(64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("check_job_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        _moment("uploaded_at"),
        sa.Column("uploaded_by", sa.String(64), nullable=False),
        _moment("kept_until"),
        _moment("imported_at", nullable=True),
        _moment("erased_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_import"),
    )
    op.create_index(
        "ix_roster_import_kept_until", "roster_import", ["kept_until"], postgresql_where=KEPT, sqlite_where=KEPT
    )
    op.create_table(
        "heading_memory",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        _moment("used_at"),
        sa.PrimaryKeyConstraint("key", name="pk_heading_memory"),
    )


def _rows() -> None:
    op.create_table(
        "roster_part",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.Column("people", sa.LargeBinary(), nullable=True),
        sa.Column("keys", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("import_id", "part", name="pk_roster_part"),
        sa.ForeignKeyConstraint(["import_id"], ["roster_import.id"], name="fk_roster_part_import_id_roster_import"),
    )
    op.create_table(
        "roster_problem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("field", sa.String(20), nullable=True),
        sa.Column("value", sa.String(120), nullable=True),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_problem"),
        sa.ForeignKeyConstraint(["import_id"], ["roster_import.id"], name="fk_roster_problem_import_id_roster_import"),
    )
    for name, columns in (
        ("row_id", ["row", "id"]),
        ("kind_row_id", ["kind", "row", "id"]),
        ("field_row_id", ["field", "row", "id"]),
    ):
        op.create_index(f"ix_roster_problem_import_id_{name}", "roster_problem", ["import_id", *columns])
