"""Credits of dues are found by an index; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

OVER = sa.text("paid > due")


def upgrade() -> None:
    op.create_index(
        "ix_dues_charge_over", "dues_charge", ["member_id", "month"], postgresql_where=OVER, sqlite_where=OVER
    )
