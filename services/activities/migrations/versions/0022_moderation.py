"""Registrations that are approved, priorities of the waiting list, seats that are handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0022"
down_revision = "0021"

WAITING = sa.text("state = 'waitlisted'")


def upgrade() -> None:
    for name in ("moderated", "hand_over"):
        op.add_column("activity", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("activity", sa.Column("pending", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("registration") as registration:
        registration.add_column(sa.Column("rank", sa.BigInteger(), nullable=True))
        registration.add_column(sa.Column("priority", sa.Integer(), server_default="0", nullable=False))
        registration.add_column(sa.Column("priority_reason", sa.Text(), nullable=True))
        registration.add_column(sa.Column("refusal_reason", sa.Text(), nullable=True))
    op.execute("UPDATE registration SET rank = ticket")
    with op.batch_alter_table("registration") as registration:
        registration.alter_column("rank", existing_type=sa.BigInteger(), nullable=False)
    op.create_index(
        "ix_registration_rank", "registration", ["activity_id", "rank"], postgresql_where=WAITING, sqlite_where=WAITING
    )
    op.create_table(
        "registration_handover",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name="pk_registration_handover"),
        sa.UniqueConstraint("digest", name="uq_registration_handover_digest"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_registration_handover_registration_id_registration"
        ),
    )
