"""The congress: terms, bodies, seats, elections, delegates and their delegations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0019"

_SERVING = sa.text("state = 'serving'")


def upgrade() -> None:
    _terms()
    _delegates()
    _delegations()


def _terms() -> None:
    op.create_table(
        "congress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress"),
        sa.UniqueConstraint("number", name="uq_congress_number"),
    )
    op.create_index("ix_congress_state_number", "congress", ["state", "number"])
    op.create_table(
        "congress_body",
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("shares_missing_rules", sa.JSON(), nullable=False),
        sa.Column("shares_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("congress_id", "body", name="pk_congress_body"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_body_congress_id_congress"),
    )
    op.create_table(
        "congress_seats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_seats"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_seats_congress_id_congress"),
        sa.UniqueConstraint("congress_id", "body", "unit_id", name="uq_congress_seats_congress_id_body_unit_id"),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_congress_seats_seats_not_negative")),
    )
    op.create_index("ix_congress_seats_unit_id", "congress_seats", ["unit_id"])


def _delegates() -> None:
    op.create_table(
        "congress_election",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("elected_on", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("ballots_cast", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(120), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_congress_election"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_election_congress_id_congress"),
    )
    op.create_index("ix_congress_election_congress_id", "congress_election", ["congress_id"])
    op.create_table(
        "congress_delegate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("staff_kind", sa.String(10), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(8), nullable=True),
        sa.Column("end_document", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_delegate"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_delegate_congress_id_congress"),
        sa.ForeignKeyConstraint(
            ["election_id"], ["congress_election.id"], name="fk_congress_delegate_election_id_congress_election"
        ),
    )
    op.create_index(
        "uq_congress_delegate_serving", "congress_delegate", ["congress_id", "body", "member_id"], unique=True,
        postgresql_where=_SERVING, sqlite_where=_SERVING,
    )  # fmt: skip
    indexes = {
        "ix_congress_delegate_body": ["congress_id", "body", "state", "unit_id", "id"],
        "ix_congress_delegate_unit_id": ["unit_id", "congress_id", "id"],
        "ix_congress_delegate_member_id": ["member_id", "last_day"],
        "ix_congress_delegate_election_id": ["election_id"],
    }
    for name, columns in indexes.items():
        op.create_index(name, "congress_delegate", columns)


def _delegations() -> None:
    op.create_table(
        "congress_delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("head_id", sa.Uuid(), nullable=True),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_delegation"),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name="fk_congress_delegation_congress_id_congress"),
        sa.UniqueConstraint("congress_id", "name", name="uq_congress_delegation_congress_id_name"),
    )
    op.create_table(
        "congress_delegation_unit",
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("delegation_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("congress_id", "unit_id", name="pk_congress_delegation_unit"),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name="fk_congress_delegation_unit_congress_id_congress"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["congress_delegation.id"],
            name="fk_congress_delegation_unit_delegation_id_congress_delegation",
        ),
    )  # fmt: skip
    op.create_index("ix_congress_delegation_unit_delegation_id", "congress_delegation_unit", ["delegation_id"])
