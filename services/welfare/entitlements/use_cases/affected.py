"""What accounts show by the rules of a day, by form of employment, and how many accounts that concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.contracts.vocabulary import EMPLOYMENTS
from services.welfare.entitlements.tables import EntitlementAccount
from services.welfare.members.use_cases import member_copies as members
from services.welfare.rulebook.use_cases import rules_in_force as rulebook

Shown = tuple[tuple[str, str | None], ...]
"""Each benefit with its cap, None where no rule states one."""


def by_employment(tx: Transaction, on: date) -> dict[str, Shown | None]:
    """Return the benefits that an account shows on a day with their caps; None where no rule lists any."""
    return {employment: _shown(tx, employment, on) for employment in EMPLOYMENTS}


def accounts(tx: Transaction, year: int, employments: Collection[str], most: int) -> tuple[int, list[UUID]]:
    """Return how many accounts of a year are of members so employed, and the members of some of them."""
    of_these = sa.and_(
        EntitlementAccount.year == year, EntitlementAccount.member_id.in_(members.employed_as(employments))
    )
    count = tx.session.scalar(sa.select(sa.func.count()).select_from(EntitlementAccount).where(of_these))
    some = sa.select(EntitlementAccount.member_id).where(of_these).order_by(EntitlementAccount.member_id).limit(most)
    return int(count or 0), list(tx.session.scalars(some))


def _shown(tx: Transaction, employment: str, on: date) -> Shown | None:
    listed = rule_or_none(tx, rulebook.ITEMS, on, employment)
    if listed is None:
        return None
    caps = {key: rule_or_none(tx, f"benefit.{key}.cap", on, employment) for key in listed.value}
    return tuple((key, f"{cap.amount} {cap.basis}" if cap else None) for key, cap in caps.items())
