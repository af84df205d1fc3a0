"""Routes, rounds and trips before members apply."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.welfare.recuperation.events import TripPublished
from services.welfare.recuperation import rules
from services.welfare.recuperation.tables import RecuperationRound, RecuperationRoute, Trip
from services.welfare.recuperation.use_cases.reading import (
    UNPUBLISHED,
    locked_trip,
    round_of,
    round_reply,
    route_of,
    trip_reply,
)
from services.welfare.recuperation.workflow import TRIP


def add_recuperation_route(tx: Transaction, request: dict[str, Any]) -> RecuperationRoute:
    """Add a route."""
    route = RecuperationRoute(**request, offered=True)
    tx.session.add(route)
    tx.session.flush()
    note_change(tx, f"recuperation_route/{route.id}", {"offered": (None, True)})
    return route


def end_recuperation_route(tx: Transaction, request: dict[str, Any]) -> RecuperationRoute:
    """Offer a route no more."""
    route = route_of(tx, request["route_id"])
    note_change(tx, f"recuperation_route/{route.id}", {"offered": (route.offered, False)})
    route.offered = False
    return route


def open_recuperation_round(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open a round whose period is as long as the rule of its first day says.

    Raises:
        NoRuleInForce: no rule says how long a period is.
        Refused: the period or the days do not fit.
    """
    years = rule_in_force(tx, "recuperation.period_years", request["apply_from"])
    refuse_first(
        rules.period_is_as_long(request["period_from"], request["period_to"], request["year"], years.count),
        rules.applications_end_after_they_begin(request["apply_from"], request["apply_until"], tx.today),
    )
    made = RecuperationRound(**request, state="open")
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, f"recuperation_round/{made.id}", {"state": (None, "open")})
    return round_reply(tx, made)


def add_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a date of a route to a round."""
    round_ = round_of(tx, request["round_id"], lock=True)
    route = route_of(tx, request["route_id"])
    refuse_first(
        rules.round_is_open(round_.state),
        rules.route_is_offered(route.offered),
        rules.trip_begins_after_applications(request["starts_on"], round_.apply_until),
        rules.quotas_are_of_different_units([quota["unit_id"] for quota in request["quotas"]]),
    )
    trip = Trip(
        round_id=round_.id,
        route_id=route.id,
        starts_on=request["starts_on"],
        ends_on=request["starts_on"] + timedelta(days=route.days - 1),
        places=request["places"],
        minimum=request["minimum"],
        quotas={str(quota["unit_id"]): quota["most"] for quota in request["quotas"]},
        state="draft",
    )
    tx.session.add(trip)
    tx.session.flush()
    note_change(tx, f"trip/{trip.id}", {"state": (None, "draft")})
    return trip_reply(tx, trip)


def publish_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Publish a trip when it keeps all figures in force on its first day.

    Raises:
        NoRuleInForce: a figure is missing, so nobody knows whether it may take place.
        Refused: it breaks one.
    """
    trip = locked_trip(tx, request["trip_id"])
    round_ = round_of(tx, trip.round_id)
    TRIP.apply(trip.state, "publish", roles=tx.principal.roles)
    refuse_first(rules.round_is_open(round_.state))
    trip.minimum = _require_figures(tx, trip, route_of(tx, trip.route_id))
    move_trip(tx, trip, "publish")
    told = {name: getattr(trip, name) for name in ("round_id", "starts_on", "ends_on", "places")}
    tx.record(TripPublished(trip_id=trip.id, **told))
    return trip_reply(tx, trip)


def cancel_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a trip before it is published."""
    trip = locked_trip(tx, request["trip_id"])
    move_trip(tx, trip, "cancel")
    return trip_reply(tx, trip)


def move_trip(tx: Transaction, trip: Trip, action: str) -> None:
    """Take a trip on by an action, and keep the step. Raises `Refused` where its state does not allow it."""
    state = TRIP.apply(trip.state, action, roles=tx.principal.roles)
    note_change(tx, f"trip/{trip.id}", {"state": (trip.state, state)})
    trip.state = state
    tx.session.flush()


def _require_figures(tx: Transaction, trip: Trip, route: RecuperationRoute) -> int:
    """Return how many people the trip needs, when it keeps every figure."""
    on = trip.starts_on
    days = rule_in_force(tx, "recuperation.days", on, destination=route.destination)
    cap = rule_in_force(tx, "recuperation.person_day_cap", on)
    insured = rule_in_force(tx, "recuperation.insured_minimum", on)
    group = rule_in_force(tx, "recuperation.group_minimum", on)
    minimum = max(group.count, trip.minimum or 0)
    refuse_first(
        rules.days_are_within_cap(route.days, days.count),
        rules.price_is_within_cap(route.price, route.days, cap.amount),
        rules.insurance_is_enough(route.insured, insured.amount),
        rules.places_reach_minimum(trip.places, minimum),
    )
    if route.destination == rules.OUTSIDE:
        share = rule_in_force(tx, "recuperation.outside_share", on)
        outside, everywhere = _places(tx, trip)
        refuse_first(rules.outside_is_a_small_share(outside, everywhere, share.share))
    return minimum


def _places(tx: Transaction, trip: Trip) -> tuple[int, int]:
    """Return the published places of the round outside the province, and all, with those of this trip."""
    statement = (
        sa.select(RecuperationRoute.destination, sa.func.sum(Trip.places).label("places"))
        .join(RecuperationRoute, RecuperationRoute.id == Trip.route_id)
        .where(Trip.round_id == trip.round_id, Trip.state.not_in(UNPUBLISHED))
        .group_by(RecuperationRoute.destination)
    )
    places = {row.destination: int(row.places) for row in tx.session.execute(statement)}
    return places.get(rules.OUTSIDE, 0) + trip.places, sum(places.values()) + trip.places
