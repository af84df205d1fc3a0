"""Quotes of suppliers for a purchase, until it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.welfare.procurement.requests import MOST_QUOTES
from services.welfare.procurement import rules
from services.welfare.procurement.tables import Quote, QuoteLine
from services.welfare.procurement.use_cases.papers import keep_file, remove_files_about
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import (
    items_of,
    load_purchase,
    load_supplier,
    move,
    note_step,
    quotes_of,
)
from services.welfare.procurement.workflow import PURCHASE


def may_quote(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless a quote can be entered now."""
    purchase = load_purchase(tx, request["purchase_id"])
    PURCHASE.apply(purchase.state, "quote", roles=tx.principal.roles)


def add_quote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Enter a supplier's quote for all items; a second one of the same supplier takes the place of the first."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    supplier = load_supplier(tx, request["supplier_id"])
    items, quotes = items_of(tx, purchase.id), quotes_of(tx, purchase.id)
    before = next((one for one in quotes if one.supplier_id == supplier.id), None)
    prices = {line["item_id"]: line["unit_price"] for line in request["lines"]}
    refuse_first(
        rules.supplier_can_sell(supplier.blocked),
        rules.quote_prices_every_item([line["item_id"] for line in request["lines"]], {one.id for one in items}),
        None if before else rules.quotes_are_few(len(quotes), MOST_QUOTES),
    )
    if before is not None:
        _remove(tx, before)
    total = rules.total_of(prices, {one.id: one.quantity for one in items})
    quote = _stored(tx, request, total)
    move(tx, purchase, "quote", "quoted")
    if request["file"] is not None:
        keep_file(tx, purchase, "quote", request["file"], quote.id)
    return detail(tx, purchase)


def withdraw_quote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a quote with its files; with the last one the purchase is a need again."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    PURCHASE.apply(purchase.state, "drop_quotes", roles=tx.principal.roles)
    quotes = quotes_of(tx, purchase.id)
    quote = find_quote(quotes, request["quote_id"])
    remove_files_about(tx, purchase, quote.id)
    _remove(tx, quote)
    if len(quotes) == 1:
        move(tx, purchase, "drop_quotes", "quote_withdrawn")
    else:
        note_step(tx, purchase, "quote_withdrawn")
    return detail(tx, purchase)


def find_quote(quotes: list[Quote], quote_id: UUID) -> Quote:
    """Return one of a purchase's quotes. Raises `NotFound`."""
    found = next((one for one in quotes if one.id == quote_id), None)
    if found is None:
        raise NotFound("The purchase has no such quote.", field="quote_id")
    return found


def _stored(tx: Transaction, request: dict[str, Any], total: Decimal) -> Quote:
    names = ("purchase_id", "supplier_id", "tax_rate", "valid_until", "note")
    quote = Quote(**{name: request[name] for name in names}, total=total)
    tx.session.add(quote)
    tx.session.flush()
    tx.session.add_all(QuoteLine(quote_id=quote.id, **line) for line in request["lines"])
    tx.session.flush()
    return quote


def _remove(tx: Transaction, quote: Quote) -> None:
    tx.session.execute(sa.delete(QuoteLine).where(QuoteLine.quote_id == quote.id))
    tx.session.delete(quote)
    tx.session.flush()
