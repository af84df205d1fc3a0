"""What members were given at visits, for their entitlement accounts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.chassis.database.transaction import Transaction
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases.store import visit_type_of

_COUNTS = ("pending", "recorded")
"""States of a claim whose gift counts; one that the funds refused or reversed does not until it is claimed again."""


def given_at_visits(tx: Transaction, member_id: UUID, first: date, last: date) -> dict[str, Decimal]:
    """Return what a member was given at visits in a span of days, by benefit.

    It tells why the visits were made, so only the member and those who see all visits may be told.
    """
    made = sa.select(Visit).where(
        Visit.member_id == member_id, Visit.visited_on.between(first, last), Visit.claim_state.in_(_COUNTS)
    )
    given: dict[str, Decimal] = defaultdict(Decimal)
    for visit in tx.session.scalars(made.options(joinedload(Visit.life_event, innerjoin=True))):
        given[visit_type_of(tx, visit).benefit_key] += visit.amount or Decimal("0.00")
    return dict(given)
