"""Whether the owner of an account must choose a password, because somebody else set the one it has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("account", sa.Column("must_change_password", sa.Boolean, nullable=False, server_default=sa.false()))
