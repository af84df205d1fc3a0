"""Raising a need, and ending a purchase of which nothing came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.welfare.procurement.events import PurchaseMoved
from services.welfare.payments.use_cases.reserving import release
from services.welfare.procurement import rules
from services.welfare.procurement.tables import Acceptance, Purchase, PurchaseItem
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import SOURCE, load_purchase, move, subject_of
from services.welfare.procurement.workflow import PURCHASE
from services.welfare.programmes.use_cases.store import load_cycle, packages_of
from services.welfare.recuperation.use_cases.reading import trip_of

_COLUMNS = (
    "title", "kind", "source_type", "source_id", "unit_id", "estimate", "reason", "funding", "line_code",
)  # fmt: skip
_ITEM = ("name", "specification", "quantity", "unit", "package_id")


def raise_need(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin a purchase; what it is for must exist where this service knows it."""
    whole_union = tx.principal.has("officer")
    refuse_first(
        rules.need_is_of_own_unit(request["unit_id"], tx.principal.units("chair"), whole_union),
        rules.source_is_named(request["source_type"], request["source_id"] is not None),
    )
    title, packages = _source(tx, request["source_type"], request["source_id"])
    refuse_first(rules.items_are_of_the_cycle((one["package_id"] for one in request["items"]), packages))
    purchase = Purchase(
        **{name: request[name] for name in _COLUMNS},
        number=_next_number(tx),
        source_title=title,
        amount=request["estimate"],
        state=PURCHASE.initial,
        raised_on=tx.today,
        raised_by=tx.principal.account_id,
        rules=[],
        version=1,
    )
    tx.session.add(purchase)
    tx.session.flush()
    for item in request["items"]:
        row = PurchaseItem(purchase_id=purchase.id, accepted=0, rejected=0, **{name: item[name] for name in _ITEM})
        tx.session.add(row)
        tx.session.flush()
    note_change(tx, subject_of(purchase), {"step": (None, "raised"), "state": (None, purchase.state)})
    tx.record(PurchaseMoved(purchase_id=purchase.id, unit_id=purchase.unit_id, state=purchase.state, counted=False))
    return detail(tx, purchase)


def cancel_purchase(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a purchase of which nothing was counted; a chair a need of the own unit."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    refuse_first(
        rules.need_is_cancelled_by_its_unit(tx.principal.has("officer"), purchase.state),
        rules.nothing_was_delivered(deliveries(tx, purchase.id)),
    )
    move(tx, purchase, "cancel", "cancelled", request["reason"])
    release(tx, SOURCE, purchase.id)
    return detail(tx, purchase)


def deliveries(tx: Transaction, purchase_id: UUID) -> int:
    """Return how many deliveries were counted and not withdrawn."""
    counted = Acceptance.purchase_id == purchase_id, Acceptance.state != "withdrawn"
    return int(tx.session.scalar(sa.select(sa.func.count()).select_from(Acceptance).where(*counted)) or 0)


def _source(tx: Transaction, source_type: str, source_id: UUID | None) -> tuple[str | None, set[UUID]]:
    """Return the title of what is bought for, and of a cycle its packages. Raises `NotFound` for an unknown one."""
    if source_id is None:
        return None, set()
    if source_type == "cycle":
        cycle = load_cycle(tx, source_id)
        return cycle.title, {one.id for one in packages_of(tx, cycle.id)}
    if source_type == "trip":
        return f"{trip_of(tx, source_id).starts_on:%Y-%m-%d}", set()
    return None, set()


def _next_number(tx: Transaction) -> str:
    """Return the next number of the year, such as 2026-0012; numbers have no gaps."""
    tx.lock("purchase-number")
    begun = Purchase.number.startswith(f"{tx.today.year}-")
    count = int(tx.session.scalar(sa.select(sa.func.count()).select_from(Purchase).where(begun)) or 0)
    return f"{tx.today.year}-{count + 1:04d}"
