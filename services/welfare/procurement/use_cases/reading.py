"""Lists of purchases, and a purchase with everything of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import history_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units, sees_all_units
from services.contracts.welfare.procurement.vocabulary import CHAIRS_PAPERS
from services.welfare.payments.use_cases.paying import payments_of, show_payment
from services.welfare.payments.use_cases.reserving import fundings_of, show_funding
from services.welfare.procurement import delivery_rules, rules
from services.welfare.procurement.tables import (
    Acceptance,
    AcceptanceLine,
    Purchase,
    PurchaseItem,
    Quote,
    QuoteLine,
    Supplier,
)
from services.welfare.procurement.use_cases.actions import actions_of
from services.welfare.procurement.use_cases.store import (
    SOURCE,
    acceptances_of,
    hands,
    invoices_of,
    items_of,
    lines_of,
    load_purchase,
    names_of_suppliers,
    papers_of,
    quotes_of,
    subject_of,
)
from services.welfare.procurement.use_cases.suppliers import account_of
from services.welfare.procurement.use_cases.ways import split_warning, ways_or_reason

_MOST_STEPS = 100
_COLUMNS = (
    "id", "number", "title", "kind", "source_type", "source_id", "unit_id", "state", "amount", "estimate",
    "supplier_id", "way", "funding", "line_code", "raised_on", "decided_on", "version",
)  # fmt: skip
_TOLD_TO_CHAIRS = ("cancelled", "count_withdrawn", "delivery_finished")
"""Steps whose reason a chair reads; the others tell of suppliers, prices and invoices."""
_MORE = ("source_title", "reason", "contract_number", "signed_on")
_SORTS: dict[str, list[Key]] = {
    "raised_on": [(Purchase.raised_on, "asc"), (Purchase.id, "asc")],
    "-raised_on": [(Purchase.raised_on, "desc"), (Purchase.id, "desc")],
    "amount": [(Purchase.amount, "asc"), (Purchase.id, "asc")],
    "-amount": [(Purchase.amount, "desc"), (Purchase.id, "desc")],
    "title": [(Purchase.title, "asc"), (Purchase.id, "asc")],
}


def list_purchases(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of purchases; to a chair the own unit's. A search looks at title, number and supplier."""
    statement = sa.select(Purchase)
    for name in ("state", "kind", "source_type", "source_id", "supplier_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Purchase, name) == request[name])
    if request["ids"] is not None:
        statement = statement.where(Purchase.id.in_(request["ids"]))
    if request["q"]:
        sold = sa.select(Supplier.id).where(Supplier.name.icontains(request["q"], autoescape=True))
        texts = (one.icontains(request["q"], autoescape=True) for one in (Purchase.title, Purchase.number))
        statement = statement.where(sa.or_(*texts, Purchase.supplier_id.in_(sold)))
    statement = in_seen_units(statement, Purchase.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    names = names_of_suppliers(tx, (one.supplier_id for one in page.rows))
    office = sees_all_units(tx.principal)
    return page.reply([_row(one, names, office) for one in page.rows])


def get_purchase(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a purchase with everything the caller may see of it."""
    return detail(tx, load_purchase(tx, request["purchase_id"]))


def detail(tx: Transaction, purchase: Purchase) -> dict[str, Any]:
    """Return a purchase with everything the caller may see: to a chair no prices, invoices and reasons."""
    tx.session.flush()
    office = sees_all_units(tx.principal)
    items, quotes = items_of(tx, purchase.id), quotes_of(tx, purchase.id)
    lines = lines_of(tx, [one.id for one in quotes])
    chosen = lines.get(purchase.quote_id, []) if purchase.quote_id else []
    prices = {line.item_id: line.unit_price for line in chosen}
    names = names_of_suppliers(tx, {*(one.supplier_id for one in quotes), purchase.supplier_id})
    deliveries = acceptances_of(tx, purchase.id)
    invoices = invoices_of(tx, purchase.id) if office else []
    accepted = delivery_rules.accepted_amount(prices, {one.id: one.accepted for one in items})
    return {
        **_row(purchase, names, office),
        **{name: getattr(purchase, name) for name in _MORE},
        **_way(tx, purchase, office),
        "items": [_item(one, prices if office else {}) for one in items],
        "quotes": _quotes(purchase, items, quotes, lines, names) if office else [],
        "decision": _decision(purchase) if office else None,
        "acceptances": _deliveries(tx, deliveries),
        "invoices": invoices,
        "papers": [one for one in papers_of(tx, purchase.id) if office or one.kind in CHAIRS_PAPERS],
        "accepted_amount": accepted if office else Decimal(0),
        "invoiced_amount": sum((one.amount for one in invoices if one.reversed_at is None), Decimal(0)),
        "paired_aid_percent": _aid(chosen, items) if chosen and office else None,
        "reserved": show_funding(fundings_of(tx, SOURCE, [purchase.id]).get(purchase.id)) if office else None,
        "payment": show_payment(payments_of(tx, SOURCE, [purchase.id]).get(purchase.id)) if office else None,
        "steps": _steps(tx, purchase, office),
        "actions": actions_of(purchase, deliveries, accepted > 0, tx.principal),
    }


def _row(purchase: Purchase, names: dict[Any, str], office: bool) -> dict[str, Any]:
    """Return a purchase as lists have it; to a chair with the estimate in place of the price, and no budget line."""
    told = {name: getattr(purchase, name) for name in _COLUMNS}
    hidden = {} if office else {"amount": purchase.estimate, "line_code": None}
    return {**told, **hidden, "supplier": names.get(purchase.supplier_id)}


def _way(tx: Transaction, purchase: Purchase, office: bool) -> dict[str, Any]:
    """Return how it is to be decided by today's rules, what is missing for that, the rules used, and the warnings.

    Warnings tell of other purchases, also of other units: a chair reads none.
    """
    ways, missing = ways_or_reason(tx, purchase.decided_on or tx.today)
    over = purchase.state == "cancelled"
    return {
        "expected_way": ways.limits.way_of(purchase.amount) if ways else None,
        "missing_rule": None if over else missing,
        "rules": [_rule(one) for one in purchase.rules],
        "warnings": split_warning(tx, purchase, ways) if ways and office and not over else [],
    }


def _item(item: PurchaseItem, prices: dict[Any, Decimal]) -> dict[str, Any]:
    names = ("id", "name", "specification", "quantity", "unit", "package_id", "accepted", "rejected")
    return {
        **{name: getattr(item, name) for name in names},
        "open": item.quantity - item.accepted,
        "unit_price": prices.get(item.id),
    }


def _quotes(
    purchase: Purchase,
    items: list[PurchaseItem],
    quotes: list[Quote],
    lines: dict[Any, list[QuoteLine]],
    names: dict[Any, str],
) -> list[dict[str, Any]]:
    quantities = {one.id: one.quantity for one in items}
    columns = ("id", "supplier_id", "tax_rate", "valid_until", "note", "total")
    return [
        {
            **{name: getattr(quote, name) for name in columns},
            "supplier": names[quote.supplier_id],
            "lines": [
                {
                    "item_id": line.item_id,
                    "unit_price": line.unit_price,
                    "paired_aid": line.paired_aid,
                    "total": line.unit_price * quantities[line.item_id],
                }
                for line in lines[quote.id]
            ],
            "paired_aid_percent": _aid(lines[quote.id], items),
            "cheapest": quote.total == quotes[0].total,
            "chosen": quote.id == purchase.quote_id,
        }
        for quote in quotes
    ]


def _aid(lines: list[QuoteLine], items: list[PurchaseItem]) -> int:
    quantities = {one.id: one.quantity for one in items}
    return rules.percent_of_aid((line.unit_price * quantities[line.item_id], line.paired_aid) for line in lines)


def _decision(purchase: Purchase) -> dict[str, Any] | None:
    if purchase.quote_id is None:
        return None
    return {
        "quote_id": purchase.quote_id,
        "way": purchase.way,
        "decided_on": purchase.decided_on,
        "account_id": purchase.decided_by,
        "member_id": purchase.decided_by_member,
        "present": json.loads(purchase.present) if purchase.present else [],
        "reason": purchase.decision_reason,
        "tender_number": purchase.tender_number,
    }


def _deliveries(tx: Transaction, deliveries: list[Acceptance]) -> list[dict[str, Any]]:
    ids = [one.id for one in deliveries]
    counted: dict[Any, list[AcceptanceLine]] = {one: [] for one in ids}
    if ids:
        of_these = sa.select(AcceptanceLine).where(AcceptanceLine.acceptance_id.in_(ids))
        for line in tx.session.scalars(of_these.order_by(AcceptanceLine.item_id)):
            counted[line.acceptance_id].append(line)
    names = ("id", "number", "state", "received_on", "first_by", "first_at", "second_by", "second_at")
    own = set(tx.principal.own_ids)
    return [
        {
            **{name: getattr(one, name) for name in names},
            "lines": counted[one.id],
            "first_member_id": one.first_by_member,
            "second_member_id": one.second_by_member,
            "mine": bool(own & set(hands(one.first_by, one.first_by_member))),
        }
        for one in deliveries
    ]


def _steps(tx: Transaction, purchase: Purchase, office: bool) -> list[dict[str, Any]]:
    page = history_of(tx, subject_of(purchase), limit=_MOST_STEPS)
    return [
        {
            "at": change.changed_at,
            "step": change.changes["step"]["new"],
            "account_id": account_of(change.changed_by),
            "reason": change.reason if office or change.changes["step"]["new"] in _TOLD_TO_CHAIRS else None,
        }
        for change in page.rows
        if "step" in change.changes
    ]


def _rule(stored: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(stored[name]) if stored.get(name) else None for name in ("valid_from", "valid_to")}
    return {**stored, **days}
