"""One-time codes for forgotten passwords by e-mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "password_mail",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=True),
        sa.Column("code_hash", sa.String(64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_password_mail_name_hash_asked_at", "password_mail", ["name_hash", "asked_at"])
    op.create_index("ix_password_mail_asked_at", "password_mail", ["asked_at"])
    op.create_index("ix_password_mail_next_at", "password_mail", ["next_at"])
    op.create_index("ix_password_mail_account_id", "password_mail", ["account_id"])
