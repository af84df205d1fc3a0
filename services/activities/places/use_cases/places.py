"""Places in the hands of officers and for everybody to see: lists, adding, changing, the photo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.places import hours_rules, rules
from services.activities.places.tables import Place, PlaceBooking
from services.activities.places.use_cases import moving_up
from services.activities.places.use_cases.store import place_of, subject_of
from services.activities.places.use_cases.timetable import slots_on
from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, PreconditionFailed, refuse_first
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import erase_stored, file_of
from services.contracts.activities.places.vocabulary import HELD, OPEN

_TERMS = (
    "name", "name_en", "kind", "about", "address", "slot_minutes", "capacity", "waiting_list", "for_retained",
    "closed_on_days_off", "hours", "units", "employments",
)  # fmt: skip
_CONSOLE = ("officer", "auditor")
_PHOTO = "photo"


def list_places(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of places by name; others than officers and auditors get those that are offered."""
    statement = sa.select(Place)
    if request["q"]:
        columns = (Place.name, Place.name_en, Place.address)
        statement = statement.where(sa.or_(*(one.icontains(request["q"], autoescape=True) for one in columns)))
    if request["kind"] is not None:
        statement = statement.where(Place.kind == request["kind"])
    offered = request["offered"] if tx.principal.has(*_CONSOLE) else True
    if offered is not None:
        statement = statement.where(Place.offered.is_(offered))
    direction = "desc" if request["sort"].startswith("-") else "asc"
    page = page_of(tx, statement, request, [(Place.name, direction), (Place.id, direction)])
    return page.reply([reply(one) for one in page.rows])


def get_place(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one place. Raises `NotFound`."""
    return reply(place_of(tx, request["place_id"]))


def add_place(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a place, offered at once.

    Raises:
        Refused: the name is taken, or the times of opening hold no slot or overlap.
    """
    tx.lock("places")
    refuse_first(*_refusals(tx, request, None))
    made = Place(**_terms(request), offered=True, code_edition=0, version=1)
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, subject_of(made.id), {name: (None, value) for name, value in _terms(request).items()})
    return reply(made)


def change_place(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Replace what a place says; more room goes to who waits.

    Raises:
        PreconditionFailed: somebody else changed it.
        Refused: as for `add_place`, or bookings to come would no longer fit.
    """
    tx.lock("places")
    place = place_of(tx, request["place_id"], lock=True)
    if place.version != request["version"]:
        raise PreconditionFailed("Somebody else changed it.", rule="places.version_is_the_one_that_stands")
    refuse_first(*_refusals(tx, request, place))
    terms = _terms(request)
    note_change(tx, subject_of(place.id), {name: (getattr(place, name), value) for name, value in terms.items()})
    for name, value in terms.items():
        setattr(place, name, value)
    place.version += 1
    _require_fitting(tx, place)
    moving_up.fill_all(tx, place)
    tx.session.flush()
    return reply(place)


def offer_place(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let members book a place, or stop it."""
    place = place_of(tx, request["place_id"], lock=True)
    note_change(tx, subject_of(place.id), {"offered": (place.offered, request["offered"])})
    place.offered = request["offered"]
    return reply(place)


def may_set_photo(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless there is such a place."""
    place_of(tx, request["place_id"])


def set_place_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the examined photo in place of the one before."""
    place = place_of(tx, request["place_id"], lock=True)
    before = place.photo_id
    kept = store_examined(
        tx, request, _PHOTO, subject=subject_of(place.id), purpose=_PHOTO, media_type="image/jpeg"
    )  # fmt: skip
    place.photo_id = kept.id
    if before is not None:
        erase_stored(tx, before)
    return reply(place)


def place_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the photo of a place. Raises `NotFound`."""
    place = place_of(tx, request["place_id"])
    if place.photo_id is None:
        raise NotFound("This place has no photo.", rule="file_exists")
    file = file_of(tx, place.photo_id, subject=subject_of(place.id))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def reply(place: Place) -> dict[str, Any]:
    """Return a place as the contract has it."""
    names = ("id", "offered", "version", *_TERMS)
    return {**{name: getattr(place, name) for name in names}, "has_photo": place.photo_id is not None}


def _terms(request: Mapping[str, Any]) -> dict[str, Any]:
    units = [str(unit) for unit in request["units"]]
    return {**{name: request[name] for name in _TERMS}, "units": units}


def _refusals(tx: Transaction, request: Mapping[str, Any], place: Place | None) -> tuple[Any, ...]:
    same = tx.session.scalar(sa.select(Place.id).where(Place.name == request["name"]))
    taken = same is not None and (place is None or same != place.id)
    return rules.name_is_free(taken), hours_rules.hours_are_sound(request["hours"], request["slot_minutes"])


def _require_fitting(tx: Transaction, place: Place) -> None:
    """Raise unless all bookings to come are slots of the place as it is now, and give numbers above its capacity anew.

    Raises:
        Refused: some would not fit.
    """
    coming = tx.session.scalars(
        sa.select(PlaceBooking)
        .where(PlaceBooking.place_id == place.id, PlaceBooking.state.in_(OPEN), PlaceBooking.starts_at > tx.now)
        .order_by(PlaceBooking.starts_at, PlaceBooking.id)
    ).all()
    known = {day: set(slots_on(place, day)) for day in {day_of(one.starts_at) for one in coming}}
    spans = {day: {(slot.starts_at, slot.ends_at) for slot in slots} for day, slots in known.items()}
    odd = sum((one.starts_at, one.ends_at) not in spans[day_of(one.starts_at)] for one in coming)
    by_slot: dict[Any, list[PlaceBooking]] = {}
    for one in coming:
        if one.state in HELD:
            by_slot.setdefault(one.starts_at, []).append(one)
    too_many = sum(max(0, len(held) - place.capacity) for held in by_slot.values())
    refuse_first(rules.bookings_still_fit(odd + too_many))
    for held in by_slot.values():
        _renumber(held, place.capacity)


def _renumber(held: list[PlaceBooking], capacity: int) -> None:
    used = {one.number for one in held}
    free = (number for number in range(1, capacity + 1) if number not in used)
    for one in held:
        if one.number is not None and one.number > capacity:
            one.number = next(free)
