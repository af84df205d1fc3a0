"""Campaigns, their lists and evidence, as they are stored.

The table allows nobody twice in a campaign. Who signed, notes and reasons are encrypted.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base

TO_BE_GIVEN = sa.text("state IN ('listed', 'assigned')")


class CareCampaign(Base):
    """慰问活动 A campaign. `claim_state` is the funds' answer to the payment."""

    __tablename__ = "care_campaign"

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(sa.String(12))
    title: Mapped[str] = mapped_column(sa.String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    amount: Mapped[Decimal]
    form: Mapped[str] = mapped_column(sa.String(8))
    evidence_needed: Mapped[str | None] = mapped_column(sa.String(12))
    plan_item_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    line_code: Mapped[str | None] = mapped_column(sa.String(60))
    reminded_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    claim_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    refused_rule: Mapped[str | None] = mapped_column(sa.String(120))
    refused_code: Mapped[str | None] = mapped_column(sa.String(40))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_care_campaign_state", "state", "id"),
        sa.Index("ix_care_campaign_kind", "kind", "id"),
    )


class CareItem(Base):
    """名单 One person of a campaign."""

    __tablename__ = "care_item"

    id: Mapped[UuidKey]
    campaign_id: Mapped[UUID] = mapped_column(sa.ForeignKey("care_campaign.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    source: Mapped[str] = mapped_column(sa.String(12))
    visitor_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    given_on: Mapped[date | None]
    value: Mapped[Decimal | None]
    signed_by: Mapped[str | None] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    missed_cause: Mapped[str | None] = mapped_column(sa.String(16))
    recorded_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "member_id"),
        sa.Index("ix_care_item_campaign_id_state", "campaign_id", "state", "id"),
        sa.Index("ix_care_item_unit_id", "unit_id", "id"),
        sa.Index("ix_care_item_visitor_id", "visitor_id", "id"),
        sa.Index("ix_care_item_member_id", "member_id", "id"),
    )


class CareEvidence(Base):
    """慰问凭证 A photo or signed sheet; the file is a `StoredFile` of the item."""

    __tablename__ = "care_evidence"

    id: Mapped[UuidKey]
    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("care_item.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    file_id: Mapped[UUID]
    media_type: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    people_shown: Mapped[str | None] = mapped_column(sa.String(8))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
