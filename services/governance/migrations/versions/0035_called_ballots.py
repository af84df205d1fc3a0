"""Ballots whose question and voters are settled by what called them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("ballot", sa.Column("called", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "UPDATE ballot SET called = true WHERE origin_kind IN ('session', 'meeting') OR run_off_of IS NOT NULL "
        "OR id IN (SELECT ballot_id FROM congress_unit_election)"
    )
