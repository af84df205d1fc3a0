"""Examinations: hospitals, campaigns, packages, slots, members on lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    _hospitals()
    _campaigns()
    _choices()
    _examinees()


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _hospitals() -> None:
    op.create_table(
        "examination_hospital",
        _id("id"),
        _text("name", 100),
        _text("address", 200),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_examination_hospital"),
    )
    op.create_index("ix_examination_hospital_in_use", "examination_hospital", ["in_use", "id"])


def _campaigns() -> None:
    op.create_table(
        "examination",
        _id("id"),
        _text("title", 60),
        _number("year"),
        _text("kind", 10),
        _text("funding", 16),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("book_until", sa.Date(), nullable=False),
        _text("state", 10),
        _id("run_id", nullable=True),
        _id("job_id", nullable=True),
        *(_number(name) for name in ("total", "done", "reminder_round")),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        _text("progress_told", 30, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_examination"),
    )
    op.create_index("ix_examination_state", "examination", ["state", "id"])


def _choices() -> None:
    op.create_table(
        "examination_package",
        _id("id"),
        _id("examination_id"),
        _text("name", 60),
        _text("sex", 6, nullable=True),
        _number("age_from"),
        _number("age_to"),
        sa.Column("price", Yuan(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_examination_package"),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examination.id"], name="fk_examination_package_examination_id_examination"
        ),
    )
    op.create_index("ix_examination_package_examination_id", "examination_package", ["examination_id"])
    op.create_table(
        "examination_slot",
        _id("id"),
        _id("examination_id"),
        _id("hospital_id"),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        _number("capacity"),
        _number("booked"),
        _text("note", 100, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_examination_slot"),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examination.id"], name="fk_examination_slot_examination_id_examination"
        ),
        sa.ForeignKeyConstraint(
            ["hospital_id"], ["examination_hospital.id"], name="fk_examination_slot_hospital_id_examination_hospital"
        ),
        sa.CheckConstraint(
            "booked >= 0 AND booked <= capacity", name=op.f("ck_examination_slot_capacity_covers_booked")
        ),
    )
    op.create_index("ix_examination_slot_examination_id", "examination_slot", ["examination_id", "starts_at", "id"])


def _examinees() -> None:
    op.create_table(
        "examinee",
        *(_id(name) for name in ("id", "examination_id", "member_id", "unit_id", "decision_id")),
        sa.Column("facts", sa.Text(), nullable=True),
        _text("state", 10),
        _id("package_id", nullable=True),
        _id("slot_id", nullable=True),
        _number("reminded"),
        sa.Column("listed_at", UtcDateTime(), nullable=False),
        sa.Column("booked_at", UtcDateTime(), nullable=True),
        sa.Column("marked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_examinee"),
        sa.ForeignKeyConstraint(["examination_id"], ["examination.id"], name="fk_examinee_examination_id_examination"),
        sa.ForeignKeyConstraint(
            ["package_id"], ["examination_package.id"], name="fk_examinee_package_id_examination_package"
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["examination_slot.id"], name="fk_examinee_slot_id_examination_slot"),
        sa.UniqueConstraint("examination_id", "member_id", name="uq_examinee_examination_id_member_id"),
    )
    for name, columns in (
        ("member_id", ["member_id", "id"]),
        ("state", ["examination_id", "state", "id"]),
        ("unit_id", ["examination_id", "unit_id", "state", "id"]),
        ("slot_id", ["slot_id", "state", "id"]),
    ):
        op.create_index(f"ix_examinee_{name}", "examinee", columns)
