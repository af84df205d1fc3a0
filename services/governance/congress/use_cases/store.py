"""Loading congresses for a change, counting their seats, announcing what changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.congress.events import UnitSeatsChanged
from services.governance.congress import rules
from services.governance.congress.tables import Congress, CongressBody, Delegate, UnitSeats

SERVING = Delegate.state == "serving"


def congress_of(tx: Transaction, congress_id: UUID, *, lock: bool = False) -> Congress:
    """Return a congress. Raises `NotFound`."""
    return tx.get(Congress, congress_id, "There is no such congress.", field="congress_id", lock=lock)


def open_congress_of(tx: Transaction, congress_id: UUID, *, alone: bool = False) -> Congress:
    """Return a congress whose term has not ended, held until the transaction ends.

    Args:
        tx: the transaction.
        congress_id: which one.
        alone: whether nobody else may change its seats meanwhile; otherwise others may, for other units.
    """
    tx.lock(f"congress-{congress_id}", shared=not alone)
    found = congress_of(tx, congress_id)
    tx.session.refresh(found)
    refuse_first(rules.congress_is_open(found.state))
    return found


def body_of(tx: Transaction, congress_id: UUID, body: str) -> CongressBody:
    """Return a body of a congress. Raises `Refused` where it does not meet."""
    found = tx.session.get(CongressBody, (congress_id, body))
    refuse_first(rules.body_meets(found is not None))
    assert found is not None
    return found


def bodies_of(tx: Transaction, congress_id: UUID) -> list[CongressBody]:
    """Return the bodies of a congress."""
    statement = sa.select(CongressBody).where(CongressBody.congress_id == congress_id)
    return list(tx.session.scalars(statement.order_by(CongressBody.body)))


def filled_by_unit(tx: Transaction, congress_id: UUID, body: str) -> dict[UUID, int]:
    """Return how many delegates serve for each unit in a body."""
    counts = sa.select(Delegate.unit_id, sa.func.count()).where(
        Delegate.congress_id == congress_id, Delegate.body == body, SERVING
    )
    return {row[0]: row[1] for row in tx.session.execute(counts.group_by(Delegate.unit_id))}


def announce_seats(tx: Transaction, seats: Collection[UnitSeats], filled: dict[UUID, int]) -> None:
    """Record how many seats of units are vacant now."""
    tx.record(
        *(
            UnitSeatsChanged(
                seats_id=one.id, congress_id=one.congress_id, body=one.body, unit_id=one.unit_id, seats=one.seats,
                vacant=max(0, one.seats - filled.get(one.unit_id, 0)),
            )
            for one in seats
        )
    )  # fmt: skip


def announce_seats_of(tx: Transaction, congress_id: UUID, body: str, unit_ids: Collection[UUID]) -> None:
    """Record how many seats of these units are vacant, after delegates were elected or ended."""
    tx.session.flush()
    statement = sa.select(UnitSeats).where(
        UnitSeats.congress_id == congress_id, UnitSeats.body == body, UnitSeats.unit_id.in_(unit_ids)
    )
    seats = tx.session.scalars(statement.order_by(UnitSeats.id)).all()
    announce_seats(tx, seats, filled_by_unit(tx, congress_id, body))


def seats_reply(one: UnitSeats, filled: int) -> dict[str, Any]:
    """Return a unit's seats as the contract has them."""
    return {
        "unit_id": one.unit_id, "body": one.body, "headcount": one.headcount, "seats": one.seats, "filled": filled,
        "vacant": max(0, one.seats - filled),
    }  # fmt: skip


def seat_facts(one: Delegate) -> dict[str, Any]:
    """Return what events tell of a seat."""
    names = ("congress_id", "body", "member_id", "unit_id", "starts_on")
    return {"delegate_id": one.id, "ends_on": one.last_day, **{name: getattr(one, name) for name in names}}
