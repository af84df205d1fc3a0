"""Identities at identity providers, the providers' sessions, tokens that were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "external_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(30), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_external_identity"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], ondelete="CASCADE", name="fk_external_identity_account_id_account"
        ),
        sa.UniqueConstraint("issuer", "subject_hash", name="uq_external_identity_issuer_subject_hash"),
        sa.UniqueConstraint("account_id", "issuer", name="uq_external_identity_account_id_issuer"),
    )
    op.create_table(
        "provider_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=True),
        sa.Column("id_token", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("session_id", name="pk_provider_session"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], ondelete="CASCADE", name="fk_provider_session_session_id_session"
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["external_identity.id"],
            ondelete="CASCADE",
            name="fk_provider_session_identity_id_external_identity",
        ),
    )
    op.create_index("ix_provider_session_identity_id", "provider_session", ["identity_id"])
    op.create_index("ix_provider_session_key_hash", "provider_session", ["key_hash"])
    op.create_table(
        "spent_token",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_spent_token"),
    )
    op.create_index("ix_spent_token_expires_at", "spent_token", ["expires_at"])
