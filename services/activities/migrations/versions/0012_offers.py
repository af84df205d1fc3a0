"""Seats that are offered to those who wait, for some hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

OFFERED = sa.text("state = 'offered'")


def upgrade() -> None:
    op.add_column("activity", sa.Column("offer_hours", sa.Integer(), nullable=True))
    op.add_column("registration", sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_registration_offered_until", "registration", ["offered_until"],
        postgresql_where=OFFERED, sqlite_where=OFFERED,
    )  # fmt: skip
