"""Asking the funds for the payment of a purchase, and what follows from their answers."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.welfare.payments.use_cases.answers import Answer, on_paid, on_payment_refused, on_payment_reversed
from services.welfare.payments.use_cases.paying import Payment, payments_of, request_payment
from services.welfare.payments.use_cases.reserving import fundings_of, release
from services.welfare.procurement import delivery_rules as rules
from services.welfare.procurement.tables import Invoice, Purchase
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import (
    NO_PURCHASE,
    SOURCE,
    accepted_amount,
    invoiced_amount,
    invoices_of,
    items_of,
    load_purchase,
    move,
    papers_of,
)
from services.welfare.procurement.workflow import PURCHASE
from services.welfare.programmes.use_cases.claims import any_claimed

_RESERVED_FOR = {"cycle": "goods", "trip": "trip"}
"""Kinds of sources that have money reserved of their own, by what a purchase is for."""


def request_purchase_payment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask the funds to pay the invoices; after a refusal once more, with the next claim.

    Raises:
        Refused: nothing was accepted, the invoices pass what was, their sum has changed, a file is missing, or the
            funds were charged for it in another way.
    """
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    PURCHASE.apply(purchase.state, "request_payment", roles=tx.principal.roles)
    purchase.line_code = request["line_code"] or purchase.line_code
    invoiced, accepted = invoiced_amount(tx, purchase.id), accepted_amount(tx, purchase)
    invoices = [one for one in invoices_of(tx, purchase.id) if one.reversed_at is None]
    refuse_first(
        rules.something_was_accepted(accepted),
        rules.payment_is_of_what_was_seen(request["amount"], invoiced),
        rules.invoices_are_covered(invoiced, accepted),
        rules.payment_has_a_line(purchase.line_code),
        rules.papers_are_complete(_missing(tx, purchase, invoices)),
        rules.source_is_booked_once(_charged(tx, purchase)),
    )
    move(tx, purchase, "request_payment", "payment_requested")
    request_payment(tx, _payment(tx, purchase, invoices))
    return detail(tx, purchase)


def _payment(tx: Transaction, purchase: Purchase, invoices: list[Invoice]) -> Payment:
    kind = _RESERVED_FOR.get(purchase.source_type)
    reserved = kind is not None and purchase.source_id in fundings_of(tx, kind, [purchase.source_id])  # type: ignore[list-item]
    return Payment(
        SOURCE,
        purchase.id,
        amount=invoiced_amount(tx, purchase.id),
        funding_source=purchase.funding,
        spent_on=max(one.issued_on for one in invoices),
        line_code=purchase.line_code,
        unit_id=purchase.unit_id,
        evidence_kinds=sorted({one.kind for one in papers_of(tx, purchase.id)}),
        reserved_type=kind if reserved else None,
        reserved_id=purchase.source_id if reserved else None,
    )


def _charged(tx: Transaction, purchase: Purchase) -> bool:
    """Whether the funds were charged already for what was bought: hand-outs of its packages, the trip's settlement."""
    if purchase.source_id is None:
        return False
    if purchase.source_type == "cycle":
        packages = [one.package_id for one in items_of(tx, purchase.id) if one.package_id is not None]
        return any_claimed(tx, packages)
    return purchase.source_type == "trip" and bool(payments_of(tx, "trip", [purchase.source_id]))


def _missing(tx: Transaction, purchase: Purchase, invoices: list[Invoice]) -> list[str]:
    """Return which kinds of files a payment still needs."""
    papers = papers_of(tx, purchase.id)
    filed = {one.about_id for one in papers if one.kind == "invoice"}
    unfiled = any(one.id not in filed for one in invoices)
    unsigned = purchase.contract_number is not None and not any(one.kind == "contract" for one in papers)
    return [kind for kind, missing in (("contract", unsigned), ("invoice", unfiled)) if missing]


@on_paid(SOURCE)
def note_paid(tx: Transaction, answer: Answer) -> None:
    """The payment was posted: nothing more is needed of what the budget kept."""
    move(tx, _of(tx, answer), "pay", "paid", system=True)
    release(tx, SOURCE, answer.source_id)


@on_payment_refused(SOURCE)
def note_refused(tx: Transaction, answer: Answer) -> None:
    """The payment was refused: it can be put right and asked for again."""
    move(tx, _of(tx, answer), "refuse_payment", "payment_refused", system=True)


@on_payment_reversed(SOURCE)
def note_reversed(tx: Transaction, answer: Answer) -> None:
    """The entry was reversed: the purchase is open again, and its invoices can be reversed."""
    move(tx, _of(tx, answer), "reverse_payment", "payment_reversed", system=True)


def _of(tx: Transaction, answer: Answer) -> Purchase:
    return tx.get(Purchase, answer.source_id, NO_PURCHASE, lock=True)
