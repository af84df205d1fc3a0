"""What welfare's copy of members knows of their employment: which rules of benefits speak about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("known_member", sa.Column("employment", sa.String(12), nullable=True))
