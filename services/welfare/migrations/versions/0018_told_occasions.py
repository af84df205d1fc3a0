"""Visit types say what who is sent reads as the occasion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("dated_visit_type", sa.Column("told_as", sa.String(60), nullable=True))
    op.add_column("dated_visit_type", sa.Column("told_as_en", sa.String(100), nullable=True))
