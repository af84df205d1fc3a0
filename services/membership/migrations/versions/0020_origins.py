"""Applications nobody has looked at are counted by the network they came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

PLACED = sa.text("origin IS NOT NULL")


def upgrade() -> None:
    op.add_column("application", sa.Column("origin", sa.String(32), nullable=True))
    op.create_index("ix_application_origin", "application", ["origin"], postgresql_where=PLACED, sqlite_where=PLACED)
