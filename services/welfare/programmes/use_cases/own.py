"""One's own goods: choosing a package and a slot until the deadline, agreeing to a proxy, the code."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import SHANGHAI
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused, refuse_first
from services.chassis.security.codes import Code, signed
from services.chassis.security.principal import require_member
from services.contracts.welfare.programmes.events import PackageChosen
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, Package, PickUpSlot
from services.welfare.programmes.use_cases.stock import take_seats, take_stock
from services.welfare.programmes.use_cases.store import (
    entitlement_replies,
    package_reply,
    packages_of,
    slot_reply,
    slots_of,
)
from services.welfare.programmes.workflow import GIVEN_STATES

CODE = "goods"


def my_goods(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's goods of approved cycles, newest first."""
    statement = (
        sa.select(GoodsEntitlement, Cycle)
        .join(Cycle, Cycle.id == GoodsEntitlement.cycle_id)
        .where(GoodsEntitlement.member_id == _caller(tx), Cycle.state.in_(GIVEN_STATES))
        .where(GoodsEntitlement.state != "withdrawn")
    )
    page = page_of(tx, statement, request, [(GoodsEntitlement.id, "desc")])
    told = entitlement_replies(tx, [row[0] for row in page.rows])
    items = [{**one, **_own(row[0], row[1])} for one, row in zip(told, page.rows, strict=True)]
    return page.reply(items)


def get_my_goods(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one of the caller's goods, with what there is to choose from."""
    return _reply(tx, *_owned(tx, request["entitlement_id"]))


def choose_package(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Choose a package and a slot, instead of those chosen before.

    Raises:
        Refused: choosing is not open, or the package or the slot is used up.
    """
    entitlement, cycle = _owned(tx, request["entitlement_id"], lock=True)
    refuse_first(rules.choosing_is_open(cycle.state, entitlement.state, cycle.choose_until, tx.today))
    package = _of_cycle(tx, Package, request["package_id"], cycle, "package_id")
    slot_id = request["slot_id"]
    if slot_id is not None:
        _of_cycle(tx, PickUpSlot, slot_id, cycle, "slot_id")
    if not _exchange(tx, take_stock, entitlement.package_id, package.id):
        raise Refused("This package is used up.", rule="programmes.package_is_in_stock", field="package_id")
    if not _exchange(tx, take_seats, entitlement.slot_id, slot_id):
        raise Refused("This slot is full.", rule="programmes.slot_has_places", field="slot_id")
    changed = entitlement.package_id != package.id
    entitlement.state, entitlement.package_id, entitlement.slot_id = "chosen", package.id, slot_id
    if changed:
        tx.record(
            PackageChosen(
                entitlement_id=entitlement.id,
                cycle_id=cycle.id,
                member_id=entitlement.member_id,
                package_id=package.id,
                by_default=False,
            )
        )
    tx.session.flush()
    return _reply(tx, entitlement, cycle)


def name_proxy(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Agree that somebody fetches the goods, or withdraw that; possible until they are handed out."""
    entitlement, cycle = _owned(tx, request["entitlement_id"], lock=True)
    if entitlement.state not in ("entitled", "chosen"):
        refuse_first(rules.goods_can_be_handed_out(entitlement.state))
    note_change(
        tx, f"goods/{entitlement.id}", {"proxy": (entitlement.proxy_name is not None, request["name"] is not None)}
    )
    entitlement.proxy_name = request["name"]
    tx.session.flush()
    return _reply(tx, entitlement, cycle)


def code_of(entitlement: GoodsEntitlement, cycle: Cycle) -> str | None:
    """Return the code that is shown to fetch the goods; None while nothing is chosen, and once they were fetched."""
    if entitlement.state != "chosen":
        return None
    end = datetime.combine(cycle.collect_until + timedelta(days=1), time(), SHANGHAI)
    return signed(Code(CODE, entitlement.id, 0, end))


def _exchange(tx: Transaction, take: Any, before: UUID | None, after: UUID | None) -> bool:
    """Take one of `after` and give back one of `before`, in the order of ids, which prevents deadlocks."""
    if before == after:
        return True
    steps = sorted((one, count) for one, count in ((before, -1), (after, 1)) if one is not None)
    return all(take(tx, one, count) for one, count in steps)


def _of_cycle(tx: Transaction, table: Any, row_id: UUID, cycle: Cycle, field: str) -> Any:
    row = tx.session.get(table, row_id)
    if row is None or row.cycle_id != cycle.id:
        raise NotFound("The cycle has no such choice.", field=field)
    return row


def _owned(tx: Transaction, entitlement_id: UUID, *, lock: bool = False) -> tuple[GoodsEntitlement, Cycle]:
    entitlement = tx.get(
        GoodsEntitlement, entitlement_id, "There are no such goods.", lock=lock, field="entitlement_id"
    )
    cycle = tx.session.get_one(Cycle, entitlement.cycle_id)
    if entitlement.member_id != _caller(tx) or cycle.state not in GIVEN_STATES:
        raise NotFound("There are no such goods.", field="entitlement_id")
    return entitlement, cycle


def _caller(tx: Transaction) -> UUID:
    return require_member(tx.principal, "Only a member has goods.", rule="programmes.caller_is_a_member")


def _own(entitlement: GoodsEntitlement, cycle: Cycle) -> dict[str, Any]:
    return {
        "title": cycle.title,
        "cycle_state": cycle.state,
        "choose_until": cycle.choose_until,
        "collect_from": cycle.collect_from,
        "collect_until": cycle.collect_until,
        "code": code_of(entitlement, cycle),
        "proxy_name": entitlement.proxy_name,
        "packages": [],
        "slots": [],
    }


def _reply(tx: Transaction, entitlement: GoodsEntitlement, cycle: Cycle) -> dict[str, Any]:
    tx.session.expire_all()
    (told,) = entitlement_replies(tx, [entitlement])
    return {
        **told,
        **_own(entitlement, cycle),
        "packages": [package_reply(one) for one in packages_of(tx, cycle.id)],
        "slots": [slot_reply(one) for one in slots_of(tx, cycle.id)],
    }
