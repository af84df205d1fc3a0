"""What membership's events about members and units mean for seats."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.congress.events import DelegateTermChanged
from services.governance.congress.tables import Delegate, DelegationUnit, UnitSeats
from services.governance.congress.use_cases import elections
from services.governance.congress.use_cases.delegates import end_seats
from services.governance.congress.use_cases.store import SERVING, announce_seats, filled_by_unit, seat_facts
from services.governance.members.use_cases.copies import units_of


def end_with_membership(tx: Transaction, event: ReceivedEvent) -> None:
    """The seats of who leaves the union end that day."""
    _end(tx, event.data["member_id"], event.data["on"], "left")


def end_with_retirement(tx: Transaction, event: ReceivedEvent) -> None:
    """The seats of who retires end that day: who is retained neither votes nor is elected."""
    _end(tx, event.data["member_id"], event.data["retired_on"], "retired")


def note_move(tx: Transaction, event: ReceivedEvent) -> None:
    """Note that a delegate is in another unit than the one that elected; who elected decides what follows."""
    for one in _serving(tx, Delegate.member_id == event.data["member_id"]):
        moved_on = None if one.unit_id == event.data["to_unit_id"] else event.data["on"]
        note_change(tx, f"congress_delegate/{one.id}", {"moved_on": (one.moved_on, moved_on)})
        one.moved_on = moved_on


def follow_merger(tx: Transaction, event: ReceivedEvent) -> None:
    """The seats and delegates of a unit that was merged go over to the unit it was merged into."""
    old, new = event.data["unit_id"], event.data["into_unit_id"]
    delegates = _serving(tx, Delegate.unit_id == old)
    units = units_of(tx, [one.member_id for one in delegates])
    for one in delegates:
        note_change(tx, f"congress_delegate/{one.id}", {"unit_id": (old, new)})
        one.unit_id = new
        if units.get(one.member_id) in (old, new):
            one.moved_on = None
        tx.record(DelegateTermChanged(**seat_facts(one)))
    moved = sa.select(UnitSeats).where(UnitSeats.unit_id.in_((old, new))).order_by(UnitSeats.id)
    seats = {(one.congress_id, one.body, one.unit_id): one for one in tx.session.scalars(moved.with_for_update())}
    for (congress_id, body, unit_id), one in list(seats.items()):
        if unit_id == old and (one.seats or one.headcount):
            into = seats.get((congress_id, body, new))
            if into is None:
                into = UnitSeats(congress_id=congress_id, body=body, unit_id=new, seats=0, headcount=0)
                tx.session.add(into)
            into.seats, into.headcount = into.seats + one.seats, into.headcount + one.headcount
            one.seats = one.headcount = 0
            tx.session.flush()
            announce_seats(tx, [one, into], filled_by_unit(tx, congress_id, body))
    _join_delegations(tx, old, new)
    elections.follow_merger(tx, old, new)


def _join_delegations(tx: Transaction, old: UUID, new: UUID) -> None:
    """The unit that goes on takes the place of the merged one in a delegation, unless it is in one itself."""
    placed = sa.select(DelegationUnit).where(DelegationUnit.unit_id.in_((old, new)))
    found = {(one.congress_id, one.unit_id): one for one in tx.session.scalars(placed)}
    for (congress_id, unit_id), one in found.items():
        if unit_id == old and (congress_id, new) not in found:
            tx.session.add(DelegationUnit(congress_id=congress_id, unit_id=new, delegation_id=one.delegation_id))


def _end(tx: Transaction, member_id: UUID, on: date, reason: str) -> None:
    seats = _serving(tx, Delegate.member_id == member_id, lock=False)
    if seats:
        end_seats(tx, seats, on, reason)


def _serving(tx: Transaction, whose: sa.ColumnElement[bool], *, lock: bool = True) -> Collection[Delegate]:
    statement = sa.select(Delegate).where(whose, SERVING).order_by(Delegate.id)
    return tx.session.scalars(statement.with_for_update() if lock else statement).all()
