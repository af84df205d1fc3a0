"""The table of family members; names and days of birth are encrypted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base

_CONSENTED = sa.text("consent_id IS NOT NULL")


class FamilyMember(Base):
    """家庭成员: somebody of a member's family; `consent_id` is the guardian's consent for a child below 14."""

    __tablename__ = "family_member"
    __table_args__ = (
        sa.Index("ix_family_member_member_id_id", "member_id", "id"),
        sa.Index("ix_family_member_consent_id", "consent_id", postgresql_where=_CONSENTED, sqlite_where=_CONSENTED),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    relation: Mapped[str] = mapped_column(sa.String(12))
    name: Mapped[str] = mapped_column(EncryptedText)
    birth_date_text: Mapped[str | None] = mapped_column("birth_date", EncryptedText)
    consent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("consent.id"))
    stated_at: Mapped[datetime]

    @property
    def birth_date(self) -> date | None:
        """The day of birth, where it was stated."""
        return date.fromisoformat(self.birth_date_text) if self.birth_date_text else None
