"""Announcements may link to the page of the portal that says more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("announcement", sa.Column("link", sa.String(200)))
