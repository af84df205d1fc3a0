"""Files of dues know their columns, which may be named by an officer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for name in ("headings", "mapping"):
        op.add_column("dues_file", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
