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

    __table_args__ = (sa.Index("ix_entitlement_use_member_id_year", "member_id", "year"),)
