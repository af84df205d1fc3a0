"""An issue of birthday vouchers names the job that works it off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("birthday_run", sa.Column("job_id", sa.Uuid(), nullable=True))
