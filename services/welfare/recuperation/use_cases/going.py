"""After the draw: whether a trip takes place, withdrawing, moving, who came, settlement, rating, lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_access, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, Refused, refuse_first
from services.chassis.rules.rulebook import rule_in_force
from services.welfare.entitlements.use_cases.accounts import note_uses
from services.welfare.recuperation import rules
from services.welfare.recuperation.tables import Trip, TripApplication
from services.welfare.recuperation.use_cases import money, placing
from services.welfare.recuperation.use_cases.planning import move_trip
from services.welfare.recuperation.use_cases.reading import (
    HOLDING,
    application,
    application_of,
    locked_trip,
    own_application,
    own_member_id,
    read_list,
    route_of,
    trip_of,
    trip_reply,
    trips_of,
)
from services.welfare.recuperation.workflow import APPLICATION, LIVE, MEMBER, PLACED, TRIP


def decide_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Confirm a trip with enough people, else fail it and move its people: by the order drawn and their choices."""
    trip = locked_trip(tx, request["trip_id"])
    on_it = _on(tx, trip, "drawn_in")
    enough = sum(one.persons for one in on_it) >= (trip.minimum or 1)
    move_trip(tx, trip, "confirm" if enough else "fail")
    moved = 0
    for one in on_it:
        if enough:
            placing.note_state(tx, one, APPLICATION.apply(one.state, "confirm", roles=None))
            placing.announce(tx, one)
        else:
            placing.take_off(tx, one, APPLICATION.apply(one.state, "lose_place", roles=None))
    tx.session.flush()
    if enough:
        money.reserve_for_confirmed(tx, trip.round_id)
    else:
        placing.place_waiting(tx, trip.round_id)
        moved = sum(one.state in PLACED for one in on_it)
    return {"trip": trip_reply(tx, trip), "moved": moved, "waiting": 0 if enough else len(on_it) - moved}


def withdraw_trip_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw; late where a rule says so. The place goes to who waits longest and fits."""
    one = application_of(tx, request["application_id"])
    own = tx.principal.member_id == one.member_id
    if not own and not tx.principal.has("officer"):
        raise NotAllowed("This is somebody else's application.", rule="recuperation.application_is_ones_own")
    late, starts_on = False, _departure(tx, one)
    if starts_on is not None:
        refuse_first(rules.trip_has_not_begun(starts_on, tx.today))
        days = rule_in_force(tx, "recuperation.late_days", tx.today).count
        late = rules.departure_is_near(starts_on, tx.today, days)
    roles = {MEMBER} if own else tx.principal.roles
    state = APPLICATION.apply(one.state, "withdraw_late" if late else "withdraw", roles=roles)
    one.reason = request["reason"]
    placing.take_off(tx, one, state)
    tx.session.flush()
    placing.place_waiting(tx, one.round_id)
    return application(one)


def move_trip_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give an application a place on another of its choices, and its own to the waiting list."""
    one = application_of(tx, request["application_id"])
    APPLICATION.apply(one.state, "move", roles=tx.principal.roles)
    if (starts_on := _departure(tx, one)) is not None:
        refuse_first(rules.trip_has_not_begun(starts_on, tx.today))
    target = str(request["trip_id"])
    trip = None
    if target in one.choices and request["trip_id"] != one.trip_id:
        trip = placing.Room(tx, trips_of(tx, one.round_id)).trip_for(one, [request["trip_id"]])
    if trip is None:
        raise Refused(
            "This trip is none of the choices, or has too few places left.",
            rule="recuperation.trip_has_room",
            field="trip_id",
        )
    note_change(tx, f"trip_application/{one.id}", {"trip_id": (one.trip_id, trip.id)})
    one.reason = request["reason"]
    placing.put_on(tx, one, trip)
    tx.session.flush()
    placing.place_waiting(tx, one.round_id)
    return application(one)


def note_travelled(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record who did not come; all others of the trip travelled."""
    trip = locked_trip(tx, request["trip_id"])
    TRIP.apply(trip.state, "note_travelled", roles=tx.principal.roles)
    refuse_first(rules.trip_is_over(trip.ends_on, tx.today))
    people, absent = _on(tx, trip, "confirmed"), set(request["no_shows"])
    if not absent <= {one.id for one in people}:
        raise Refused(
            "Somebody named is not on this trip.", rule="recuperation.absent_are_on_the_trip", field="no_shows"
        )
    for one in people:
        action = "stay_away" if one.id in absent else "travel"
        placing.note_state(tx, one, APPLICATION.apply(one.state, action, roles=None))
        placing.announce(tx, one)
    move_trip(tx, trip, "note_travelled")
    return trip_reply(tx, trip)


def settle_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Settle: each member is paid for up to the amount of the decision and the cap of the days, and pays the rest.

    Who stayed away or withdrew late pays the loss, and nothing is paid for them.

    Raises:
        NoRuleInForce: no rule says how much a person-day may cost.
        Refused: somebody stayed away or withdrew late, and the loss is not named.
    """
    trip = locked_trip(tx, request["trip_id"])
    move_trip(tx, trip, "settle")
    absent = _on(tx, trip, "no_show", "cancelled_late")
    refuse_first(rules.loss_is_named(len(absent), request["loss"]))
    for one in absent:
        one.cost, one.own_cost = Decimal(0), request["loss"] * one.persons
    trip.cost = request["cost"]
    cap = rule_in_force(tx, money.PERSON_DAY_CAP, trip.starts_on).amount * route_of(tx, trip.route_id).days
    uses, amounts = [], []
    for one in _on(tx, trip, "travelled"):
        paid, own = rules.shares_of_cost(request["cost"], min(one.amount, cap), one.persons - 1)
        placing.note_state(tx, one, APPLICATION.apply(one.state, "settle", roles=None))
        one.cost, one.own_cost = paid, own
        amounts.append(paid)
        use = {"member_id": one.member_id, "benefit_key": money.BENEFIT, "amount": paid, "used_on": trip.ends_on}
        uses.append({**use, "source_id": one.id})
        placing.announce(tx, one)
    tx.session.flush()
    note_uses(tx, uses)
    money.pay(tx, trip, amounts)
    return trip_reply(tx, trip)


def rate_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep how a member found the trip; a later rating replaces it."""
    one = application_of(tx, request["application_id"])
    if one.member_id != own_member_id(tx) or one.state not in ("travelled", "settled"):
        raise Refused("Only who went rates a trip.", rule="recuperation.who_went_rates")
    one.rating, one.comment = request["rating"], request["comment"]
    return own_application(one)


def read_travellers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return who goes on a trip, with the family's names; the look is logged."""
    trip = trip_of(tx, request["trip_id"])
    note_access(tx, f"trip/{trip.id}", "family", request["purpose"])
    holding = TripApplication.trip_id == trip.id, TripApplication.state.in_(HOLDING)
    people = tx.session.scalars(sa.select(TripApplication).where(*holding).order_by(TripApplication.unit_id))
    names = ("member_id", "unit_id", "persons")
    return {
        "items": [
            {"application_id": one.id, **{name: getattr(one, name) for name in names}, "family": read_list(one.family)}
            for one in people
        ]
    }


def withdraw_all(tx: Transaction, member_id: UUID) -> None:
    """Withdraw what a member who has left applied for; the places go to the waiting lists.

    A place on a trip that has begun stays, to be settled like all others.
    """
    live = sa.select(TripApplication.id).where(TripApplication.member_id == member_id, TripApplication.state.in_(LIVE))
    for application_id in tx.session.scalars(live).all():
        one = application_of(tx, application_id)
        starts_on = _departure(tx, one)
        if one.state in LIVE and (starts_on is None or tx.today < starts_on):
            placing.take_off(tx, one, APPLICATION.apply(one.state, "withdraw", roles=None))
            tx.session.flush()
            placing.place_waiting(tx, one.round_id)


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase what applications of a former member say in words; places and sums stay."""
    words: dict[str, Any] = {"family": None, "grounds": None, "reason": None, "comment": None}
    tx.session.execute(sa.update(TripApplication).where(TripApplication.member_id == member_id).values(words))


def _departure(tx: Transaction, one: TripApplication) -> date | None:
    """Return when the trip begins on which an application has a place."""
    return trip_of(tx, one.trip_id).starts_on if one.state in PLACED and one.trip_id is not None else None


def _on(tx: Transaction, trip: Trip, *states: str) -> list[TripApplication]:
    on_it = TripApplication.trip_id == trip.id, TripApplication.state.in_(states)
    return list(tx.session.scalars(sa.select(TripApplication).where(*on_it).order_by(TripApplication.position)))
