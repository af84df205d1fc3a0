"""Tables of privacy: requests for correction, and what was erased of whose record."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base

_ASKED = sa.text("state = 'asked'")


class Correction(Base):
    """更正申请: a member's request to correct a field of the own record; the value is always encrypted."""

    __tablename__ = "correction"
    __table_args__ = (
        sa.Index(
            "uq_correction_asked", "member_id", "field", unique=True, postgresql_where=_ASKED, sqlite_where=_ASKED
        ),
        sa.Index("ix_correction_member_id_id", "member_id", "id"),
        sa.Index("ix_correction_state_id", "state", "id"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    field: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str | None] = mapped_column(EncryptedText)
    reason: Mapped[str] = mapped_column(sa.String(500))
    document_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(10), default="asked")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(sa.String(500))
    version: Mapped[int] = mapped_column(default=1)


class Erasure(Base):
    """信息保存期限: a class of data of a member who left on a day was erased; who leaves again is erased again."""

    __tablename__ = "erasure"

    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    data_class: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    left_on: Mapped[date] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
