"""Ratings: rounds, their questionnaires, groups, rolls, sheets and results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0023"
down_revision = "0028"

_TIMES = ("opens_at", "closes_at", "opened_at", "closed_at", "published_at", "reminded_at")


def upgrade() -> None:
    _rounds()
    _questionnaire()
    _groups()
    _sheets()
    _results()


def _of_round(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_rating_id_rating_round"
    return sa.ForeignKeyConstraint(["rating_id"], ["rating_round.id"], name=name)


def _rating_id() -> sa.Column:
    return sa.Column("rating_id", sa.Uuid(), nullable=False)


def _rounds() -> None:
    op.create_table(
        "rating_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("origin_kind", sa.String(10), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("electorate", sa.String(10), nullable=False),
        sa.Column("remarks", sa.Boolean(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        *(sa.Column(name, UtcDateTime(), nullable=True) for name in _TIMES),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("smallest", sa.Integer(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=True),
        sa.Column("paper", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Uuid(), nullable=True),
        sa.Column("telling", sa.String(10), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rating_round"),
    )
    op.create_index("ix_rating_round_created_at", "rating_round", ["created_at", "id"])
    op.create_index("ix_rating_round_state", "rating_round", ["state", "created_at", "id"])
    op.create_index("ix_rating_round_year", "rating_round", ["year", "kind", "id"])
    op.create_index("ix_rating_round_origin", "rating_round", ["origin_kind", "origin_id", "id"])
    for name, columns, where in (
        ("ix_rating_round_opens_at", ["opens_at"], "state = 'prepared'"),
        ("ix_rating_round_closes_at", ["closes_at"], "state = 'open'"),
        ("ix_rating_round_telling", ["id"], "telling IS NOT NULL"),
        ("ix_rating_round_worked", ["state", "id"], "state IN ('opening', 'counting')"),
    ):
        condition = sa.text(where)
        op.create_index(name, "rating_round", columns, postgresql_where=condition, sqlite_where=condition)


def _questionnaire() -> None:
    op.create_table(
        "rating_terms",
        _rating_id(),
        sa.Column("about", sa.String(2000), nullable=True),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("grades", "unit_ids", "member_ids", "rules")),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("rating_id", name="pk_rating_terms"),
        _of_round("rating_terms"),
    )
    op.create_table(
        "rating_subject",
        _rating_id(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("post", sa.String(60), nullable=True),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("rating_id", "number", name="pk_rating_subject"),
        _of_round("rating_subject"),
    )


def _groups() -> None:
    op.create_table(
        "rating_group",
        _rating_id(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("signing_key", sa.Text(), nullable=True),
        sa.Column("public_key", sa.String(700), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=True),
        sa.Column("paper", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("rating_id", "number", name="pk_rating_group"),
        sa.UniqueConstraint("rating_id", "unit_id", name="uq_rating_group_unit_id"),
        _of_round("rating_group"),
    )
    op.create_table(
        "rating_roll",
        _rating_id(),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rating_id", "member_id", name="pk_rating_roll"),
        _of_round("rating_roll"),
    )
    op.create_index("ix_rating_roll_member_id", "rating_roll", ["member_id", "rating_id"])
    op.create_index("ix_rating_roll_group", "rating_roll", ["rating_id", "group_number"])


def _sheets() -> None:
    op.create_table(
        "rating_mark",
        _rating_id(),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("rating_id", "member_id", name="pk_rating_mark"),
        _of_round("rating_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rating_sheet",
        _rating_id(),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("rating_id", "token_hash", name="pk_rating_sheet"),
        _of_round("rating_sheet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rating_sheet_group", "rating_sheet", ["rating_id", "group_number"])
    waiting = sa.text("NOT settled")
    op.create_index(
        "ix_rating_sheet_waiting", "rating_sheet", ["rating_id", "token_hash"],
        postgresql_where=waiting, sqlite_where=waiting,
    )  # fmt: skip
    op.create_table(
        "rating_paper",
        _rating_id(),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("rating_id", "group_number", name="pk_rating_paper"),
        _of_round("rating_paper"),
    )


def _results() -> None:
    op.create_table(
        "rating_figure",
        _rating_id(),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("rating_id", "group_number", "subject", "criterion", name="pk_rating_figure"),
        _of_round("rating_figure"),
    )
    op.create_table(
        "rating_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        _rating_id(),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rating_remark"),
        _of_round("rating_remark"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rating_remark_rating_id", "rating_remark", ["rating_id", "id"])
    op.create_index("ix_rating_remark_unit_id", "rating_remark", ["rating_id", "unit_id", "id"])
