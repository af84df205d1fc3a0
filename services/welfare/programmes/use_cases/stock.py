"""Stock of packages and places of slots: taken and given back in one statement each."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import rows_changed
from services.chassis.database.transaction import Transaction
from services.welfare.programmes.tables import Package, PickUpSlot


def take_stock(tx: Transaction, package_id: UUID, count: int) -> bool:
    """Take so many of a package's free stock in one statement, or give back for a negative count.

    Returns whether there were enough: never more are chosen than there are, also where several choose at the same time.
    """
    chosen = Package.chosen + count
    statement = sa.update(Package).where(Package.id == package_id, chosen <= Package.stock, chosen >= 0)
    return rows_changed(tx.session, statement.values(chosen=chosen).execution_options(synchronize_session=False)) == 1


def take_seats(tx: Transaction, slot_id: UUID, count: int) -> bool:
    """Take places of a slot, or give them back; see `take_stock`."""
    taken = PickUpSlot.taken + count
    statement = sa.update(PickUpSlot).where(PickUpSlot.id == slot_id, taken <= PickUpSlot.capacity, taken >= 0)
    return rows_changed(tx.session, statement.values(taken=taken).execution_options(synchronize_session=False)) == 1
