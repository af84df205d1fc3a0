"""Transfers, changes of standing with their decisions, requests to leave, months of retirement.

Who is in transfer counts as active, in figures and on birthdays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OPEN = sa.text("state IN ('requested', 'released', 'accepted')")
ASKED = sa.text("state = 'requested'")
ACTIVE = sa.text("standing IN ('active', 'transferring')")
ENDED = sa.text("standing IN ('withdrawn', 'deemed_withdrawn', 'expelled', 'deceased')")
APPROVED = sa.text("approved_month IS NOT NULL")
RETIRED = sa.text("retired_on IS NOT NULL")


def upgrade() -> None:
    _member()
    _transfer()
    _standing()


def _index(name: str, table: str, columns: list[str], where: sa.TextClause | None = None, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, postgresql_where=where, sqlite_where=where)


def _member() -> None:
    op.add_column("member", sa.Column("approved_month", sa.Date(), nullable=True))
    op.add_column("member", sa.Column("retired_on", sa.Date(), nullable=True))
    _index("ix_member_original_age_birth_date", "member", ["original_age", "birth_date"])
    _index("ix_member_approved_month", "member", ["approved_month"], APPROVED)
    _index("ix_member_retired_on", "member", ["retired_on"], RETIRED)
    _index("ix_member_former_person", "member", ["id_number_index"], ENDED)
    op.drop_index("ix_member_figures", "member")
    op.drop_index("ix_member_birthday", "member")
    _index("ix_member_figures", "member", ["unit_id", "gender", "employment"], ACTIVE)
    _index("ix_member_birthday", "member", ["birth_month", "birth_day", "id"], ACTIVE)


def _transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("from_unit_id", sa.Uuid(), nullable=True),
        sa.Column("to_unit_id", sa.Uuid(), nullable=True),
        sa.Column("other_union", sa.String(100), nullable=True),
        sa.Column("former_number", sa.String(40), nullable=True),
        sa.Column("member_since", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transfer"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_transfer_member_id_member"),
        sa.ForeignKeyConstraint(["from_unit_id"], ["unit.id"], name="fk_transfer_from_unit_id_unit"),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name="fk_transfer_to_unit_id_unit"),
    )
    _index("uq_transfer_open_member", "transfer", ["member_id"], OPEN, unique=True)
    for name, columns in (
        ("member_id_requested_at_id", ["member_id", "requested_at", "id"]),
        ("state_requested_at_id", ["state", "requested_at", "id"]),
        ("requested_at_id", ["requested_at", "id"]),
        ("effective_on_id", ["effective_on", "id"]),
        ("from_unit_id_requested_at_id", ["from_unit_id", "requested_at", "id"]),
        ("to_unit_id_requested_at_id", ["to_unit_id", "requested_at", "id"]),
        ("state_effective_on", ["state", "effective_on"]),
    ):
        op.create_index(f"ix_transfer_{name}", "transfer", columns)
    op.create_table(
        "transfer_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_step"),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name="fk_transfer_step_transfer_id_transfer"),
    )
    op.create_index("ix_transfer_step_transfer_id_id", "transfer_step", ["transfer_id", "id"])


def _standing() -> None:
    op.create_table(
        "standing_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("old_standing", sa.String(20), nullable=False),
        sa.Column("new_standing", sa.String(20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=True),
        sa.Column("meeting", sa.String(200), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("unpaid_since", sa.Date(), nullable=True),
        sa.Column("inactive_since", sa.Date(), nullable=True),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("talk_note", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_standing_change"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_standing_change_member_id_member"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_standing_change_unit_id_unit"),
    )
    for first in ("member_id", "kind", "unit_id", "effective_on"):
        op.create_index(f"ix_standing_change_{first}_id", "standing_change", [first, "id"])
    op.create_table(
        "leave_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_leave_request"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_leave_request_member_id_member"),
    )
    _index("uq_leave_request_asked", "leave_request", ["member_id"], ASKED, unique=True)
    op.create_index("ix_leave_request_member_id_id", "leave_request", ["member_id", "id"])
    op.create_index("ix_leave_request_state_id", "leave_request", ["state", "id"])
