"""One-time codes also for a forgotten password."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("invitation", sa.Column("purpose", sa.String(10), nullable=False, server_default="account"))
