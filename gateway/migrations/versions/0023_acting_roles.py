"""The one role that somebody with several works in, for a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("session", sa.Column("acting_role", sa.String(20), nullable=True))
    op.add_column("session", sa.Column("acting_unit_id", sa.Uuid(), nullable=True))
