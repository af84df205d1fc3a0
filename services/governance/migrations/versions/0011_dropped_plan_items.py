"""Items of the plan can be dropped, with the day and the reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("plan_item", sa.Column("dropped_on", sa.Date()))
    op.add_column("plan_item", sa.Column("drop_reason", sa.String(300)))
