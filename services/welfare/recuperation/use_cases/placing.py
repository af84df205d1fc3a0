"""Who has a place on which trip: the results of the draw, the waiting list, and places that become free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change, note_same_change
from services.chassis.database.transaction import Transaction
from services.chassis.fair_draw import Drawn
from services.contracts.welfare.recuperation.events import TripPlaceChanged
from services.welfare.recuperation.tables import RecuperationRound, Trip, TripApplication
from services.welfare.recuperation.use_cases.money import reserve_for_confirmed
from services.welfare.recuperation.use_cases.reading import outside_trips, taken, trips_of

ROWS_AT_ONCE = 500
STILL_TO_COME = ("drawn", "confirmed")
"""States of trips on which places can be given."""


class Room:
    """The places left on the trips of a round, by quota, as they are given and freed in one transaction."""

    def __init__(self, tx: Transaction, trips: Iterable[Trip]) -> None:
        self._trips = {trip.id: trip for trip in trips if trip.state in STILL_TO_COME and trip.starts_on > tx.today}
        self._taken = {trip_id: dict(units) for trip_id, units in taken(tx, self._trips).items()}

    def trip_for(self, application: TripApplication, choices: Iterable[UUID]) -> Trip | None:
        """Return the first of the choices with places left for the application."""
        return next((self._trips[choice] for choice in choices if self._fits(application, choice)), None)

    def take(self, application: TripApplication, trip: Trip) -> None:
        """Count an application on a trip."""
        units = self._taken.setdefault(trip.id, {})
        units[application.unit_id] = units.get(application.unit_id, 0) + application.persons

    def _fits(self, application: TripApplication, choice: UUID) -> bool:
        trip = self._trips.get(choice)
        if trip is None:
            return False
        units = self._taken.get(choice, {})
        most = trip.quotas.get(str(application.unit_id))
        within = most is None or units.get(application.unit_id, 0) + application.persons <= most
        return within and sum(units.values()) + application.persons <= trip.places


def store_results(tx: Transaction, round_: RecuperationRound, results: Sequence[Drawn]) -> None:
    """Store order and places; who withdrew since the list was closed keeps nothing but the position."""
    outside = outside_trips(tx, round_.id)
    live = sa.select(TripApplication.id, TripApplication.member_id).where(
        TripApplication.round_id == round_.id, TripApplication.state == "applied"
    )
    members = {row.id: row.member_id for row in tx.session.execute(live)}
    rows, events, states = [], [], {}
    for position, one in enumerate(results, 1):
        application_id = UUID(one.entry.id)
        row = {"id": application_id, "position": position}
        if application_id in members:
            trip_id = UUID(one.offer) if one.offer else None
            state = "drawn_in" if trip_id else "waiting"
            states[application_id] = state
            rows.append({**row, "state": state, "trip_id": trip_id, "outside": trip_id in outside})
            events.append(_event(application_id, round_.id, members[application_id], trip_id, state))
        else:
            rows.append({**row, "state": "withdrawn", "trip_id": None, "outside": False})
    for start in range(0, len(rows), ROWS_AT_ONCE):
        tx.session.execute(sa.update(TripApplication), rows[start : start + ROWS_AT_ONCE])
    tx.session.expire_all()
    for state in ("drawn_in", "waiting"):
        subjects = [subject_of(one) for one, new in states.items() if new == state]
        note_same_change(tx, subjects, {"state": ("applied", state)})
    tx.record(*events)


def place_waiting(tx: Transaction, round_id: UUID) -> int:
    """Give free places to the waiting list, in the order drawn and by each one's choices; return to how many."""
    waiting = TripApplication.round_id == round_id, TripApplication.state == "waiting"
    in_order = sa.select(TripApplication).where(*waiting).order_by(TripApplication.position)
    room, outside, placed = Room(tx, trips_of(tx, round_id)), outside_trips(tx, round_id), 0
    for application in tx.session.scalars(in_order).all():
        trip = room.trip_for(application, map(UUID, application.choices))
        if trip is not None:
            room.take(application, trip)
            put_on(tx, application, trip, outside=trip.id in outside)
            placed += 1
    tx.session.flush()
    reserve_for_confirmed(tx, round_id)
    return placed


def put_on(tx: Transaction, application: TripApplication, trip: Trip, *, outside: bool | None = None) -> None:
    """Put an application on a trip, confirmed where the trip is, and announce it."""
    application.trip_id = trip.id
    note_state(tx, application, "confirmed" if trip.state == "confirmed" else "drawn_in")
    application.outside = trip.id in outside_trips(tx, trip.round_id) if outside is None else outside
    announce(tx, application)


def take_off(tx: Transaction, application: TripApplication, state: str) -> None:
    """Take an application off its trip, with the state it has then, and announce it."""
    note_state(tx, application, state)
    if state != "cancelled_late":
        application.trip_id, application.outside = None, False
    announce(tx, application)


def note_state(tx: Transaction, application: TripApplication, state: str) -> None:
    """Set the state of an application, and keep the step."""
    note_change(tx, subject_of(application.id), {"state": (application.state, state)})
    application.state = state


def subject_of(application_id: UUID) -> str:
    """Return the name under which the changes of an application are kept."""
    return f"trip_application/{application_id}"


def announce(tx: Transaction, application: TripApplication) -> None:
    """Record the state of an application and its trip."""
    one = application
    tx.record(_event(one.id, one.round_id, one.member_id, one.trip_id, one.state))


def _event(application_id: UUID, round_id: UUID, member_id: UUID, trip_id: UUID | None, state: str) -> TripPlaceChanged:
    return TripPlaceChanged(
        application_id=application_id, round_id=round_id, member_id=member_id, trip_id=trip_id, state=state
    )
