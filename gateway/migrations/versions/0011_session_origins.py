"""Where sessions come from: identity provider, address, last use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("session", sa.Column("provider", sa.String(30), nullable=True))
    op.add_column("session", sa.Column("address", sa.Text, nullable=True))
    op.add_column("session", sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True))
