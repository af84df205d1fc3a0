"""Staff numbers of a roster's earlier rows, so that the dry run tells of a number that stands twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("roster_part", sa.Column("staff_keys", sa.LargeBinary(), nullable=True))
