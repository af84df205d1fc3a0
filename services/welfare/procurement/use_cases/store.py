"""Loading purchases and suppliers, moving purchases on, and what is known of a purchase's parts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.unit_scope import sees_all_units
from services.contracts.welfare.procurement.events import PurchaseMoved
from services.welfare.procurement import delivery_rules
from services.welfare.procurement.tables import (
    Acceptance,
    Invoice,
    Paper,
    Purchase,
    PurchaseItem,
    Quote,
    QuoteLine,
    Supplier,
)
from services.welfare.procurement.workflow import PURCHASE

SOURCE = "purchase"
"""Kind of source of what is reserved for a purchase and paid for it."""
NO_PURCHASE = "There is no such purchase."


def load_purchase(tx: Transaction, purchase_id: UUID, *, lock: bool = False) -> Purchase:
    """Return a purchase that the caller may see: the office all, a chair those of the own unit."""
    purchase = tx.get(Purchase, purchase_id, NO_PURCHASE, lock=lock, field="purchase_id")
    if not sees_all_units(tx.principal) and purchase.unit_id not in tx.principal.units("chair"):
        raise NotAllowed("This belongs to another unit.", rule="own_unit")
    return purchase


def load_supplier(tx: Transaction, supplier_id: UUID, *, lock: bool = False) -> Supplier:
    """Return a supplier. Raises `NotFound` when there is none."""
    return tx.get(Supplier, supplier_id, "There is no such supplier.", lock=lock, field="supplier_id")


def move(
    tx: Transaction, purchase: Purchase, action: str, step: str, reason: str | None = None, *, system: bool = False
) -> None:
    """Take a purchase on by an action, keep the step and tell of it. Raises `Refused` where its state forbids it."""
    before = purchase.state
    purchase.state = PURCHASE.apply(before, action, roles=None if system else tx.principal.roles)
    note_step(tx, purchase, step, reason, state=(before, purchase.state))


def note_step(
    tx: Transaction,
    purchase: Purchase,
    step: str,
    reason: str | None = None,
    *,
    state: tuple[str, str] | None = None,
    tell: bool = False,
) -> None:
    """Keep a step of a purchase.

    Args:
        tx: the transaction.
        purchase: which one.
        step: a word of `PURCHASE_STEPS`.
        reason: why, in the words of the person.
        state: before and after.
        tell: whether the event is published although the state is the same.
    """
    note_change(tx, subject_of(purchase), {"step": (None, step), "state": state or ("", "")}, reason)
    purchase.version += 1
    if tell or (state is not None and state[0] != state[1]):
        tx.session.flush()
        tx.record(
            PurchaseMoved(
                purchase_id=purchase.id,
                unit_id=purchase.unit_id,
                state=purchase.state,
                counted=waiting_of(tx, purchase.id) is not None,
            )
        )


def subject_of(purchase: Purchase) -> str:
    """Return the name a purchase's changes and files are kept under."""
    return f"purchase/{purchase.id}"


def items_of(tx: Transaction, purchase_id: UUID) -> list[PurchaseItem]:
    """Return the items of a purchase in their order."""
    of_purchase = sa.select(PurchaseItem).where(PurchaseItem.purchase_id == purchase_id)
    return list(tx.session.scalars(of_purchase.order_by(PurchaseItem.id)))


def quotes_of(tx: Transaction, purchase_id: UUID) -> list[Quote]:
    """Return the quotes of a purchase, the cheapest first."""
    of_purchase = sa.select(Quote).where(Quote.purchase_id == purchase_id)
    return list(tx.session.scalars(of_purchase.order_by(Quote.total, Quote.id)))


def lines_of(tx: Transaction, quote_ids: Iterable[UUID]) -> dict[UUID, list[QuoteLine]]:
    """Return the lines of quotes by quote, in the order of the items."""
    wanted = list(quote_ids)
    found: dict[UUID, list[QuoteLine]] = {one: [] for one in wanted}
    if wanted:
        statement = sa.select(QuoteLine).where(QuoteLine.quote_id.in_(wanted)).order_by(QuoteLine.item_id)
        for line in tx.session.scalars(statement):
            found[line.quote_id].append(line)
    return found


def decided_prices(tx: Transaction, purchase: Purchase) -> dict[UUID, Decimal]:
    """Return the unit prices of the quote that was decided, by item; empty before."""
    if purchase.quote_id is None:
        return {}
    return {line.item_id: line.unit_price for line in lines_of(tx, [purchase.quote_id])[purchase.quote_id]}


def acceptances_of(tx: Transaction, purchase_id: UUID) -> list[Acceptance]:
    """Return the deliveries of a purchase in the order they came."""
    of_purchase = sa.select(Acceptance).where(Acceptance.purchase_id == purchase_id)
    return list(tx.session.scalars(of_purchase.order_by(Acceptance.number)))


def waiting_of(tx: Transaction, purchase_id: UUID) -> Acceptance | None:
    """Return the delivery that waits for its second person."""
    waits = Acceptance.purchase_id == purchase_id, Acceptance.state == "waiting"
    return tx.session.scalar(sa.select(Acceptance).where(*waits))


def accepted_amount(tx: Transaction, purchase: Purchase, items: list[PurchaseItem] | None = None) -> Decimal:
    """Return what the goods accepted by two persons cost at the decided prices."""
    rows = items_of(tx, purchase.id) if items is None else items
    return delivery_rules.accepted_amount(decided_prices(tx, purchase), {one.id: one.accepted for one in rows})


def invoices_of(tx: Transaction, purchase_id: UUID) -> list[Invoice]:
    """Return the invoices of a purchase in the order they were recorded, reversed ones too."""
    of_purchase = sa.select(Invoice).where(Invoice.purchase_id == purchase_id)
    return list(tx.session.scalars(of_purchase.order_by(Invoice.id)))


def invoiced_amount(tx: Transaction, purchase_id: UUID) -> Decimal:
    """Return the sum of the invoices that count."""
    total = sa.func.coalesce(sa.func.sum(Invoice.amount), sa.literal(Decimal(0), Yuan()))
    counts = Invoice.purchase_id == purchase_id, Invoice.reversed_at.is_(None)
    return Decimal(tx.session.scalar(sa.select(total).where(*counts)) or 0)


def papers_of(tx: Transaction, purchase_id: UUID) -> list[Paper]:
    """Return the files of a purchase in the order they were attached, without their content."""
    return list(tx.session.scalars(sa.select(Paper).where(Paper.purchase_id == purchase_id).order_by(Paper.id)))


def hands(account_id: UUID | None, member_id: UUID | None) -> tuple[UUID, ...]:
    """Return the ids under which a person stands in a row."""
    return tuple(one for one in (account_id, member_id) if one is not None)


def names_of_suppliers(tx: Transaction, ids: Iterable[UUID | None]) -> dict[Any, str]:
    """Return the names of suppliers by id."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    found = tx.session.execute(sa.select(Supplier.id, Supplier.name).where(Supplier.id.in_(wanted)))
    return {row.id: row.name for row in found}
