"""Recuperation as lines of a statement: applications, trips, refusals, and the turn that lapses with its period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import values_on
from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.welfare.decisions.use_cases.dated import granted_on, refusals_on
from services.welfare.entitlements.use_cases.dated_uses import Use, uses_on
from services.welfare.recuperation.tables import RecuperationRound, TripApplication
from services.welfare.recuperation.use_cases.eligibility import KIND
from services.welfare.recuperation.use_cases.money import BENEFIT
from services.welfare.recuperation.use_cases.placing import subject_of
from services.welfare.recuperation.workflow import LIVE
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source

_STATES = {**dict.fromkeys(LIVE, "pending"), "travelled": "given", "settled": "given", "no_show": "used",
           "cancelled_late": "used"}  # fmt: skip
"""What an application's state is on a statement; one that was withdrawn is not on it."""


@statement_source("trip")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return the applications, the refusals and the turns of rounds of these years."""
    rounds = _rounds(tx, year_from, as_of)
    granted = granted_on(tx, KIND, member_id, as_of, MOST_LINES)
    of_member = sa.select(TripApplication).where(
        TripApplication.id.in_(list(granted)), TripApplication.round_id.in_(list(rounds))
    )
    applications = tx.session.scalars(of_member).all()
    states = values_on(tx, {subject_of(one.id): one.state for one in applications}, "state", as_of)
    uses = {use.source_id: use for use in uses_on(tx, member_id, year_from, as_of) if use.benefit_key == BENEFIT}
    lines, periods = [], set()
    for one in applications:
        round_, decision, step = rounds[one.round_id], granted[one.id], states[subject_of(one.id)]
        if step not in _STATES:
            continue
        periods.add((round_.period_from, round_.period_to))
        use = uses.get(one.id)
        lines.append(
            StatementLine(
                "trip", one.id, _STATES[step], round_.title, use.amount if use else decision.amount,
                _day(use, day_of(decision.decided_at)), None, decision.id, params={"step": step},
            )
        )  # fmt: skip
    refused = [
        StatementLine("trip", None, "refused", None, None, day_of(one.decided_at), None, one.id, one.reason, one.params)
        for one in refusals_on(tx, KIND, member_id, as_of, MOST_LINES)
        if day_of(one.decided_at).year >= year_from
    ]
    return lines + refused + _turns(tx, rounds.values(), periods, as_of)


def _rounds(tx: Transaction, year_from: int, as_of: date) -> Mapping[UUID, RecuperationRound]:
    found = sa.select(RecuperationRound).where(
        RecuperationRound.period_to >= year_from, RecuperationRound.apply_from <= as_of
    )
    rounds = tx.session.scalars(found.order_by(RecuperationRound.id.desc()).limit(MOST_LINES)).all()
    states = values_on(tx, {_round_subject(one): one.state for one in rounds}, "state", as_of)
    return {one.id: one for one in rounds if states[_round_subject(one)] is not None}


def _round_subject(one: RecuperationRound) -> str:
    return f"recuperation_round/{one.id}"


def _turns(
    tx: Transaction, rounds: Iterable[RecuperationRound], used: Iterable[tuple[int, int]], as_of: date
) -> list[StatementLine]:
    """Return a line for each period that goes on in which no turn was taken: it lapses with the last day."""
    taken = list(used)
    periods = dict.fromkeys(
        (one.period_from, one.period_to) for one in rounds if one.period_from <= as_of.year <= one.period_to
    )
    free = [period for period in periods if not any(_overlap(period, other) for other in taken)]
    cap = rule_or_none(tx, "recuperation.period_cap", as_of)
    return [
        StatementLine(
            "trip", None, "expiring", None, cap.amount if cap else None, None, date(period_to, 12, 31),
            params={"step": "turn", "period_from": period_from, "period_to": period_to},
        )
        for period_from, period_to in free
    ]  # fmt: skip


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _day(use: Use | None, applied_on: date) -> date:
    return use.used_on if use else applied_on
