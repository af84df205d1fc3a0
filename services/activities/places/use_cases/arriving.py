"""Arrival: by the code that hangs at the place, or recorded by an officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from services.activities.places import rules
from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.use_cases import absences, store
from services.activities.places.workflow import PLACE_BOOKING
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.codes import Code, NotGenuine, opened, signed
from services.chassis.security.principal import require_member
from services.contracts.activities.places.events import PlaceAbsenceExcused

KIND = "place"
_NO_END = datetime(2100, 1, 1, tzinfo=UTC)
"""A printed code holds until another is printed in its place."""


def printed_place_code(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the code to hang at a place."""
    place = store.place_of(tx, request["place_id"])
    return {"code": signed(Code(KIND, place.id, place.code_edition, _NO_END)), "edition": place.code_edition}


def renew_place_code(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End all codes of a place that were printed before, and return the new one."""
    place = store.place_of(tx, request["place_id"], lock=True)
    before, place.code_edition = place.code_edition, place.code_edition + 1
    note_change(tx, store.subject_of(place.id), {"code_edition": (before, place.code_edition)})
    return printed_place_code(tx, request)


def read_place_code(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the code of a place tells: which place it hangs at."""
    nothing = dict.fromkeys(("subject_id", "name", "number", "unit_id", "expires_at"))
    told = {**nothing, "checked_at": tx.now}
    try:
        code = opened(request["token"], KIND)
    except NotGenuine as problem:
        return {**told, "state": problem.state}
    place = tx.session.get(Place, code.subject)
    if place is None or code.standing(place.code_edition, tx.now) != "good":
        return {**told, "state": "revoked"}
    state = "good" if place.offered else "ended"
    return {**told, "state": state, "subject_id": place.id, "name": place.name}


def check_in_place(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record that the caller came to the booked slot that begins about now; once more changes nothing.

    Raises:
        Refused: the code is no valid one of a place, or no booking of the caller begins now.
    """
    member_id = require_member(tx.principal, "Only a member checks in.", rule="places.caller_is_a_member")
    place_id = _place_of_code(tx, request["code"])
    refuse_first(rules.code_is_of_a_place(place_id is not None))
    assert place_id is not None
    place = store.place_of(tx, place_id, lock=True)
    rule = rule_in_force(tx, "places.check_in_minutes", tx.today)
    margin = timedelta(minutes=rule.count)
    near = tx.session.scalars(
        sa.select(PlaceBooking)
        .where(
            PlaceBooking.member_id == member_id, PlaceBooking.place_id == place.id,
            PlaceBooking.state.in_(("booked", "attended")), PlaceBooking.starts_at > tx.now - margin,
            PlaceBooking.starts_at <= tx.now + margin,
        )
        .order_by(PlaceBooking.starts_at)
        .with_for_update()
    ).all()  # fmt: skip
    waiting = [one for one in near if one.state == "booked"]
    booking = next(iter(waiting or near), None)
    refuse_first(sourced(rules.booking_begins_now(booking is not None, rule.count), rule))
    assert booking is not None
    if booking.state == "booked":
        booking.state, booking.checked_in_at = PLACE_BOOKING.apply("booked", "check_in", roles=None), tx.now
    return store.reply(booking, place.name)


def record_arrival(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record that a member came, or did not; the note says how that is known.

    Raises:
        Refused: the slot has not begun, or that is what stands already.
    """
    place, booking = store.locked(tx, request["booking_id"])
    refuse_first(rules.slot_has_begun(booking.starts_at, tx.now))
    came, before = request["came"], booking.state
    action = "record_absence" if not came else "excuse" if before == "missed" else "check_in"
    booking.state = PLACE_BOOKING.apply(before, action, roles=tx.principal.roles)
    booking.checked_in_at, booking.note = (tx.now if came else None), request["note"]
    changed = {"state": (before, booking.state)}
    note_change(tx, store.history_of_booking(booking.id), changed, request["note"])
    if not came:
        absences.announce_absence(tx, booking)
    elif before == "missed" and booking.member_id is not None:
        tx.record(PlaceAbsenceExcused(**store.announced(booking)))
    return store.reply(booking, place.name)


def _place_of_code(tx: Transaction, token: str) -> Any:
    try:
        code = opened(token, KIND)
    except NotGenuine:
        return None
    place = tx.session.get(Place, code.subject)
    good = place is not None and code.standing(place.code_edition, tx.now) == "good"
    return code.subject if good else None
