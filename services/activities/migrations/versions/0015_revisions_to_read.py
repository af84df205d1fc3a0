"""Which revision of an article officers were given to read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("article", sa.Column("submitted", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE article SET submitted = number")
