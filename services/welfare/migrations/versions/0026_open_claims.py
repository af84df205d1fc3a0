"""Claims of goods that are not in the ledger are found without reading all hand-outs of a cycle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

OPEN = sa.text("claim_state IN ('pending', 'refused', 'reversed')")


def upgrade() -> None:
    op.create_index("ix_hand_out_open_claims", "hand_out", ["cycle_id", "id"], postgresql_where=OPEN, sqlite_where=OPEN)
