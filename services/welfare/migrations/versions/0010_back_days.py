"""How long after it happened a life event can be reported, as data of its visit type."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("dated_visit_type", sa.Column("back_days", sa.Integer(), server_default="365", nullable=False))
