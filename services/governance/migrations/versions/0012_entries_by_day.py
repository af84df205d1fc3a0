"""Entries of the ledger are found and summed by the day they were posted on."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_fund_entry_posted_on", "fund_entry", ["posted_on"])
