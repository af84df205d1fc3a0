"""Which post a deputy holds for an absent colleague."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("held_post", sa.Column("delegated_post_id", sa.Uuid(), nullable=True))
