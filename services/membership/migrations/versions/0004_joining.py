"""Wordings of consent and who agreed, series of numbers as data, cards, what batches of approvals came to."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

OF_APPLICATION = sa.text("application_id IS NOT NULL")
OF_MEMBER = sa.text("member_id IS NOT NULL")
FIRST_VERSION = "2026-01"
WORDINGS = Path(__file__).parents[2] / "consents" / "data" / f"wordings-{FIRST_VERSION}.json"


def upgrade() -> None:
    _wordings()
    _consents()
    _series()
    _outcomes()
    op.add_column("application", sa.Column("documents_seen", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("member", sa.Column("card_serial", sa.Integer(), nullable=False, server_default=sa.text("1")))


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _wordings() -> None:
    table = op.create_table(
        "consent_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title_en", sa.String(200), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        _moment("published_at"),
        sa.Column("published_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consent_text"),
        sa.UniqueConstraint("purpose", "version", name="uq_consent_text_purpose_version"),
    )
    op.create_index("ix_consent_text_purpose_in_force_from", "consent_text", ["purpose", "in_force_from"])
    rows = [
        {
            **wording,
            # The same in every database, so that documents can name them.
            "id": UUID(f"019b7657-0000-7000-8000-{number:012d}"),
            "version": FIRST_VERSION,
            "in_force_from": date(2026, 1, 1),
            "published_at": datetime(2026, 1, 1, tzinfo=UTC),
            "published_by": "membership",
        }
        for number, wording in enumerate(json.loads(WORDINGS.read_text(encoding="utf-8")), 1)
    ]
    op.bulk_insert(table, rows)


def _consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        _moment("given_at"),
        sa.Column("given_by", sa.String(64), nullable=False),
        sa.Column("by_unit", sa.Boolean(), nullable=False),
        _moment("withdrawn_at", nullable=True),
        sa.Column("withdrawn_by", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sa.ForeignKeyConstraint(["text_id"], ["consent_text.id"], name="fk_consent_text_id_consent_text"),
    )
    op.create_index(
        "uq_consent_application_id_text_id", "consent", ["application_id", "text_id"], unique=True,
        postgresql_where=OF_APPLICATION, sqlite_where=OF_APPLICATION,
    )  # fmt: skip
    op.create_index(
        "ix_consent_member_id_id", "consent", ["member_id", "id"], postgresql_where=OF_MEMBER, sqlite_where=OF_MEMBER
    )


def _series() -> None:
    op.add_column("number_series", sa.Column("prefix", sa.String(6), nullable=False, server_default="M"))
    op.add_column("number_series", sa.Column("width", sa.SmallInteger(), nullable=False, server_default=sa.text("6")))
    op.add_column("number_series", sa.Column("start", sa.BigInteger(), nullable=False, server_default=sa.text("1")))
    op.add_column("number_series", sa.Column("in_force_from", sa.Date(), nullable=False, server_default="1900-01-01"))
    op.add_column("number_series", sa.Column("document", sa.String(200), nullable=True))


def _outcomes() -> None:
    op.create_table(
        "approval_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(20), nullable=True),
        sa.Column("rule", sa.String(120), nullable=True),
        sa.Column("detail", sa.String(500), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_approval_outcome"),
        sa.UniqueConstraint("job_id", "application_id", name="uq_approval_outcome_job_id_application_id"),
    )
    op.create_index("ix_approval_outcome_job_id_id", "approval_outcome", ["job_id", "id"])
