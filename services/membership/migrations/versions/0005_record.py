"""Every field of the record, honours, and family members; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KNOWN_TO_HR = sa.text("hr_id IS NOT NULL AND standing IN ('active', 'transferring', 'retained')")

CONSENTED = sa.text("consent_id IS NOT NULL")


def upgrade() -> None:
    _particulars()
    _honours()
    _family()


def _particulars() -> None:
    for name, kind in (
        ("left_on", sa.Date()),
        ("hr_id", sa.String(30)),
        ("education", sa.String(12)),
        ("degree", sa.String(12)),
        ("professional_title", sa.String(40)),
        ("position", sa.String(60)),
        ("political_status", sa.Text()),
        ("ethnicity", sa.String(20)),
        ("native_place", sa.String(60)),
        ("marital_status", sa.String(12)),
        ("office_phone", sa.String(30)),
        ("address", sa.Text()),
        ("emergency_name", sa.Text()),
        ("emergency_phone", sa.Text()),
        ("emergency_relation", sa.String(12)),
        ("skills", sa.String(200)),
        ("hobbies", sa.String(200)),
    ):
        op.add_column("member", sa.Column(name, kind, nullable=True))
    op.create_index(
        "uq_member_hr_id", "member", ["hr_id"], unique=True, postgresql_where=KNOWN_TO_HR, sqlite_where=KNOWN_TO_HR
    )


def _honours() -> None:
    op.create_table(
        "honour",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(100), nullable=True),
        sa.Column("evidence", sa.String(500), nullable=True),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_honour"),
        sa.UniqueConstraint("award_id", name="uq_honour_award_id"),
    )
    op.create_index("ix_honour_member_id_awarded_on_id", "honour", ["member_id", "awarded_on", "id"])
    op.create_index("ix_honour_unit_id_awarded_on_id", "honour", ["unit_id", "awarded_on", "id"])


def _family() -> None:
    op.create_table(
        "family_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_family_member"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_family_member_member_id_member"),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name="fk_family_member_consent_id_consent"),
    )
    op.create_index(
        "ix_family_member_consent_id",
        "family_member",
        ["consent_id"],
        postgresql_where=CONSENTED,
        sqlite_where=CONSENTED,
    )
    op.create_index("ix_family_member_member_id_id", "family_member", ["member_id", "id"])
