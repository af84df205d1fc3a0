"""Counselling by appointment. Nothing of it is logged or announced; when it is over only a count is kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.clock import SHANGHAI, months_until
from services.chassis.database.engine import rows_changed, upsert
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, Refused, refuse_first
from services.chassis.security.principal import Principal, require_member
from services.welfare.members.use_cases.member_copies import member_of
from services.welfare.requests import rules
from services.welfare.requests.tables import Appointment, CounsellingCount, CounsellingSlot, RequestType
from services.welfare.requests.use_cases.types import names_of_types, type_of

SLOTS_A_TURN = 100
MONTHS_TOLD = 24
_SLOT = ("id", "type_id", "starts_at", "ends_at", "place", "capacity", "taken")


def list_counselling_slots(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of slots of a type that are not over, by their time."""
    statement = sa.select(CounsellingSlot).where(
        CounsellingSlot.type_id == request["type_id"], CounsellingSlot.ends_at > tx.now
    )
    page = page_of(tx, statement, request, [(CounsellingSlot.starts_at, "asc"), (CounsellingSlot.id, "asc")])
    own = _booked(tx, [slot.id for slot in page.rows])
    return page.reply([_reply(slot, slot.id in own) for slot in page.rows])


def add_counselling_slot(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a slot. Raises `Refused` where it is past or the type is no counselling."""
    wanted = type_of(tx, request["type_id"])
    _require_hand(tx.principal, wanted)
    refuse_first(
        rules.type_takes_appointments(wanted.counted_only),
        rules.slot_is_ahead(request["starts_at"], request["ends_at"], tx.now),
    )
    made = CounsellingSlot(**{name: request[name] for name in _SLOT if name in request}, taken=0)
    tx.session.add(made)
    tx.session.flush()
    return _reply(made, False)


def remove_counselling_slot(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove a slot in which nobody has an appointment."""
    slot = _slot(tx, request["slot_id"], lock=True)
    _require_hand(tx.principal, type_of(tx, slot.type_id))
    refuse_first(rules.slot_is_empty(slot.taken))
    tx.session.delete(slot)
    return {"slot_id": slot.id}


def list_visitors(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return who comes to a slot: to the handler of its type, to officers only where there is none."""
    slot = _slot(tx, request["slot_id"])
    wanted = type_of(tx, slot.type_id)
    counsels = _is_handler(tx.principal, wanted) or (wanted.handler_id is None and tx.principal.has("officer"))
    if not counsels:
        raise NotAllowed("Only who gives the counselling sees who comes.", rule="requests.visitors_are_for_one")
    coming = sa.select(Appointment.member_id).where(Appointment.slot_id == slot.id).order_by(Appointment.id)
    return {"items": [{"member_id": member_id} for member_id in tx.session.scalars(coming)]}


def book_appointment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a place in a slot; booking it again changes nothing.

    Raises:
        Refused: it has begun, is full, or the member has another appointment of this kind.
    """
    member_id = require_member(tx.principal, "Only a member books.", rule="requests.caller_is_a_member")
    member_of(tx, member_id, lock=True)  # one appointment, also where two slots are booked at once
    slot = _slot(tx, request["slot_id"], lock=True)
    own = sa.select(Appointment.slot_id).where(Appointment.member_id == member_id, Appointment.type_id == slot.type_id)
    booked = tx.session.scalar(own)
    if booked == slot.id:
        return _reply(slot, True)
    refuse_first(
        rules.type_is_offered(type_of(tx, slot.type_id).offered),
        rules.slot_has_not_begun(slot.starts_at, tx.now),
        rules.one_appointment_at_a_time(int(booked is not None)),
    )
    if not _seat(tx, slot.id, 1):
        raise Refused("This slot is full.", rule="requests.slot_has_places", field="slot_id")
    tx.session.add(Appointment(id=uuid4(), slot_id=slot.id, type_id=slot.type_id, member_id=member_id))
    tx.session.flush()
    tx.session.refresh(slot)
    return _reply(slot, True)


def cancel_appointment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give one's own place back; where there is none, nothing changes."""
    member_id = require_member(tx.principal, "Only a member books.", rule="requests.caller_is_a_member")
    slot = _slot(tx, request["slot_id"], lock=True)
    refuse_first(rules.slot_has_not_begun(slot.starts_at, tx.now))
    own = sa.delete(Appointment).where(Appointment.slot_id == slot.id, Appointment.member_id == member_id)
    if rows_changed(tx.session, own.execution_options(synchronize_session=False)):
        _seat(tx, slot.id, -1)
    return {"slot_id": slot.id}


def my_appointments(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's appointments to come."""
    member_id = require_member(tx.principal, "Only a member books.", rule="requests.caller_is_a_member")
    statement = (
        sa.select(CounsellingSlot)
        .join(Appointment, Appointment.slot_id == CounsellingSlot.id)
        .where(Appointment.member_id == member_id, CounsellingSlot.ends_at > tx.now)
    )
    page = page_of(tx, statement, request, [(CounsellingSlot.starts_at, "asc"), (CounsellingSlot.id, "asc")])
    return page.reply([_reply(slot, True) for slot in page.rows])


def counselling_counts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how many came by type and month, newest first."""
    first = f"{months_until(tx.today, MONTHS_TOLD)[0]:%Y-%m}"
    statement = sa.select(CounsellingCount).where(CounsellingCount.month >= first)
    ordered = statement.order_by(CounsellingCount.month.desc(), CounsellingCount.type_id)
    counts = tx.session.scalars(ordered).all()
    names = names_of_types(tx, {one.type_id for one in counts})
    return {
        "items": [
            {"type_id": one.type_id, "type_name": names[one.type_id], "month": one.month, "count": one.count}
            for one in counts
        ]
    }


def count_and_forget(tx: Transaction) -> None:
    """Count who came to slots that are over, and delete appointments and slots."""
    over = sa.select(CounsellingSlot).where(CounsellingSlot.ends_at <= tx.now).order_by(CounsellingSlot.ends_at)
    for slot in tx.session.scalars(over.limit(SLOTS_A_TURN).with_for_update(skip_locked=True)).all():
        came = rows_changed(
            tx.session,
            sa.delete(Appointment).where(Appointment.slot_id == slot.id).execution_options(synchronize_session=False),
        )
        if came:
            month = f"{slot.starts_at.astimezone(SHANGHAI):%Y-%m}"
            counted = upsert(tx.session, CounsellingCount).values(type_id=slot.type_id, month=month, count=came)
            more = {"count": CounsellingCount.count + came}
            tx.session.execute(counted.on_conflict_do_update(index_elements=["type_id", "month"], set_=more))
        tx.session.delete(slot)


def _slot(tx: Transaction, slot_id: UUID, *, lock: bool = False) -> CounsellingSlot:
    return tx.get(CounsellingSlot, slot_id, "There is no such slot, or it is over.", field="slot_id", lock=lock)


def _seat(tx: Transaction, slot_id: UUID, count: int) -> bool:
    statement = (
        sa.update(CounsellingSlot)
        .where(CounsellingSlot.id == slot_id)
        .where(CounsellingSlot.taken + count <= CounsellingSlot.capacity, CounsellingSlot.taken + count >= 0)
        .values(taken=CounsellingSlot.taken + count)
    )
    return rows_changed(tx.session, statement.execution_options(synchronize_session=False)) > 0


def _booked(tx: Transaction, slot_ids: Collection[UUID]) -> set[UUID]:
    own = sa.select(Appointment.slot_id).where(
        Appointment.member_id == tx.principal.member_id, Appointment.slot_id.in_(slot_ids)
    )
    return set(tx.session.scalars(own))


def _require_hand(principal: Principal, wanted: RequestType) -> None:
    if principal.has("officer") or _is_handler(principal, wanted):
        return
    raise NotAllowed("Another handles this type.", rule="requests.are_for_few")


def _is_handler(principal: Principal, wanted: RequestType) -> bool:
    return principal.has("handler") and wanted.handler_id is not None and principal.member_id == wanted.handler_id


def _reply(slot: CounsellingSlot, booked: bool) -> dict[str, Any]:
    return {**{name: getattr(slot, name) for name in _SLOT}, "booked": booked}
