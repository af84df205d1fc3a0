"""Blocks: times in which nobody can use a place. They cancel bookings, and say before how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.places import rules
from services.activities.places.tables import Place, PlaceBlock, PlaceBooking
from services.activities.places.use_cases import store
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.activities.places.vocabulary import OPEN

_BLOCK = ("id", "place_id", "starts_at", "ends_at", "reason", "cancels")


def list_place_blocks(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the blocks of a place that are not over."""
    statement = sa.select(PlaceBlock).where(
        PlaceBlock.place_id == request["place_id"], PlaceBlock.ends_at > tx.now
    )  # fmt: skip
    page = page_of(tx, statement, request, [(PlaceBlock.ends_at, "asc"), (PlaceBlock.id, "asc")])
    return page.reply([_reply(one) for one in page.rows])


def preview_place_block(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many bookings a block would cancel."""
    place = store.place_of(tx, request["place_id"])
    refuse_first(rules.block_lies_ahead(request["starts_at"], request["ends_at"], tx.now))
    counted = sa.select(sa.func.count()).select_from(_within(tx, place, request).subquery())
    return {"cancels": tx.session.scalar(counted)}


def block_place(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Block a place and cancel the bookings in it that have not begun.

    Raises:
        Refused: the time is over or too long, or it cancels others than who asks saw.
    """
    place = store.place_of(tx, request["place_id"], lock=True)
    refuse_first(rules.block_lies_ahead(request["starts_at"], request["ends_at"], tx.now))
    within = _within(tx, place, request).order_by(PlaceBooking.id).with_for_update()
    bookings = tx.session.scalars(within).all()
    refuse_first(rules.block_cancels_as_told(request["cancels"], len(bookings)))
    made = PlaceBlock(
        place_id=place.id, starts_at=request["starts_at"], ends_at=request["ends_at"], reason=request["reason"],
        cancels=len(bookings), made_at=tx.now, made_by=tx.principal.actor,
    )  # fmt: skip
    tx.session.add(made)
    for one in bookings:
        store.end(tx, one, "blocked", request["reason"])
    tx.session.flush()
    told = {name: (None, getattr(made, name)) for name in ("starts_at", "ends_at", "cancels")}
    note_change(tx, store.subject_of(place.id), told, request["reason"])
    return _reply(made)


def lift_place_block(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Lift a block. What it cancelled stays cancelled: others may have booked elsewhere by then."""
    place = store.place_of(tx, request["place_id"], lock=True)
    block = tx.session.get(PlaceBlock, request["block_id"])
    if block is None or block.place_id != place.id:
        raise NotFound("This place has no such block.", field="block_id")
    told = {name: (getattr(block, name), None) for name in ("starts_at", "ends_at")}
    note_change(tx, store.subject_of(place.id), told, block.reason)
    tx.session.delete(block)
    return {"block_id": block.id}


def _within(tx: Transaction, place: Place, request: Mapping[str, Any]) -> sa.Select[Any]:
    return sa.select(PlaceBooking).where(
        PlaceBooking.place_id == place.id, PlaceBooking.state.in_(OPEN), PlaceBooking.starts_at > tx.now,
        PlaceBooking.starts_at < request["ends_at"], PlaceBooking.ends_at > request["starts_at"],
    )  # fmt: skip


def _reply(block: PlaceBlock) -> dict[str, Any]:
    return {name: getattr(block, name) for name in _BLOCK}
