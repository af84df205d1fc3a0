"""Pages that were announced, with the last event of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "announced_page",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("announcement_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("page_id", name="pk_announced_page"),
    )
    op.execute(
        "INSERT INTO announced_page (page_id, sequence, announcement_id) "
        "SELECT id, 0, id FROM announcement WHERE link IS NOT NULL"
    )
