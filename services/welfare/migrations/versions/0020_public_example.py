"""An earlier public value as example of how the value of a draw is written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("recuperation_round", sa.Column("public_example", sa.String(100), nullable=True))
