"""Copies of the seats in the congress, which the post of a delegate follows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "delegate_seat",
        sa.Column("delegate_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("delegate_id", name="pk_delegate_seat"),
    )
    op.create_index("ix_delegate_seat_member_id", "delegate_seat", ["member_id", "last_day"])
    op.create_index("ix_delegate_seat_last_day", "delegate_seat", ["last_day", "starts_on"])
