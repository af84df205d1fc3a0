"""Uses of accounts as they were known on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.welfare.entitlements.tables import EntitlementUse, FormerUse


@dataclass(frozen=True)
class Use:
    """A use: of which benefit and year, how much, on which day, from which source."""

    benefit_key: str
    year: int
    amount: Decimal
    used_on: date
    source_id: UUID


def keep_former(tx: Transaction, source_ids: Collection[UUID]) -> None:
    """Keep uses as they stood until today, before they are changed or deleted."""
    stored = tx.session.scalars(sa.select(EntitlementUse).where(EntitlementUse.source_id.in_(source_ids))).all()
    names = ("member_id", "year", "benefit_key", "amount", "used_on", "source_id")
    rows = [
        {"id": uuid7(), **{name: getattr(use, name) for name in names}, "recorded_on": use.recorded_on or use.used_on}
        for use in stored
    ]
    if rows:
        insert_rows(tx.session, FormerUse.__table__, columns_of(rows), {"ended_on": tx.today})


def uses_on(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[Use]:
    """Return the uses of a member from a year on, as they were known at the end of a day."""
    known = sa.func.coalesce(EntitlementUse.recorded_on, EntitlementUse.used_on) <= as_of
    standing = sa.select(EntitlementUse).where(
        EntitlementUse.member_id == member_id, EntitlementUse.year.between(year_from, as_of.year), known
    )
    former = sa.select(FormerUse).where(
        FormerUse.member_id == member_id,
        FormerUse.year.between(year_from, as_of.year),
        FormerUse.recorded_on <= as_of,
        FormerUse.ended_on > as_of,
    )
    rows: list[EntitlementUse | FormerUse] = [*tx.session.scalars(standing), *tx.session.scalars(former)]
    return [Use(row.benefit_key, row.year, row.amount, row.used_on, row.source_id) for row in rows]
