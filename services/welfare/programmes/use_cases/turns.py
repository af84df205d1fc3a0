"""What the days bring, some members a turn: telling who is entitled, choosing the default, expiry and return to stock.

Each turn takes what is left to do and moves the cycle on when nothing is; broken off, the next one goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.programmes.events import EntitlementExpired, EntitlementGranted, PackageChosen
from services.welfare.entitlements.use_cases.accounts import drop_uses
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, Package
from services.welfare.programmes.use_cases.money import give_back_rest
from services.welfare.programmes.use_cases.stock import take_seats, take_stock
from services.welfare.programmes.use_cases.store import move

AT_ONCE = 500


def tell_entitled(tx: Transaction) -> None:
    """Tell the next members of an approved cycle; the last opens it for choosing."""
    cycle = _next(tx, Cycle.state == "approved")
    if cycle is None:
        return
    rows = _rows(tx, cycle, GoodsEntitlement.state == "entitled", GoodsEntitlement.number > cycle.told)
    tx.record(
        *(
            EntitlementGranted(
                entitlement_id=row.id,
                cycle_id=cycle.id,
                member_id=row.member_id,
                unit_id=row.unit_id,
                title=cycle.title,
                choose_until=cycle.choose_until,
                collect_until=cycle.collect_until,
            )
            for row in rows
        )
    )
    if rows:
        cycle.told = rows[-1].number
    if len(rows) < AT_ONCE:
        move(tx, cycle, "open")


def choose_defaults(tx: Transaction) -> None:
    """After the deadline give the default package, or where it is used up another one, to who did not choose."""
    cycle = _next(tx, Cycle.state == "choosing", Cycle.choose_until < tx.today)
    if cycle is None:
        return
    rows = _rows(tx, cycle, GoodsEntitlement.state == "entitled", lock=True)
    rest = list(rows)
    of_cycle = sa.select(Package).where(Package.cycle_id == cycle.id)
    locked = of_cycle.order_by(Package.id).with_for_update().execution_options(populate_existing=True)
    for package in sorted(tx.session.scalars(locked), key=lambda one: not one.is_default):
        part = rest[: package.stock - package.chosen]
        if part and take_stock(tx, package.id, len(part)):
            _give(tx, cycle, package, part)
            rest = rest[len(part) :]
    if len(rows) < AT_ONCE and not rest:
        move(tx, cycle, "hand_out")


def expire(tx: Transaction) -> None:
    """After the last day return to stock what was not fetched; when nothing is left the cycle is closed.

    With nothing to expire, closed cycles give back what they reserved and did not need.
    """
    cycle = _next(tx, Cycle.state == "handing_out", Cycle.collect_until < tx.today)
    if cycle is None:
        give_back_rest(tx)
        return
    rows = _rows(tx, cycle, GoodsEntitlement.state.in_(("entitled", "chosen")), lock=True)
    for package_id, count in sorted(_counted([row.package_id for row in rows]).items()):
        take_stock(tx, package_id, -count)
    for slot_id, count in sorted(_counted([row.slot_id for row in rows]).items()):
        take_seats(tx, slot_id, -count)
    _set(tx, rows, state="expired", ended_on=tx.today)
    drop_uses(tx, [row.id for row in rows])
    tx.record(
        *(
            EntitlementExpired(
                entitlement_id=row.id, cycle_id=cycle.id, member_id=row.member_id, package_id=row.package_id
            )
            for row in rows
        )
    )
    if len(rows) < AT_ONCE:
        move(tx, cycle, "close")


def _give(tx: Transaction, cycle: Cycle, package: Package, rows: Sequence[GoodsEntitlement]) -> None:
    _set(tx, rows, state="chosen", package_id=package.id)
    tx.record(
        *(
            PackageChosen(
                entitlement_id=row.id,
                cycle_id=cycle.id,
                member_id=row.member_id,
                package_id=package.id,
                by_default=True,
            )
            for row in rows
        )
    )


def _next(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> Cycle | None:
    statement = sa.select(Cycle).where(*conditions).order_by(Cycle.id).limit(1)
    return tx.session.scalars(statement.with_for_update(skip_locked=True)).first()


def _rows(
    tx: Transaction, cycle: Cycle, *conditions: sa.ColumnElement[bool], lock: bool = False
) -> list[GoodsEntitlement]:
    statement = sa.select(GoodsEntitlement).where(GoodsEntitlement.cycle_id == cycle.id, *conditions)
    ordered = statement.order_by(GoodsEntitlement.number).limit(AT_ONCE)
    if lock:
        ordered = ordered.with_for_update().execution_options(populate_existing=True)
    return list(tx.session.scalars(ordered))


def _set(tx: Transaction, rows: Sequence[GoodsEntitlement], **values: object) -> None:
    statement = sa.update(GoodsEntitlement).where(GoodsEntitlement.id.in_([row.id for row in rows]))
    tx.session.execute(statement.values(**values).execution_options(synchronize_session=False))


def _counted(ids: Sequence[UUID | None]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for one in ids:
        if one is not None:
            counts[one] = counts.get(one, 0) + 1
    return counts
