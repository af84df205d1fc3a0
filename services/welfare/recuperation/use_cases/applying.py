"""Applying for trips, and the grounds of priority, until the entries are closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.rulebook import rule_in_force
from services.welfare.decisions.use_cases.deciding import Case, Decided, decide
from services.welfare.members.use_cases.member_copies import member_of
from services.welfare.recuperation import rules
from services.welfare.recuperation.tables import RecuperationRound, Trip, TripApplication
from services.welfare.recuperation.use_cases import eligibility
from services.welfare.recuperation.use_cases.reading import (
    application,
    application_of,
    outside_trips,
    own_application,
    own_member_id,
    read_list,
    round_of,
    trip_of,
)
from services.welfare.recuperation.workflow import APPLICATION, MEMBER


def apply_for_trip(call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """Apply, or change the choices; refused or not, the decision is stored.

    Raises:
        Refused: the round takes no applications, the choices do not fit, or the member is not eligible.
        NoRuleInForce: a figure that decides is missing.
    """
    with call.transaction(readonly=True) as tx:
        member_id = own_member_id(tx)
        round_ = round_of(tx, trip_of(tx, request["trip_id"]).round_id)
        _require_choices(tx, round_, request)
    facts = eligibility.ask(call, round_.id, member_id, round_.apply_until)
    with call.transaction() as tx:
        found = _apply(tx, round_.id, member_id, facts, request)
    if isinstance(found, Refusal):
        raise Refused.by(found)
    return found


def confirm_priority_grounds(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the grounds an officer confirms; the number of lots follows.

    Raises:
        NoRuleInForce: a ground has no rule, so it gives no priority.
        Refused: the entries are closed, or it is the caller's own application.
    """
    found = application_of(tx, request["application_id"])
    refuse_first(
        rules.round_is_open(round_of(tx, found.round_id).state),
        rules.grounds_are_confirmed_by_others(found.member_id, tx.principal.member_id),
    )
    for ground in request["grounds"]:
        rule_in_force(tx, f"recuperation.lots.{ground}", tx.today)
    honoured = [ground for ground in read_list(found.grounds) if ground == "honours"]
    _set_grounds(tx, found, [*honoured, *sorted(set(request["grounds"]))])
    return application(found)


def _require_choices(tx: Transaction, round_: RecuperationRound, request: Mapping[str, Any]) -> list[UUID]:
    """Return the ids of the choices in order, when they can be applied for today."""
    choices = [request["trip_id"], *request["further"]]
    published = sa.select(Trip.id, Trip.places).where(Trip.round_id == round_.id, Trip.state == "published")
    places = {row.id: row.places for row in tx.session.execute(published)}
    refuse_first(
        rules.applications_are_taken(round_.state, tx.today, round_.apply_from, round_.apply_until),
        rules.choices_are_of_the_round(choices, places, round_.most_choices),
    )
    refuse_first(rules.persons_fit(1 + len(request["family"]), [places[choice] for choice in choices]))
    return choices


def _apply(
    tx: Transaction, round_id: UUID, member_id: UUID, facts: eligibility.Facts, request: Mapping[str, Any]
) -> dict[str, Any] | Refusal:
    member = member_of(tx, member_id, lock=True)  # one turn, also where two rounds are applied for at once
    round_ = round_of(tx, round_id, lock=True)
    choices = _require_choices(tx, round_, request)
    known = tx.session.scalars(
        sa.select(TripApplication).where(TripApplication.round_id == round_id, TripApplication.member_id == member_id)
    ).one_or_none()
    one = known or TripApplication(id=uuid4(), round_id=round_id, member_id=member_id, year=round_.year, entered=False)
    decided = _decide(tx, round_, one, facts, choices, len(request["family"]))
    if decided.verdict.refusal is not None:
        return decided.verdict.refusal
    amount = decided.verdict.amount
    assert amount is not None
    before = known.state if known else None
    if known is not None and known.state != "applied":
        known.state = APPLICATION.apply(known.state, "apply", roles={MEMBER})
    one.unit_id, one.state = member.unit_id, "applied"
    one.choices, one.persons = [str(choice) for choice in choices], 1 + len(request["family"])
    one.family = json.dumps(request["family"], ensure_ascii=False) if request["family"] else None
    one.amount, one.decision_id, one.applied_at = amount, decided.id, tx.now
    confirmed = [ground for ground in read_list(one.grounds) if ground != "honours"]
    _set_grounds(tx, one, [*(["honours"] if facts.honoured else []), *confirmed])
    tx.session.add(one)
    note_change(tx, f"trip_application/{one.id}", {"state": (before, "applied")})
    tx.session.flush()
    return own_application(one)


def _decide(
    tx: Transaction,
    round_: RecuperationRound,
    one: TripApplication,
    facts: eligibility.Facts,
    choices: list[UUID],
    family: int,
) -> Decided:
    wants_outside = not outside_trips(tx, round_.id).isdisjoint(choices)
    basis = eligibility.basis_of(tx, round_, one.member_id, facts, wants_outside=wants_outside, family=family)
    return decide(tx, eligibility.KIND, tx.today, basis.figures, Case(one.id, one.member_id, basis.inputs))


def _set_grounds(tx: Transaction, one: TripApplication, grounds: list[str]) -> None:
    one.grounds = json.dumps(grounds) if grounds else None
    one.lots = eligibility.lots_of(tx, tx.today, grounds)
