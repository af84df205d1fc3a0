"""The week of a place: every slot with what is free, and what the reader has in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from services.activities.participants.use_cases.reading import participants_of
from services.activities.places.tables import Place, PlaceBlock, PlaceBooking
from services.activities.places.use_cases import absences, store, timetable
from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.contracts.activities.places.vocabulary import HELD, OPEN

_DAYS = 7


def place_week(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the days of a week with their slots; bookings outside of them are not shown."""
    place = store.place_of(tx, request["place_id"])
    monday = timetable.monday_of(request["day"] or tx.today)
    begins, ends = start_of(monday), start_of(monday + timedelta(days=_DAYS))
    blocks = timetable.blocks_between(tx, place.id, begins, ends)
    within = (PlaceBooking.place_id == place.id, PlaceBooking.starts_at >= begins, PlaceBooking.starts_at < ends)
    counts = {
        row.starts_at: (row.taken, row.waiting)
        for row in tx.session.execute(
            sa.select(
                PlaceBooking.starts_at,
                sa.func.count().filter(PlaceBooking.state.in_(HELD)).label("taken"),
                sa.func.count().filter(PlaceBooking.state == "waiting").label("waiting"),
            )
            .where(*within)
            .group_by(PlaceBooking.starts_at)
        )
    }
    own = _own(tx, within)
    last = _last_day(tx)
    days = [monday + timedelta(days=number) for number in range(_DAYS)]
    shown = [_day(tx, place, day, blocks, counts, own, last) for day in days]
    return {"days": shown, "barred_until": _bar(tx)}


def _day(
    tx: Transaction, place: Place, day: date, blocks: Sequence[PlaceBlock], counts: Mapping[Any, tuple[int, int]],
    own: Mapping[Any, PlaceBooking], last: date | None,
) -> dict[str, Any]:  # fmt: skip
    slots = timetable.slots_on(place, day)
    closed = None
    if not slots:
        closed = timetable.holiday_on(place, day) or ""
    return {
        "day": day,
        "closed": closed,
        "slots": [_slot(tx, place, slot, blocks, counts, own, last) for slot in slots],
    }


def _slot(
    tx: Transaction, place: Place, slot: timetable.Slot, blocks: Sequence[PlaceBlock],
    counts: Mapping[Any, tuple[int, int]], own: Mapping[Any, PlaceBooking], last: date | None,
) -> dict[str, Any]:  # fmt: skip
    taken, waiting = counts.get(slot.starts_at, (0, 0))
    reason, mine = timetable.reason_blocked(blocks, slot), own.get(slot.starts_at)
    state = "free" if taken < place.capacity else "full"
    if last is not None and day_of(slot.starts_at) > last:
        state = "far"
    if reason is not None:
        state = "blocked"
    if slot.starts_at <= tx.now:
        state = "past"
    return {
        "starts_at": slot.starts_at, "ends_at": slot.ends_at, "state": state, "taken": taken,
        "free": max(0, place.capacity - taken), "waiting": waiting, "reason": reason,
        "own_id": mine.id if mine else None, "own_state": mine.state if mine else None,
    }  # fmt: skip


def _own(tx: Transaction, within: Any) -> dict[Any, PlaceBooking]:
    member_id = tx.principal.member_id
    if member_id is None:
        return {}
    kept = PlaceBooking.state.in_((*HELD, *OPEN))
    mine = sa.select(PlaceBooking).where(*within, PlaceBooking.member_id == member_id, kept)
    return {one.starts_at: one for one in tx.session.scalars(mine)}


def _employment(tx: Transaction) -> str | None:
    member_id = tx.principal.member_id
    known = participants_of(tx, [member_id]).get(member_id) if member_id else None
    return known.employment if known else None


def _last_day(tx: Transaction) -> date | None:
    """Return the last day that can be booked today, None where no rule says it: then booking says which is missing."""
    rule = rule_or_none(tx, "places.days_ahead", tx.today, scope=_employment(tx))
    return None if rule is None else tx.today + timedelta(days=rule.count)


def _bar(tx: Transaction) -> date | None:
    member_id = tx.principal.member_id
    return None if member_id is None else absences.barred_day_of(tx, member_id, _employment(tx))
