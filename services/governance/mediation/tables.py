"""Cases of mediation as they are stored.

Words and names are encrypted. A party is found by a keyed hash of the member's id, so that the tables alone do not tell
who is one. `case_id` is random and the only id that events name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.governance.base import Base

WAITS_FOR_CLERK = sa.text("clerk_id IS NULL AND closed_on IS NULL")
IS_CLOCKED = sa.text("due_on IS NOT NULL AND closed_on IS NULL")
HAS_WORDS = sa.text("closed_on IS NOT NULL AND NOT forgotten")


class DisputeCase(Base):
    """劳动人事争议 A case. `due_on` is its last day, `extension_until` a later one that is proposed.

    `told`: up to which step of the clock its people were reminded (0 none, 1 reminded).
    """

    __tablename__ = "dispute_case"

    id: Mapped[UuidKey]
    case_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    origin: Mapped[str] = mapped_column(sa.String(10))
    matter: Mapped[str] = mapped_column(sa.String(20))
    respondent_kind: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(16))
    received_on: Mapped[date]
    recorded_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    extension_until: Mapped[date | None]
    reminded: Mapped[bool] = mapped_column(default=False)
    clerk_id: Mapped[UUID | None]
    known_on: Mapped[str | None] = mapped_column(EncryptedText)
    claim: Mapped[str | None] = mapped_column(EncryptedText)
    facts: Mapped[str | None] = mapped_column(EncryptedText)
    warnings: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    agreement: Mapped[str | None] = mapped_column(EncryptedText)
    perform_by: Mapped[date | None]
    applicant_mark: Mapped[str | None] = mapped_column(sa.String(10))
    respondent_mark: Mapped[str | None] = mapped_column(sa.String(10))
    mediator_signed_on: Mapped[date | None]
    sealed_on: Mapped[date | None]
    in_force_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    document_number: Mapped[str | None] = mapped_column(EncryptedText)
    closed_on: Mapped[date | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_dispute_case_waits", "id", postgresql_where=WAITS_FOR_CLERK, sqlite_where=WAITS_FOR_CLERK),
        sa.Index("ix_dispute_case_clerk_id", "clerk_id"),
        sa.Index("ix_dispute_case_due_on", "due_on", "id", postgresql_where=IS_CLOCKED, sqlite_where=IS_CLOCKED),
        sa.Index("ix_dispute_case_closed_on", "closed_on", postgresql_where=HAS_WORDS, sqlite_where=HAS_WORDS),
        sa.Index("ix_dispute_case_received_on", "received_on"),
    )


class DisputeParty(Base):
    """当事人 A claimant or one of the other side; `member_key` is the keyed hash of the member's id."""

    __tablename__ = "dispute_party"

    id: Mapped[UuidKey]
    dispute_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dispute_case.id"), index=True)
    side: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str | None] = mapped_column(EncryptedText)
    contact: Mapped[str | None] = mapped_column(EncryptedText)
    member_id: Mapped[str | None] = mapped_column(EncryptedText)
    member_key: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    represents: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[bool | None]
    on_paper: Mapped[bool] = mapped_column(default=False)
    extension: Mapped[bool | None]

    __table_args__ = (sa.UniqueConstraint("dispute_id", "member_key"),)


class DisputeMediator(Base):
    """调解员 Who was asked to mediate a case."""

    __tablename__ = "dispute_mediator"

    dispute_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dispute_case.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    state: Mapped[str] = mapped_column(sa.String(14))
    ground: Mapped[str | None] = mapped_column(sa.String(20))


class DisputeHearing(Base):
    """调解会 A meeting of the parties."""

    __tablename__ = "dispute_hearing"

    id: Mapped[UuidKey]
    dispute_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dispute_case.id"), index=True)
    held_at: Mapped[datetime]
    place: Mapped[str | None] = mapped_column(EncryptedText)
    attended: Mapped[str | None] = mapped_column(EncryptedText)
    notes: Mapped[str | None] = mapped_column(EncryptedText)


class DisputeEntry(Base):
    """办理记录 What was done with a case, in which role, and what was said."""

    __tablename__ = "dispute_entry"

    id: Mapped[UuidKey]
    dispute_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dispute_case.id"), index=True)
    action: Mapped[str] = mapped_column(sa.String(20))
    role: Mapped[str | None] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]


class DisputePaper(Base):
    """材料 A paper of a case; the file is a `StoredFile` of it, its own name is not kept."""

    __tablename__ = "dispute_paper"

    id: Mapped[UuidKey]
    dispute_id: Mapped[UUID] = mapped_column(sa.ForeignKey("dispute_case.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(14))
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


class PrivateNotice(Base):
    """保密提醒 That there is something to do for a member, or for officers; deleted once the gateway took it over.

    It names neither a case nor what is to be done. Its id is random, `after` the time from which it is handed over.
    """

    __tablename__ = "private_notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    member_id: Mapped[str | None] = mapped_column(EncryptedText)
    after: Mapped[datetime] = mapped_column(index=True)
