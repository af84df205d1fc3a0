"""The table of gifts. What a gift is for tells of a member's family: it is encrypted, with a keyed hash to search."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base


class CareGift(Base):
    """关怀 One gift to one member.

    `source_index` is a keyed hash of what it is given for: the life event, the retirement, the child and the year. The
    table allows no second gift for the same.
    """

    __tablename__ = "care_gift"

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(EncryptedText)
    kind_index: Mapped[str] = mapped_column(sa.String(64))
    source_index: Mapped[str] = mapped_column(sa.String(64), unique=True)
    source_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """Sequence of the latest event about the source that was heard; older ones that come late are passed over."""
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(10), default="due")
    ended_by: Mapped[str | None] = mapped_column(sa.String(20))
    end_reason: Mapped[str | None] = mapped_column(EncryptedText)
    amount: Mapped[Decimal | None]
    form: Mapped[str | None] = mapped_column(sa.String(8))
    given_on: Mapped[date | None]
    given_at: Mapped[datetime | None]
    given_by: Mapped[UUID | None]
    claim: Mapped[int] = mapped_column(default=0)
    claim_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    claim_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    entry_id: Mapped[UUID | None]
    refused_rule: Mapped[str | None] = mapped_column(EncryptedText)

    __table_args__ = (
        sa.Index("ix_care_gift_due_on", "due_on", "id"),
        sa.Index("ix_care_gift_kind_index", "kind_index", "due_on", "id"),
        sa.Index("ix_care_gift_member_id", "member_id", "id"),
        sa.Index("ix_care_gift_unit_id", "unit_id", "due_on", "id"),
    )
