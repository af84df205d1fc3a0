"""The registry, applications for aid and their papers, as they are stored.

What is health or money of a family is encrypted: the kind of an application, its reason, what the committee said, the
circumstances of a member on record. The files are encrypted by the store of files.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base

ON_RECORD = sa.text("state = 'open'")
UNDER_WAY = sa.text("state IN ('draft', 'submitted', 'unit_forwarded', 'under_review')")
PAPERS_KEPT = sa.text("papers_erased_on IS NULL AND decided_on IS NOT NULL")


class HardshipRecord(Base):
    """困难职工档案 A member in the registry; the table allows one open record of a member.

    `told_due`: the day whose review was announced as due, so that each is announced once.
    """

    __tablename__ = "hardship_record"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(index=True)
    unit_id: Mapped[UUID]
    grade: Mapped[str] = mapped_column(sa.String(12))
    since: Mapped[date]
    circumstances: Mapped[str | None] = mapped_column(EncryptedText)
    reviewed_on: Mapped[date | None]
    review_due: Mapped[date]
    told_due: Mapped[date | None]
    state: Mapped[str] = mapped_column(sa.String(8))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("uq_hardship_record_member_id_open", "member_id", unique=True, postgresql_where=ON_RECORD,
                 sqlite_where=ON_RECORD),
        sa.Index("ix_hardship_record_review_due", "review_due", "id"),
        sa.Index("ix_hardship_record_unit_id", "unit_id", "review_due", "id"),
        sa.Index("ix_hardship_record_state", "state", "review_due", "id"),
        sa.Index("ix_hardship_record_since", "since", "id"),
    )  # fmt: skip


class HardshipReview(Base):
    """复核 A review of a record."""

    __tablename__ = "hardship_review"

    id: Mapped[UuidKey]
    record_id: Mapped[UUID] = mapped_column(sa.ForeignKey("hardship_record.id"), index=True)
    reviewed_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(sa.String(12))
    grade: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str | None] = mapped_column(EncryptedText)
    reviewed_by: Mapped[UUID | None]


class AidApplication(Base):
    """帮扶申请 An application for aid; the table allows one under way of a member.

    `matter_id` is random and the only id that events name together with the member. `present` are ids of members.
    `claim_state` is the funds' answer to the payment. `kind` is empty once the data of a former member was erased,
    `papers_erased_on` set once the time of keeping was over.
    """

    __tablename__ = "aid_application"

    id: Mapped[UuidKey]
    matter_id: Mapped[UUID]
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    kind: Mapped[str | None] = mapped_column(EncryptedText)
    asked: Mapped[Decimal]
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(sa.String(16))
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    forwarded_at: Mapped[datetime | None]
    returned_because: Mapped[str | None] = mapped_column(EncryptedText)
    decided_on: Mapped[date | None]
    granted: Mapped[Decimal | None]
    decision_id: Mapped[UUID | None]
    present: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    paid: Mapped[Decimal | None]
    paid_on: Mapped[date | None]
    claim_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    entry_id: Mapped[UUID | None]
    refused_rule: Mapped[str | None] = mapped_column(sa.String(120))
    refused_code: Mapped[str | None] = mapped_column(sa.String(40))
    end_cause: Mapped[str | None] = mapped_column(sa.String(16))
    papers_erased_on: Mapped[date | None]
    for_family: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("uq_aid_application_member_id_under_way", "member_id", unique=True, postgresql_where=UNDER_WAY,
                 sqlite_where=UNDER_WAY),
        sa.Index("ix_aid_application_member_id", "member_id", "id"),
        sa.Index("ix_aid_application_unit_id", "unit_id", "id"),
        sa.Index("ix_aid_application_state", "state", "id"),
        sa.Index("ix_aid_application_claim_state", "claim_state", "id"),
        sa.Index("ix_aid_application_decided_on", "decided_on"),
        sa.Index("ix_aid_application_papers", "decided_on", "id", postgresql_where=PAPERS_KEPT,
                 sqlite_where=PAPERS_KEPT),
    )  # fmt: skip


class AidPaper(Base):
    """证明材料 A paper of an application; the file is a `StoredFile` of the application."""

    __tablename__ = "aid_paper"

    id: Mapped[UuidKey]
    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("aid_application.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    file_id: Mapped[UUID | None]
    media_type: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    recorded_at: Mapped[datetime]
