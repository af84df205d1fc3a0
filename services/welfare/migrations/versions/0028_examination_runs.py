"""Every making of an examination's list, so that refusals of an earlier one are told as of its day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("examination", sa.Column("runs", sa.JSON(), nullable=True))
