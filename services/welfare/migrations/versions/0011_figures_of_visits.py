"""Indexes for the figures of visits, which count this year's and no longer read those before."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_visit_visited_on", "visit", ["visited_on"])
    op.create_index("ix_visit_closed_at", "visit", ["closed_at"])
