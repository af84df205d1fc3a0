"""Life events, visits and their evidence, as they are stored.

What is health or family data is encrypted: the occasion, the relation, the note, the text of evidence, the reason of a
cancellation, and the keys of rules, which name the occasion. Nothing readable in a visit tells why it is made.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base

TO_BE_MADE = sa.text("state IN ('required', 'assigned')")


class LifeEvent(Base):
    """生活事件 Something in a member's life that calls for a visit.

    `occasion_index` is a keyed hash of member and occasion, so that a second report is found without reading the first;
    `live_key` adds the day and is empty once the event was withdrawn: no two reports of one day can stand.
    """

    __tablename__ = "life_event"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(index=True)
    unit_id: Mapped[UUID]
    occasion: Mapped[str] = mapped_column(EncryptedText)
    relation: Mapped[str | None] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    happened_on: Mapped[date]
    occasion_index: Mapped[str] = mapped_column(sa.String(64), index=True)
    live_key: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    reported_at: Mapped[datetime]
    reported_by: Mapped[UUID | None]
    reporter_id: Mapped[UUID | None] = mapped_column(index=True)
    """The member who reported, where it was one."""

    __table_args__ = (sa.Index("ix_life_event_unit_id_id", "unit_id", "id"),)


class Visit(Base):
    """走访 A visit to a member, from the day it is required to the day it is closed."""

    __tablename__ = "visit"

    id: Mapped[UuidKey]
    life_event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("life_event.id"), unique=True)
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    type_id: Mapped[str | None] = mapped_column(EncryptedText)
    """The visit type it was begun with; encrypted, for it names the occasion. None in visits of a release before."""
    level: Mapped[str] = mapped_column(sa.String(8))
    state: Mapped[str] = mapped_column(sa.String(12))
    due_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    escalate_at: Mapped[datetime]
    overdue_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    assignee_id: Mapped[UUID | None]
    visited_on: Mapped[date | None]
    completed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    amount: Mapped[Decimal | None]
    form: Mapped[str | None] = mapped_column(sa.String(8))
    rule_key: Mapped[str | None] = mapped_column(EncryptedText)
    claim: Mapped[int] = mapped_column(default=0)
    claim_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    claim_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """The latest answer of the funds that was heard; older ones that come late are passed over."""
    entry_id: Mapped[UUID | None]
    refused_rule: Mapped[str | None] = mapped_column(EncryptedText)
    refused_code: Mapped[str | None] = mapped_column(sa.String(40))
    cancel_reason: Mapped[str | None] = mapped_column(EncryptedText)
    cancel_cause: Mapped[str | None] = mapped_column(sa.String(16))
    """In one word, why it was cancelled where nobody did it (`member_died`); people give a reason."""
    version: Mapped[int] = mapped_column(default=1)

    life_event: Mapped[LifeEvent] = relationship(lazy="raise")

    __table_args__ = (
        sa.Index("ix_visit_due_at_id", "due_at", "id"),
        sa.Index("ix_visit_unit_id_due_at", "unit_id", "due_at", "id"),
        sa.Index("ix_visit_assignee_id_due_at", "assignee_id", "due_at"),
        sa.Index("ix_visit_member_id", "member_id"),
        sa.Index("ix_visit_to_be_made", "due_at", postgresql_where=TO_BE_MADE, sqlite_where=TO_BE_MADE),
        sa.Index("ix_visit_claim_state", "claim_state"),
        sa.Index("ix_visit_visited_on", "visited_on"),
        sa.Index("ix_visit_closed_at", "closed_at"),
    )


class VisitClaim(Base):
    """走访慰问金申领 What a visit asked of the funds and when, and when that was refused or reversed.

    A visit of the release before has none; what it gave is known from the visit itself.
    """

    __tablename__ = "visit_claim"

    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), primary_key=True)
    claim: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Decimal]
    claimed_on: Mapped[date]
    ended_as: Mapped[str | None] = mapped_column(sa.String(10))
    ended_on: Mapped[date | None]
    refused_rule: Mapped[str | None] = mapped_column(EncryptedText)


class VisitEvidence(Base):
    """走访凭证 A piece of evidence; `late` where it came after the visit was completed.

    `text` is what a note says, or the caption of a file. The file is a `StoredFile` of the visit.
    """

    __tablename__ = "visit_evidence"

    id: Mapped[UuidKey]
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[str] = mapped_column(EncryptedText)
    file_id: Mapped[UUID | None]
    people_shown: Mapped[str | None] = mapped_column(sa.String(8))
    late: Mapped[bool]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]

    @property
    def has_text(self) -> bool:
        """Whether it says something in words."""
        return bool(self.text)

    @property
    def has_file(self) -> bool:
        """Whether it is a photo or a paper."""
        return self.file_id is not None


class RemovedEvidence(Base):
    """已删除的凭证 What was removed from a visit, when and why; neither its file nor its text."""

    __tablename__ = "removed_visit_evidence"

    id: Mapped[UuidKey]
    visit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    recorded_at: Mapped[datetime]
    removed_at: Mapped[datetime]
    removed_by: Mapped[UUID | None]
