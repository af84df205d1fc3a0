"""The money of one source: what officers read of it, and asking again."""

from __future__ import annotations

from typing import Any

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.welfare.payments.use_cases.answers import subject_asks_again
from services.welfare.payments.use_cases.paying import payments_of, request_payment_again, show_payment
from services.welfare.payments.use_cases.reserving import fundings_of, reserve_again, show_funding


def get_money_of_source(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return what a source reserved, and its payment."""
    source_type, source_id = request["source_type"], request["source_id"]
    return {
        "source_type": source_type,
        "source_id": source_id,
        "funding": show_funding(fundings_of(tx, source_type, [source_id]).get(source_id)),
        "payment": show_payment(payments_of(tx, source_type, [source_id]).get(source_id)),
    }


def reserve_money_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask again for a reservation. Raises `Refused` where the last one was not refused."""
    funding = reserve_again(tx, request["source_type"], request["source_id"])
    note_change(tx, f"funding/{funding.id}", {"claim": (funding.claim - 1, funding.claim)})
    return get_money_of_source(tx, request)


def pay_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask again for a payment.

    Raises:
        Refused: it was neither refused nor reversed, or its subject has a state that follows the payment and asks again
            by an operation of its own.
    """
    if subject_asks_again(request["source_type"]):
        raise Refused(
            "Ask again where the purchase, the aid or the campaign is kept.",
            rule="payments.subject_asks_again",
            field="source_type",
        )
    payment = request_payment_again(tx, request["source_type"], request["source_id"])
    note_change(tx, f"payment_request/{payment.id}", {"claim": (payment.claim - 1, payment.claim)})
    return get_money_of_source(tx, request)
