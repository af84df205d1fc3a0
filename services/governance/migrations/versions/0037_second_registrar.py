"""Secret ballots with a second registrar: size and hash of the roll, and what it signed that it gave out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("secret_ballot", sa.Column("voters", sa.Integer(), nullable=True))
    op.add_column("secret_ballot", sa.Column("roll", sa.String(64), nullable=True))
    op.add_column("secret_ballot", sa.Column("statement", sa.JSON(), nullable=True))
