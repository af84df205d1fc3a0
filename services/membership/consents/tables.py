"""Tables of consent texts by purpose and version, and of the consents given to them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.membership.base import Base

_OF_APPLICATION = sa.text("application_id IS NOT NULL")
_OF_MEMBER = sa.text("member_id IS NOT NULL")


class ConsentText(Base):
    """同意书: one version of the wording of a purpose; never changed once published."""

    __tablename__ = "consent_text"
    __table_args__ = (
        sa.UniqueConstraint("purpose", "version"),
        sa.Index("ix_consent_text_purpose_in_force_from", "purpose", "in_force_from"),
    )

    id: Mapped[UuidKey]
    purpose: Mapped[str] = mapped_column(sa.String(20))
    version: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(100))
    text: Mapped[str] = mapped_column(sa.Text)
    title_en: Mapped[str | None] = mapped_column(sa.String(200))
    text_en: Mapped[str | None] = mapped_column(sa.Text)
    in_force_from: Mapped[date]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(sa.String(64))


class Consent(Base):
    """同意记录: somebody agreed to a wording, as an applicant or as a member; withdrawn, it stays on record."""

    __tablename__ = "consent"
    __table_args__ = (
        sa.Index(
            "uq_consent_application_id_text_id",
            "application_id",
            "text_id",
            unique=True,
            postgresql_where=_OF_APPLICATION,
            sqlite_where=_OF_APPLICATION,
        ),
        sa.Index("ix_consent_member_id_id", "member_id", "id", postgresql_where=_OF_MEMBER, sqlite_where=_OF_MEMBER),
    )

    id: Mapped[UuidKey]
    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("consent_text.id"))
    application_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    given_at: Mapped[datetime]
    given_by: Mapped[str] = mapped_column(sa.String(64))
    by_unit: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(sa.String(64))
