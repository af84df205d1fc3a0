"""A large roster is read by long work; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("roster_import", sa.Column("read_job_id", sa.Uuid(), nullable=True))
