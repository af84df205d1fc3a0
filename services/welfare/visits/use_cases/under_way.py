"""Visits that are to be made or whose claim is not settled, and what may be given at them by the rules in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.welfare.rulebook.use_cases import rules_in_force as rulebook
from services.welfare.rulebook.use_cases.visit_types import types_by_id
from services.welfare.visits.tables import Visit
from services.welfare.visits.workflow import OPEN_STATES

UNSETTLED = ("pending", "refused")


@dataclass(frozen=True)
class Case:
    """A visit: the day whose rules apply, and what was given, if it was made."""

    visit_id: UUID
    benefit_key: str
    on: date
    given: tuple[Any, str] | None


def of_benefit(tx: Transaction, benefit: str, most: int) -> tuple[list[Case], bool]:
    """Return visits under way for a benefit; of the visits under way, `most` are looked at, those due first.

    Returns:
        The visits, and whether there are more than were looked at. A visit of a release that stored no type is left
        out, because its occasion alone tells the benefit only on the day it was reported.
    """
    wanted = sa.or_(Visit.state.in_(OPEN_STATES), Visit.claim_state.in_(UNSETTLED))
    visits = tx.session.scalars(sa.select(Visit).where(wanted).order_by(Visit.due_at, Visit.id).limit(most + 1)).all()
    types = types_by_id(tx)
    cases = []
    for visit in visits[:most]:
        visit_type = types.get(UUID(visit.type_id)) if visit.type_id else None
        if visit_type is not None and visit_type.benefit_key == benefit:
            given = (visit.amount, visit.form) if visit.amount is not None and visit.form else None
            on = visit.visited_on or max(tx.today, day_of(visit.due_at))
            cases.append(Case(visit.id, benefit, on, given))
    return cases, len(visits) > most


def decided(tx: Transaction, cases: list[Case]) -> dict[UUID, tuple[Any, ...] | None]:
    """Return, by the visit, what may be given at it; None where no rule says so, or what was given is not allowed."""
    days = {case.on: rulebook.what_may_be_given(tx, case.benefit_key, case.on) for case in cases}
    return {case.visit_id: _decided(days[case.on], case.given) for case in cases}


def _decided(gift: rulebook.Gift, given: tuple[Any, str] | None) -> tuple[Any, ...] | None:
    if gift.cap is None or gift.forms is None:
        return None
    if given is None:
        return gift.cap.amount, gift.cap.basis, tuple(gift.forms.value)
    amount, form = given
    return (amount, form) if amount <= gift.cap.amount and form in gift.forms.value else None
