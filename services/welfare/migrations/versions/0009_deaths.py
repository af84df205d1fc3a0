"""When a member died, what was cancelled or withdrawn with it, and how often a grant was put to the funds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("known_member", sa.Column("died_on", sa.Date(), nullable=True))
    op.add_column("known_member", sa.Column("end_sequence", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("visit", sa.Column("cancel_cause", sa.String(16), nullable=True))
    op.add_column("birthday_grant", sa.Column("claim", sa.Integer(), server_default="0", nullable=False))
    op.add_column("birthday_grant", sa.Column("ended_by", sa.String(16), nullable=True))
