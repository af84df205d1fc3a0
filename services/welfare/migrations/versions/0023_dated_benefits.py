"""Days on which benefits were recorded, ended or refused, so that a statement of a past day can be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import Yuan

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("entitlement_use", sa.Column("recorded_on", sa.Date(), nullable=True))
    op.add_column("cycle", sa.Column("approved_on", sa.Date(), nullable=True))
    op.add_column("goods_entitlement", sa.Column("ended_on", sa.Date(), nullable=True))
    op.create_table(
        "former_entitlement_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("benefit_key", sa.String(40), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_former_entitlement_use"),
    )
    op.create_index("ix_former_entitlement_use_member_id_year", "former_entitlement_use", ["member_id", "year"])
    op.create_table(
        "visit_claim",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("ended_as", sa.String(10), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("refused_rule", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("visit_id", "claim", name="pk_visit_claim"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_claim_visit_id_visit"),
    )
