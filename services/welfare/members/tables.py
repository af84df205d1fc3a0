"""The table of the members' copy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.welfare.base import Base


class KnownMember(Base):
    """会员 The copy of a member: unit, standing and form of employment, no name.

    Membership's events may arrive out of order, so each part has the sequence of its event.
    """

    __tablename__ = "known_member"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    unit_sequence: Mapped[int] = mapped_column(sa.BigInteger)
    standing: Mapped[str] = mapped_column(sa.String(24))
    standing_sequence: Mapped[int] = mapped_column(sa.BigInteger)
    employment: Mapped[str | None] = mapped_column(sa.String(12))
    died_on: Mapped[date | None]
    end_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")
    """Sequence of the latest event that ended or restored the membership; `died_on` is from it."""
    account_year: Mapped[int] = mapped_column(default=0)
    """The latest year an entitlement account was opened for; lets the new year's job find who has none."""

    __table_args__ = (sa.Index("ix_known_member_account_year", "account_year", "member_id"),)
