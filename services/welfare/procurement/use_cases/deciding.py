"""Deciding by the dated rules which quote is taken, the contract, and taking either back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import sourced
from services.welfare.payments.use_cases.reserving import Reservation, release, reserve
from services.welfare.procurement import rules
from services.welfare.procurement.tables import Purchase
from services.welfare.procurement.use_cases.needs import deliveries
from services.welfare.procurement.use_cases.papers import keep_file
from services.welfare.procurement.use_cases.quoting import find_quote
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import SOURCE, load_purchase, load_supplier, move, quotes_of
from services.welfare.procurement.use_cases.ways import COMMITTEE_FROM, PERSONS, QUOTES, TENDER_FROM, Ways, ways_on
from services.welfare.procurement.workflow import PURCHASE


def may_decide(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the purchase can be decided now."""
    PURCHASE.apply(load_purchase(tx, request["purchase_id"]).state, "decide", roles=tx.principal.roles)


def decide_purchase(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a quote, in the way the rules of the day ask for its amount.

    Raises:
        Refused: the quote has changed or is no longer valid, or quotes, persons, a tender or a reason are missing.
        NoRuleInForce: a figure of the way is not set.
    """
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    PURCHASE.apply(purchase.state, "decide", roles=tx.principal.roles)
    quotes = quotes_of(tx, purchase.id)
    quote = find_quote(quotes, request["quote_id"])
    supplier = load_supplier(tx, quote.supplier_id)
    decided_on, present = request["decided_on"], request["present"]
    refuse_first(
        rules.supplier_can_sell(supplier.blocked),
        rules.decision_is_of_what_was_seen(request["amount"], quote.total),
        rules.decision_day_has_come(decided_on, purchase.raised_on, tx.today),
        rules.quote_is_valid(quote.valid_until, decided_on),
    )
    ways = ways_on(tx, decided_on)
    way = ways.limits.way_of(quote.total)
    by = {rule.key: rule for rule in ways.rules}
    refuse_first(
        sourced(rules.quotes_suffice(way, len(quotes), ways.limits.quotes), by[QUOTES]),
        sourced(rules.enough_decide_together(way, len(present), ways.limits.persons), by[PERSONS]),
        sourced(rules.tender_is_named(way, request["tender_number"]), by[TENDER_FROM]),
        rules.persons_are_named_once(present),
        rules.dearer_quote_has_a_reason(quote.total, quotes[0].total, request["reason"]),
    )
    _set(purchase, request, way, ways)
    purchase.quote_id, purchase.supplier_id, purchase.amount = quote.id, supplier.id, quote.total
    purchase.decided_by, purchase.decided_by_member = tx.principal.account_id, tx.principal.member_id
    move(tx, purchase, "decide", "decided", request["reason"])
    _reserve(tx, purchase)
    if request["file"] is not None:
        keep_file(tx, purchase, "tender" if way == "tender" else "minutes", request["file"])
    return detail(tx, purchase)


def undo_decision(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a decision back that nothing followed; its files stay, and the quotes can be changed again."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    refuse_first(rules.nothing_was_delivered(deliveries(tx, purchase.id)))
    move(tx, purchase, "undo_decision", "decision_undone", request["reason"])
    purchase.quote_id = purchase.supplier_id = purchase.way = purchase.decided_on = purchase.decided_by = None
    purchase.decided_by_member = purchase.present = purchase.decision_reason = purchase.tender_number = None
    purchase.amount, purchase.rules = purchase.estimate, []
    release(tx, SOURCE, purchase.id)
    return detail(tx, purchase)


def may_sign(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless a contract can be recorded now."""
    PURCHASE.apply(load_purchase(tx, request["purchase_id"]).state, "sign", roles=tx.principal.roles)


def record_contract(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record the contract, whether the rules ask for one or not."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    PURCHASE.apply(purchase.state, "sign", roles=tx.principal.roles)
    assert purchase.decided_on is not None
    refuse_first(
        rules.nothing_was_delivered(deliveries(tx, purchase.id)),
        rules.contract_day_fits(request["signed_on"], purchase.decided_on, tx.today),
    )
    purchase.contract_number, purchase.signed_on = request["contract_number"], request["signed_on"]
    move(tx, purchase, "sign", "contracted")
    if request["file"] is not None:
        keep_file(tx, purchase, "contract", request["file"])
    return detail(tx, purchase)


def undo_contract(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a contract back that nothing followed."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    refuse_first(rules.nothing_was_delivered(deliveries(tx, purchase.id)))
    move(tx, purchase, "undo_contract", "contract_undone", request["reason"])
    purchase.contract_number = purchase.signed_on = None
    return detail(tx, purchase)


def _reserve(tx: Transaction, purchase: Purchase) -> None:
    """Ask the budget to keep the money; what a cycle or a trip reserved pays for what is bought for it."""
    if purchase.line_code is None or purchase.source_type in ("cycle", "trip"):
        return
    reserve(
        tx,
        Reservation(
            SOURCE, purchase.id, tx.today.year, purchase.amount, purchase.funding, line_code=purchase.line_code,
            title=f"{purchase.number} {purchase.title}", unit_id=purchase.unit_id,
        ),
    )  # fmt: skip


def _set(purchase: Purchase, request: dict[str, Any], way: str, ways: Ways) -> None:
    purchase.way, purchase.decided_on = way, request["decided_on"]
    purchase.present = json.dumps(request["present"], ensure_ascii=False) if request["present"] else None
    purchase.decision_reason, purchase.tender_number = request["reason"], request["tender_number"]
    used = (COMMITTEE_FROM, QUOTES, PERSONS) if way == "committee" else ()
    purchase.rules = [rule.explain() for rule in ways.rules if way != "committee" or rule.key in used]
