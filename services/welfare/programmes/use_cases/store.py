"""Loading and moving cycles, and their replies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, HandOut, Package, PickUpSlot, Programme
from services.welfare.programmes.workflow import CYCLE

_OF_CYCLE = (
    "id", "programme_id", "year", "title", "state", "as_of", "price", "choose_until", "collect_from", "collect_until",
    "job_id", "done", "total", "entitled", "excluded", "version",
)  # fmt: skip


def load_cycle(tx: Transaction, cycle_id: UUID, *, lock: bool = False) -> Cycle:
    """Return a cycle. Raises `NotFound` when there is none."""
    return tx.get(Cycle, cycle_id, "There is no such cycle.", lock=lock, field="cycle_id")


def move(tx: Transaction, cycle: Cycle, action: str) -> None:
    """Take a cycle on by an action, and keep the step. Raises `Refused` where its state does not allow it."""
    state = CYCLE.apply(cycle.state, action, roles=None)
    if state != cycle.state:
        note_change(tx, f"cycle/{cycle.id}", {"state": (cycle.state, state)})
    cycle.state = state
    cycle.version += 1


def packages_of(tx: Transaction, cycle_id: UUID) -> list[Package]:
    """Return the packages of a cycle in the order they were added."""
    return list(tx.session.scalars(sa.select(Package).where(Package.cycle_id == cycle_id).order_by(Package.id)))


def slots_of(tx: Transaction, cycle_id: UUID) -> list[PickUpSlot]:
    """Return the slots of a cycle by place and time."""
    of_cycle = sa.select(PickUpSlot).where(PickUpSlot.cycle_id == cycle_id)
    return list(tx.session.scalars(of_cycle.order_by(PickUpSlot.starts_at, PickUpSlot.point, PickUpSlot.id)))


def programme_of(tx: Transaction, cycle: Cycle) -> Programme:
    """Return the programme a cycle belongs to."""
    return tx.session.get_one(Programme, cycle.programme_id)


def cycle_reply(cycle: Cycle) -> dict[str, Any]:
    """Return a cycle as answers have it."""
    audience = cycle.audience
    joined_by = audience["joined_by"]
    return {
        **{name: getattr(cycle, name) for name in _OF_CYCLE},
        "audience": {
            **audience,
            "unit_ids": [UUID(one) for one in audience["unit_ids"]],
            "joined_by": date.fromisoformat(joined_by) if joined_by else None,
        },
        "computing": cycle.state == "draft" and cycle.run_id is not None,
    }


def package_reply(package: Package) -> dict[str, Any]:
    """Return a package as answers have it."""
    names = ("id", "name", "contents", "price", "paired_aid", "stock", "chosen", "is_default")
    return {**{name: getattr(package, name) for name in names}, "free": package.stock - package.chosen}


def slot_reply(slot: PickUpSlot) -> dict[str, Any]:
    """Return a slot as answers have it."""
    names = ("id", "point", "starts_at", "ends_at", "capacity", "taken")
    return {**{name: getattr(slot, name) for name in names}, "free": slot.capacity - slot.taken}


def entitlement_replies(tx: Transaction, rows: Iterable[GoodsEntitlement]) -> list[dict[str, Any]]:
    """Return entitlements as answers have them, with the names of package and slot and how they were collected."""
    items = list(rows)
    packages = _by_id(tx, Package, {one.package_id for one in items})
    slots = _by_id(tx, PickUpSlot, {one.slot_id for one in items})
    collected = hand_outs_of(tx, [one.id for one in items if one.state == "collected"])
    names = ("id", "cycle_id", "number", "member_id", "unit_id", "decision_id", "state", "package_id", "slot_id")
    replies = []
    for one in items:
        package, slot, hand_out = packages.get(one.package_id), slots.get(one.slot_id), collected.get(one.id)
        replies.append(
            {
                **{name: getattr(one, name) for name in names},
                "package": package.name if package else None,
                "slot": slot.point if slot else None,
                "collected_at": hand_out.handed_at if hand_out else None,
                "method": hand_out.method if hand_out else None,
            }
        )
    return replies


def hand_outs_of(tx: Transaction, entitlement_ids: Sequence[UUID]) -> dict[UUID, HandOut]:
    """Return the hand-outs of these entitlements, by entitlement."""
    if not entitlement_ids:
        return {}
    of_these = sa.select(HandOut).where(HandOut.entitlement_id.in_(entitlement_ids))
    return {one.entitlement_id: one for one in tx.session.scalars(of_these)}


def _by_id(tx: Transaction, table: Any, ids: set[UUID | None]) -> dict[UUID | None, Any]:
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    return {row.id: row for row in tx.session.scalars(sa.select(table).where(table.id.in_(wanted)))}
