"""Cases of mediation: parties, mediators, hearings, papers, and notices that name no case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0021"
down_revision = "0018"


def upgrade() -> None:
    _case()
    _people()
    _words()


def _case() -> None:
    days = ("due_on", "extension_until", "perform_by", "mediator_signed_on", "sealed_on", "in_force_on", "confirmed_on",
            "closed_on")  # fmt: skip
    words = ("known_on", "claim", "facts", "agreement", "document_number")
    waits = sa.text("clerk_id IS NULL AND closed_on IS NULL")
    clocked = sa.text("due_on IS NOT NULL AND closed_on IS NULL")
    worded = sa.text("closed_on IS NOT NULL AND NOT forgotten")
    op.create_table(
        "dispute_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("matter", sa.String(20), nullable=False),
        sa.Column("respondent_kind", sa.String(10), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime()),
        *(sa.Column(name, sa.Date()) for name in days),
        *(sa.Column(name, sa.Text()) for name in words),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("clerk_id", sa.Uuid()),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("applicant_mark", sa.String(10)),
        sa.Column("respondent_mark", sa.String(10)),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_case"),
        sa.UniqueConstraint("case_id", name="uq_dispute_case_case_id"),
        sa.UniqueConstraint("number", name="uq_dispute_case_number"),
    )
    op.create_index("ix_dispute_case_waits", "dispute_case", ["id"], postgresql_where=waits, sqlite_where=waits)
    op.create_index("ix_dispute_case_clerk_id", "dispute_case", ["clerk_id"])
    op.create_index("ix_dispute_case_due_on", "dispute_case", ["due_on", "id"], postgresql_where=clocked,
                    sqlite_where=clocked)  # fmt: skip
    op.create_index("ix_dispute_case_closed_on", "dispute_case", ["closed_on"], postgresql_where=worded,
                    sqlite_where=worded)  # fmt: skip
    op.create_index("ix_dispute_case_received_on", "dispute_case", ["received_on"])


def _people() -> None:
    op.create_table(
        "dispute_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("member_id", sa.Text()),
        sa.Column("member_key", sa.String(64)),
        sa.Column("represents", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.Boolean()),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("extension", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_party"),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute_case.id"], name="fk_dispute_party_dispute_id_dispute_case"),
        sa.UniqueConstraint("dispute_id", "member_key", name="uq_dispute_party_dispute_id_member_key"),
    )
    op.create_index("ix_dispute_party_dispute_id", "dispute_party", ["dispute_id"])
    op.create_index("ix_dispute_party_member_key", "dispute_party", ["member_key"])
    op.create_table(
        "dispute_mediator",
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(14), nullable=False),
        sa.Column("ground", sa.String(20)),
        sa.PrimaryKeyConstraint("dispute_id", "member_id", name="pk_dispute_mediator"),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute_case.id"], name="fk_dispute_mediator_dispute_id_dispute_case"
        ),
    )
    op.create_index("ix_dispute_mediator_member_id", "dispute_mediator", ["member_id"])
    op.create_table(
        "private_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Text()),
        sa.Column("after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_private_notice"),
    )
    op.create_index("ix_private_notice_after", "private_notice", ["after"])


def _words() -> None:
    tables = {
        "dispute_hearing": (
            sa.Column("held_at", UtcDateTime(), nullable=False),
            sa.Column("place", sa.Text()), sa.Column("attended", sa.Text()), sa.Column("notes", sa.Text()),
        ),
        "dispute_entry": (
            sa.Column("action", sa.String(20), nullable=False), sa.Column("role", sa.String(10)),
            sa.Column("note", sa.Text()), sa.Column("at", UtcDateTime(), nullable=False),
        ),
        "dispute_paper": (
            sa.Column("kind", sa.String(14), nullable=False), sa.Column("file_id", sa.Uuid(), nullable=False),
            sa.Column("added_at", UtcDateTime(), nullable=False),
        ),
    }  # fmt: skip
    for name, columns in tables.items():
        op.create_table(
            name,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("dispute_id", sa.Uuid(), nullable=False),
            *columns,
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(["dispute_id"], ["dispute_case.id"], name=f"fk_{name}_dispute_id_dispute_case"),
        )
        op.create_index(f"ix_{name}_dispute_id", name, ["dispute_id"])
