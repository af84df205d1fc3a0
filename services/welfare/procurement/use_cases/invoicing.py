"""Invoices of a purchase: to the union, used once, never above what was accepted; and reversing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.welfare.procurement.requests import MOST_INVOICES
from services.welfare.procurement import delivery_rules as rules
from services.welfare.procurement.tables import Invoice, Purchase
from services.welfare.procurement.use_cases.papers import keep_file
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import (
    accepted_amount,
    invoiced_amount,
    invoices_of,
    load_purchase,
    move,
    note_step,
)
from services.welfare.procurement.use_cases.suppliers import title_of
from services.welfare.procurement.workflow import PURCHASE


def may_invoice(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless an invoice can be recorded now."""
    PURCHASE.apply(load_purchase(tx, request["purchase_id"]).state, "invoice", roles=tx.principal.roles)


def record_invoice(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record an invoice.

    Raises:
        Refused: it is recorded already (the first use is named), is not made out to the union, or passes what was
            accepted.
    """
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    PURCHASE.apply(purchase.state, "invoice", roles=tx.principal.roles)
    title = title_of(tx)
    refuse_first(rules.title_is_set(title is not None))
    assert title is not None
    assert purchase.decided_on is not None
    identity = f"{request['invoice_code'] or ''}/{request['invoice_number']}"
    tx.lock(f"invoice-{identity}")
    refuse_first(
        rules.invoice_is_used_once(_first_use(tx, identity)),
        rules.buyer_is_the_union((request["buyer_name"], request["buyer_tax_number"]), (title.name, title.tax_number)),
        rules.invoice_day_fits(request["issued_on"], purchase.decided_on, tx.today),
        rules.invoices_are_few(len(invoices_of(tx, purchase.id)), MOST_INVOICES),
        rules.invoices_are_covered(invoiced_amount(tx, purchase.id) + request["amount"], accepted_amount(tx, purchase)),
    )
    names = ("invoice_code", "invoice_number", "amount", "issued_on", "buyer_name", "buyer_tax_number")
    invoice = Invoice(purchase_id=purchase.id, identity=identity, **{name: request[name] for name in names})
    tx.session.add(invoice)
    tx.session.flush()
    move(tx, purchase, "invoice", "invoiced")
    if request["file"] is not None:
        keep_file(tx, purchase, "invoice", request["file"], invoice.id)
    return detail(tx, purchase)


def reverse_invoice(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Reverse an invoice before its payment; without any other the purchase is accepted and not invoiced again."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    PURCHASE.apply(purchase.state, "reverse_invoices", roles=tx.principal.roles)
    invoice = tx.session.get(Invoice, request["invoice_id"], with_for_update=True, populate_existing=True)
    if invoice is None or invoice.purchase_id != purchase.id:
        raise NotFound("The purchase has no such invoice.", field="invoice_id")
    refuse_first(rules.invoice_still_counts(invoice.reversed_at is not None))
    invoice.reversed_at, invoice.reason = tx.now, request["reason"]
    tx.session.flush()
    if invoiced_amount(tx, purchase.id) == 0:
        move(tx, purchase, "reverse_invoices", "invoice_reversed", request["reason"])
    else:
        note_step(tx, purchase, "invoice_reversed", request["reason"])
    return detail(tx, purchase)


def _first_use(tx: Transaction, identity: str) -> str | None:
    """Return the number of the purchase that an invoice is recorded with; None where it is new or was reversed."""
    found = (
        sa.select(Purchase.number)
        .join(Invoice, Invoice.purchase_id == Purchase.id)
        .where(Invoice.identity == identity, Invoice.reversed_at.is_(None))
    )
    return tx.session.scalar(found)
