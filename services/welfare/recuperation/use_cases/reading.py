"""Finding and listing routes, rounds, trips and applications, and how answers tell them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal, require_member
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.recuperation import rules
from services.welfare.recuperation.tables import RecuperationRound, RecuperationRoute, Trip, TripApplication
from services.welfare.recuperation.workflow import PLACED, TRAVELLED

HOLDING = (*PLACED, *TRAVELLED, "no_show")
"""States of an application whose place nobody else can have."""
UNPUBLISHED = ("draft", "cancelled")
_APPLICATION = (
    "id", "round_id", "member_id", "unit_id", "trip_id", "state", "persons", "lots", "position", "amount", "cost",
    "own_cost", "decision_id", "applied_at", "rating",
)  # fmt: skip


def list_recuperation_routes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of routes, newest first."""
    statement = sa.select(RecuperationRoute)
    if request["offered"] is not None:
        statement = statement.where(RecuperationRoute.offered.is_(request["offered"]))
    return page_of(tx, statement, request, [(RecuperationRoute.id, "desc")]).reply()


def list_recuperation_rounds(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of rounds, newest first."""
    statement = sa.select(RecuperationRound)
    if request["state"] is not None:
        statement = statement.where(RecuperationRound.state == request["state"])
    page = page_of(tx, statement, request, [(RecuperationRound.id, "desc")])
    return page.reply(round_replies(tx, page.rows))


def get_recuperation_round(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One round."""
    return round_reply(tx, round_of(tx, request["round_id"]))


def list_trips(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of trips by departure."""
    statement = sa.select(Trip)
    if request["round_id"] is not None:
        statement = statement.where(Trip.round_id == request["round_id"])
    if request["state"] is not None:
        statement = statement.where(Trip.state == request["state"])
    if not _works_on_trips(tx.principal):
        statement = statement.where(Trip.state.not_in(UNPUBLISHED))
    page = page_of(tx, statement, request, [(Trip.starts_on, "asc"), (Trip.id, "asc")])
    return page.reply(trip_replies(tx, page.rows))


def get_trip(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One trip; one that is not published is hidden from members."""
    trip = trip_of(tx, request["trip_id"])
    if trip.state in UNPUBLISHED and not _works_on_trips(tx.principal):
        raise NotAllowed("This trip is not published.", rule="recuperation.trip_is_published")
    return trip_reply(tx, trip)


def my_trip_applications(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One's own applications, newest first."""
    statement = sa.select(TripApplication).where(TripApplication.member_id == own_member_id(tx))
    page = page_of(tx, statement, request, [(TripApplication.applied_at, "desc"), (TripApplication.id, "desc")])
    return page.reply([own_application(one) for one in page.rows])


def list_trip_applications(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of applications: in the order drawn, those not drawn last."""
    statement = sa.select(TripApplication)
    for name in ("round_id", "trip_id", "state"):
        if request.get(name) is not None:
            statement = statement.where(getattr(TripApplication, name) == request[name])
    statement = in_seen_units(statement, TripApplication.unit_id, tx.principal, request["unit_id"])
    drawn = sa.func.coalesce(TripApplication.position, NOT_DRAWN)
    page = page_of(tx, statement, request, [(drawn, "asc"), (TripApplication.id, "asc")])
    return page.reply([application(one) for one in page.rows])


NOT_DRAWN = 2_000_000_000


def round_of(tx: Transaction, round_id: UUID, *, lock: bool = False) -> RecuperationRound:
    """Return a round. Raises `NotFound`."""
    return tx.get(RecuperationRound, round_id, "There is no such round.", field="round_id", lock=lock)


def trip_of(tx: Transaction, trip_id: UUID) -> Trip:
    """Return a trip. Raises `NotFound`."""
    return tx.get(Trip, trip_id, "There is no such trip.", field="trip_id")


def locked_trip(tx: Transaction, trip_id: UUID) -> Trip:
    """Return a trip; its round is locked first, so that it can't change meanwhile. Raises `NotFound`."""
    trip = trip_of(tx, trip_id)
    round_of(tx, trip.round_id, lock=True)
    tx.session.refresh(trip)
    return trip


def route_of(tx: Transaction, route_id: UUID) -> RecuperationRoute:
    """Return a route. Raises `NotFound`."""
    return tx.get(RecuperationRoute, route_id, "There is no such route.", field="route_id")


def application_of(tx: Transaction, application_id: UUID) -> TripApplication:
    """Return an application; its round is locked first, so that it can't change meanwhile. Raises `NotFound`."""
    found = tx.get(TripApplication, application_id, "There is no such application.", field="application_id")
    round_of(tx, found.round_id, lock=True)
    tx.session.refresh(found)
    return found


def trips_of(tx: Transaction, round_id: UUID) -> list[Trip]:
    """Return the trips of a round by departure."""
    of_round = sa.select(Trip).where(Trip.round_id == round_id)
    return list(tx.session.scalars(of_round.order_by(Trip.starts_on, Trip.id)))


def outside_trips(tx: Transaction, round_id: UUID) -> set[UUID]:
    """Return the ids of the trips of a round that leave the province."""
    statement = (
        sa.select(Trip.id)
        .join(RecuperationRoute, RecuperationRoute.id == Trip.route_id)
        .where(Trip.round_id == round_id, RecuperationRoute.destination == rules.OUTSIDE)
    )
    return set(tx.session.scalars(statement))


def own_member_id(tx: Transaction) -> UUID:
    """Return the caller's id as a member."""
    return require_member(tx.principal, "Only a member can do this.", rule="recuperation.caller_is_a_member")


def taken(tx: Transaction, trip_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, int]]:
    """Return by trip and unit how many persons hold places."""
    persons = sa.func.sum(TripApplication.persons).label("persons")
    statement = (
        sa.select(TripApplication.trip_id, TripApplication.unit_id, persons)
        .where(TripApplication.trip_id.in_(list(trip_ids)), TripApplication.state.in_(HOLDING))
        .group_by(TripApplication.trip_id, TripApplication.unit_id)
    )
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for row in tx.session.execute(statement):
        found[row.trip_id][row.unit_id] = int(row.persons)
    return found


def round_reply(tx: Transaction, one: RecuperationRound) -> dict[str, Any]:
    """Return a round as answers tell it."""
    return round_replies(tx, [one])[0]


def round_replies(tx: Transaction, rounds: Sequence[RecuperationRound]) -> list[dict[str, Any]]:
    """Return rounds as answers tell them, with how many applied, have a place, and wait."""
    statement = (
        sa.select(TripApplication.round_id, TripApplication.state, sa.func.count().label("count"))
        .where(TripApplication.round_id.in_([one.id for one in rounds]))
        .group_by(TripApplication.round_id, TripApplication.state)
    )
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for row in tx.session.execute(statement):
        counts[row.round_id][row.state] = int(row._mapping["count"])
    return [_round(one, counts[one.id]) for one in rounds]


def _round(one: RecuperationRound, counts: Mapping[str, int]) -> dict[str, Any]:
    hidden = ("secret", "first_value", "first_by")
    values = {column.key: getattr(one, column.key) for column in sa.inspect(RecuperationRound).column_attrs}
    return {
        **{name: value for name, value in values.items() if name not in hidden},
        "value_entered": one.first_value is not None and one.state == "committed",
        "applications": sum(counts.values()) - counts.get("withdrawn", 0),
        "placed": sum(counts.get(state, 0) for state in HOLDING),
        "waiting": counts.get("waiting", 0),
    }


def trip_reply(tx: Transaction, trip: Trip) -> dict[str, Any]:
    """Return a trip as answers tell it."""
    return trip_replies(tx, [trip])[0]


def trip_replies(tx: Transaction, trips: Sequence[Trip]) -> list[dict[str, Any]]:
    """Return trips as answers tell them, with their routes, persons and ratings."""
    wanted = sa.select(RecuperationRoute).where(RecuperationRoute.id.in_({one.route_id for one in trips}))
    routes = {route.id: route for route in tx.session.scalars(wanted)}
    ids = [one.id for one in trips]
    persons, ratings = taken(tx, ids), _ratings(tx, ids)
    names = ("id", "round_id", "route_id", "starts_on", "ends_on", "places", "minimum", "state", "cost")
    return [
        {
            **{name: getattr(one, name) for name in names},
            "route": routes[one.route_id],
            "quotas": [{"unit_id": UUID(unit), "most": most} for unit, most in sorted(one.quotas.items())],
            "taken": sum(persons[one.id].values()) if one.id in persons else 0,
            "rating": ratings.get(one.id),
        }
        for one in trips
    ]


def _ratings(tx: Transaction, trip_ids: Sequence[UUID]) -> dict[UUID, float]:
    mean = sa.func.avg(TripApplication.rating).label("mean")
    rated = TripApplication.trip_id.in_(trip_ids), TripApplication.rating.is_not(None)
    statement = sa.select(TripApplication.trip_id, mean).where(*rated).group_by(TripApplication.trip_id)
    return {row.trip_id: round(float(row.mean), 1) for row in tx.session.execute(statement)}


def application(one: TripApplication) -> dict[str, Any]:
    """Return an application as officers and chairs see it."""
    return {**{name: getattr(one, name) for name in _APPLICATION}, "choices": [UUID(choice) for choice in one.choices]}


def own_application(one: TripApplication) -> dict[str, Any]:
    """Return an application as the member sees it."""
    return {
        **application(one),
        "family": read_list(one.family),
        "grounds": read_list(one.grounds),
        "comment": one.comment,
    }


def read_list(stored: str | None) -> list[str]:
    """Return a list that is stored as encrypted JSON; empty where it was erased."""
    return json.loads(stored) if stored else []


def _works_on_trips(principal: Principal) -> bool:
    return principal.kind == "service" or principal.has("officer", "auditor")
