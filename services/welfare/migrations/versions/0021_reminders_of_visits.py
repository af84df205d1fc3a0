"""Reminders before a visit is due, and posts whose holders are visited by the union, as data of the visit type."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("dated_visit_type", sa.Column("union_posts", sa.JSON(), nullable=True))
    op.add_column(
        "dated_visit_type", sa.Column("remind_before_hours", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("visit", sa.Column("remind_at", UtcDateTime(), nullable=True))
    op.add_column("visit", sa.Column("reminded_at", UtcDateTime(), nullable=True))
