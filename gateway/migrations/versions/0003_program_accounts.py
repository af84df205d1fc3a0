"""Accounts of programs: another campus system with one role, no person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("account", sa.Column("program_role", sa.String(20), nullable=True))
