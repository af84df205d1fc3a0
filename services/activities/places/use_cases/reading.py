"""Lists of bookings and figures of use. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.use_cases import booking, store, timetable
from services.chassis.clock import months_until, start_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.contracts.activities.places.vocabulary import HELD, OPEN

_SORTS: dict[str, list[Key]] = {
    "starts_at": [(PlaceBooking.starts_at, "asc"), (PlaceBooking.id, "asc")],
    "-starts_at": [(PlaceBooking.starts_at, "desc"), (PlaceBooking.id, "desc")],
}
_MOST_PLACES = 500


def my_place_bookings(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's bookings, with the place on the waiting list and whether one may cancel."""
    member_id = require_member(tx.principal, "Only a member books.", rule="places.caller_is_a_member")
    mine = sa.select(PlaceBooking).where(PlaceBooking.member_id == member_id)
    coming = PlaceBooking.state.in_(OPEN) & (PlaceBooking.ends_at > tx.now)
    if request["show"] == "coming":
        mine = mine.where(coming)
    elif request["show"] == "past":
        mine = mine.where(sa.not_(coming))
    order = "starts_at" if request["show"] == "coming" else "-starts_at"
    page = page_of(tx, mine, request, _SORTS[order])
    names = store.names_of(tx, {one.place_id for one in page.rows})
    positions = booking.positions_of(tx, page.rows)
    minutes = booking.cancel_rule(tx, member_id) if page.rows else None
    return page.reply(
        [
            store.reply(
                one, names[one.place_id], position=positions.get(one.id),
                may_cancel=booking.may_cancel(tx, one, minutes),
            )
            for one in page.rows
        ]
    )  # fmt: skip


def list_place_bookings(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of bookings of all places, by default those to come."""
    statement = sa.select(PlaceBooking)
    for name in ("place_id", "unit_id", "member_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(PlaceBooking, name) == request[name])
    if request["show"] == "coming":
        statement = statement.where(PlaceBooking.ends_at > tx.now)
    elif request["show"] == "past":
        statement = statement.where(PlaceBooking.ends_at <= tx.now)
    if request["from_day"] is not None:
        statement = statement.where(PlaceBooking.starts_at >= start_of(request["from_day"]))
    if request["to_day"] is not None:
        statement = statement.where(PlaceBooking.starts_at < start_of(request["to_day"] + timedelta(days=1)))
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    names = store.names_of(tx, {one.place_id for one in page.rows})
    return page.reply([store.reply(one, names[one.place_id]) for one in page.rows])


def place_use(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how places were used by month, newest first, and by weekday and hour, this month included."""
    months = months_until(tx.today, request["months"])
    wanted = sa.select(Place).order_by(Place.name).limit(_MOST_PLACES)
    if request["place_id"] is not None:
        wanted = wanted.where(Place.id == request["place_id"])
    places = tx.session.scalars(wanted).all()
    counts = _counts(tx, [one.id for one in places], months)
    items = [
        _month(place, months[place_in_list], counts.get((place.id, place_in_list), {}), tx.today)
        for place_in_list in reversed(range(len(months)))
        for place in places
    ]
    return {"items": items, "hours": _hours(tx, [one.id for one in places], months[0])}


def _counts(tx: Transaction, place_ids: Collection[UUID], months: Sequence[date]) -> dict[tuple[UUID, int], Any]:
    """Return how many bookings came to each state, by place and number of the month."""
    bounds = [start_of(month) for month in months[1:]]
    later = [(PlaceBooking.starts_at < bound, number) for number, bound in enumerate(bounds)]
    bucket = sa.case(*later, else_=len(months) - 1) if later else sa.literal(0)
    numbered = sa.select(
        PlaceBooking.place_id.label("place_id"), PlaceBooking.state.label("state"), bucket.label("month")
    ).where(
        PlaceBooking.place_id.in_(place_ids), PlaceBooking.starts_at >= start_of(months[0]),
        PlaceBooking.starts_at <= tx.now,
    )  # fmt: skip
    rows = numbered.subquery()
    grouped = sa.select(rows.c.place_id, rows.c.month, rows.c.state, sa.func.count().label("bookings"))
    found: dict[tuple[UUID, int], dict[str, int]] = {}
    for row in tx.session.execute(grouped.group_by(rows.c.place_id, rows.c.month, rows.c.state)):
        found.setdefault((row.place_id, row.month), {})[row.state] = row.bookings
    return found


def _month(place: Place, month: date, counts: Mapping[str, int], today: date) -> dict[str, Any]:
    return {
        "place_id": place.id, "place_name": place.name, "month": f"{month:%Y-%m}",
        "offered_slots": _offered(place, month, today),
        "booked": sum(counts.get(state, 0) for state in HELD), "attended": counts.get("attended", 0),
        "missed": counts.get("missed", 0), "cancelled": counts.get("cancelled", 0),
    }  # fmt: skip


def _offered(place: Place, month: date, today: date) -> int:
    """Return how many bookings the present times of opening have room for, on the days of a month up to today."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    last = min(following, today + timedelta(days=1))
    days = (month + timedelta(days=number) for number in range((last - month).days))
    return sum(len(timetable.slots_on(place, day)) for day in days) * place.capacity


def _hours(tx: Transaction, place_ids: Collection[UUID], since: date) -> list[dict[str, Any]]:
    counted = (
        sa.select(PlaceBooking.hour_of_week, sa.func.count().label("bookings"))
        .where(
            PlaceBooking.place_id.in_(place_ids), PlaceBooking.state.in_(HELD),
            PlaceBooking.starts_at >= start_of(since), PlaceBooking.starts_at <= tx.now,
        )
        .group_by(PlaceBooking.hour_of_week)
        .order_by(PlaceBooking.hour_of_week)
    )  # fmt: skip
    return [
        {"weekday": row.hour_of_week // 24 + 1, "hour": row.hour_of_week % 24, "booked": row.bookings}
        for row in tx.session.execute(counted)
    ]
