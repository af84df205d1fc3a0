"""Requests of members, and counselling by appointment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0029"
down_revision = "0028"


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _flag(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "request_type",
        _id("id"),
        _text("name", 60),
        _text("about", 1000, nullable=True),
        _flag("counted_only"),
        _number("accept_days"),
        _json("steps"),
        _json("documents"),
        _id("handler_id", nullable=True),
        _number("keep_months"),
        _flag("offered"),
        sa.PrimaryKeyConstraint("id", name="pk_request_type"),
        sa.UniqueConstraint("name", name="uq_request_type_name"),
    )
    _requests()
    _counselling()


def _requests() -> None:
    op.create_table(
        "member_request",
        _id("id"),
        _text("number", 16),
        *(_id(name) for name in ("type_id", "member_id", "unit_id")),
        _id("handler_id", nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        _text("state", 10),
        _number("step"),
        _json("steps"),
        _json("documents"),
        _number("keep_months"),
        _moment("submitted_at"),
        sa.Column("due_on", sa.Date(), nullable=True),
        _flag("overdue_told"),
        _moment("ended_at", nullable=True),
        sa.Column("forget_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member_request"),
        sa.UniqueConstraint("number", name="uq_member_request_number"),
        sa.ForeignKeyConstraint(["type_id"], ["request_type.id"], name="fk_member_request_type_id_request_type"),
    )
    for name in ("member_id", "type_id", "state", "unit_id", "handler_id"):
        op.create_index(f"ix_member_request_{name}", "member_request", [name, "id"])
    is_open, has_words = sa.text("due_on IS NOT NULL"), sa.text("forget_on IS NOT NULL")
    op.create_index(
        "ix_member_request_due_on", "member_request", ["due_on", "id"], postgresql_where=is_open, sqlite_where=is_open
    )
    op.create_index(
        "ix_member_request_forget_on", "member_request", ["forget_on"], postgresql_where=has_words,
        sqlite_where=has_words,
    )  # fmt: skip
    op.create_table(
        "request_entry",
        _id("id"),
        _id("request_id"),
        _text("action", 10),
        _text("step_name", 60, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        _moment("at"),
        _id("by", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_request_entry"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["member_request.id"], name="fk_request_entry_request_id_member_request"
        ),
    )
    op.create_index("ix_request_entry_request_id", "request_entry", ["request_id"])
    op.create_table(
        "request_document",
        _id("id"),
        _id("request_id"),
        _text("document", 60),
        _id("file_id"),
        _moment("added_at"),
        sa.PrimaryKeyConstraint("id", name="pk_request_document"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["member_request.id"], name="fk_request_document_request_id_member_request"
        ),
    )
    op.create_index("ix_request_document_request_id", "request_document", ["request_id"])


def _counselling() -> None:
    op.create_table(
        "counselling_slot",
        _id("id"),
        _id("type_id"),
        _moment("starts_at"),
        _moment("ends_at"),
        _text("place", 100),
        _number("capacity"),
        _number("taken"),
        sa.PrimaryKeyConstraint("id", name="pk_counselling_slot"),
        sa.ForeignKeyConstraint(["type_id"], ["request_type.id"], name="fk_counselling_slot_type_id_request_type"),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("ck_counselling_slot_capacity_covers_taken")),
    )
    op.create_index("ix_counselling_slot_ends_at", "counselling_slot", ["ends_at"])
    op.create_index("ix_counselling_slot_type_id_starts_at", "counselling_slot", ["type_id", "starts_at", "id"])
    op.create_table(
        "counselling_appointment",
        *(_id(name) for name in ("id", "slot_id", "type_id", "member_id")),
        sa.PrimaryKeyConstraint("id", name="pk_counselling_appointment"),
        sa.UniqueConstraint("slot_id", "member_id", name="uq_counselling_appointment_slot_id_member_id"),
        sa.UniqueConstraint("member_id", "type_id", name="uq_counselling_appointment_member_id_type_id"),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["counselling_slot.id"], name="fk_counselling_appointment_slot_id_counselling_slot"
        ),
    )
    op.create_table(
        "counselling_count",
        _id("type_id"),
        _text("month", 7),
        _number("count"),
        sa.PrimaryKeyConstraint("type_id", "month", name="pk_counselling_count"),
        sa.ForeignKeyConstraint(["type_id"], ["request_type.id"], name="fk_counselling_count_type_id_request_type"),
    )
