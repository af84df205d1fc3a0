"""Visits as lines of a statement: what was given at them, and what the funds refused; all from dated claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.welfare.rulebook.use_cases.visit_types import names_of_occasions
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source
from services.welfare.visits.tables import Visit, VisitClaim
from services.welfare.visits.use_cases.store import visit_type_of

NOTHING = Decimal("0.00")
_REVERSED = "visits.claim_was_reversed"


@dataclass(frozen=True)
class Gift:
    """What a visit gave as it was known on a day; `reason` names the rule where it does not count."""

    visit_id: UUID
    occasion: str
    benefit_key: str
    on: date
    amount: Decimal
    reason: str | None

    @property
    def counts(self) -> bool:
        """Whether it was neither refused nor reversed."""
        return self.reason is None


@statement_source("visit")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each visit that was made and recorded until the end of the day."""
    names = names_of_occasions(tx)
    return [
        StatementLine(
            "visit", gift.visit_id, "given" if gift.counts else "refused", None, gift.amount or None, gift.on,
            reason=gift.reason,
            params={"benefit_key": gift.benefit_key, "occasion": gift.occasion, **_named(names.get(gift.occasion))},
        )
        for gift in gifts_on(tx, member_id, year_from, as_of)
    ]  # fmt: skip


def gifts_on(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[Gift]:
    """Return what visits gave a member from a year on, as it was known at the end of a day.

    It tells why the visits were made, so only the member and those who see all visits may be told.
    """
    made = (
        sa.select(Visit)
        .where(Visit.member_id == member_id, Visit.visited_on.between(date(year_from, 1, 1), as_of))
        .order_by(Visit.visited_on.desc(), Visit.id)
        .options(joinedload(Visit.life_event, innerjoin=True))
        .limit(MOST_LINES)
    )
    visits = tx.session.scalars(made).all()
    claims: dict[UUID, list[VisitClaim]] = defaultdict(list)
    of_these = sa.select(VisitClaim).where(VisitClaim.visit_id.in_([visit.id for visit in visits]))
    for claim in tx.session.scalars(of_these.order_by(VisitClaim.claim)):
        claims[claim.visit_id].append(claim)
    found = (_gift(tx, visit, claims[visit.id], as_of) for visit in visits)
    return [gift for gift in found if gift is not None]


def _gift(tx: Transaction, visit: Visit, claims: Sequence[VisitClaim], as_of: date) -> Gift | None:
    if visit.completed_at is None or visit.visited_on is None or day_of(visit.completed_at) > as_of:
        return None
    amount, reason = visit.amount or NOTHING, visit.refused_rule if visit.claim_state == "refused" else None
    known = [claim for claim in claims if claim.claimed_on <= as_of]
    if known:
        last = known[-1]
        ended = last.ended_on is not None and last.ended_on <= as_of
        amount, reason = last.amount, (last.refused_rule or _REVERSED) if ended else None
    benefit_key = visit_type_of(tx, visit).benefit_key
    return Gift(visit.id, visit.life_event.occasion, benefit_key, visit.visited_on, amount, reason)


def _named(names: tuple[str | None, str | None] | None) -> dict[str, str]:
    zh, en = names or (None, None)
    return {name: text for name, text in (("occasion_name", zh), ("occasion_name_en", en)) if text}
