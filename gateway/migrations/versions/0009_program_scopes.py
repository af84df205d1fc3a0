"""What programs may read, until when their secrets are good, and when they were used last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_IS_PROGRAM = sa.text("program_role IS NOT NULL")


def upgrade() -> None:
    op.add_column("account", sa.Column("program_scopes", sa.String(300), nullable=True))
    op.add_column("account", sa.Column("secret_expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_account_program", "account", ["username"], postgresql_where=_IS_PROGRAM, sqlite_where=_IS_PROGRAM
    )
