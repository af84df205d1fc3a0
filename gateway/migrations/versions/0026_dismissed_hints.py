"""Accounts keep the pages whose hints they dismissed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("account", sa.Column("dismissed_hints", sa.String(200)))
