"""Tables of entitlement accounts and their uses. Caps are not stored; they come from the rulebook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.welfare.base import Base


class EntitlementAccount(Base):
    """福利账户 A member's account of one year; the table allows no second one."""

    __tablename__ = "entitlement_account"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    year: Mapped[int]
    opened_on: Mapped[date]

    __table_args__ = (sa.UniqueConstraint("member_id", "year"),)


class EntitlementUse(Base):
    """福利使用 A use of a year's account: at most one for each source."""

    __tablename__ = "entitlement_use"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    year: Mapped[int]
    benefit_key: Mapped[str] = mapped_column(sa.String(40))
    amount: Mapped[Decimal]
    used_on: Mapped[date]
    source_id: Mapped[UUID] = mapped_column(unique=True)
    recorded_on: Mapped[date | None]
    """The day from which this was known; None in uses of the release before, which were known on `used_on`."""

    __table_args__ = (sa.Index("ix_entitlement_use_member_id_year", "member_id", "year"),)


class FormerUse(Base):
    """已撤销的福利使用 A use as it stood until a day: withdrawn then, or recorded with another amount."""

    __tablename__ = "former_entitlement_use"

    id: Mapped[UuidKey]
    member_id: Mapped[UUID]
    year: Mapped[int]
    benefit_key: Mapped[str] = mapped_column(sa.String(40))
    amount: Mapped[Decimal]
    used_on: Mapped[date]
    source_id: Mapped[UUID]
    recorded_on: Mapped[date]
    ended_on: Mapped[date]

    __table_args__ = (sa.Index("ix_former_entitlement_use_member_id_year", "member_id", "year"),)
