"""Asking the funds for a payment, once for each source, and again after it was refused or reversed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.contracts.welfare.payments import PaymentRequested
from services.welfare.payments.tables import PaymentRequest
from services.welfare.payments.use_cases.stored import by_source, locked

CAN_BE_PUT_AGAIN = ("refused", "reversed")

_SENT = (
    "source_type", "source_id", "claim", "unit_id", "benefit_key", "line_code", "funding_source", "amount", "form",
    "people", "spent_on", "beneficiary", "evidence_kinds", "reserved_type", "reserved_id",
)  # fmt: skip


@dataclass(frozen=True)
class Payment:
    """付款 What is to be paid.

    Args:
        source_type: kind of the source (`RESERVED_FOR`).
        source_id: what is paid for; a source is paid once.
        amount: in yuan, for all `people`.
        funding_source: whose money, `union` or `administration`; the ledger refuses the wrong one.
        spent_on: the rules of this day apply.
        benefit_key: the benefit whose rules and line apply; without it, `line_code` names the line.
        line_code: the budget line, where it is not the benefit's.
        form: goods, voucher or cash.
        people: how many the amount is for; caps are a head.
        unit_id: the unit it is for.
        beneficiary: pseudonym of who gets it, where a rule counts a member's year.
        evidence_kinds: what proves it.
        reserved_type: kind of the source whose reservation pays, where it is another than its own.
        reserved_id: that source.
    """

    source_type: str
    source_id: UUID
    amount: Decimal
    funding_source: str
    spent_on: date
    benefit_key: str | None = None
    line_code: str | None = None
    form: str | None = None
    people: int = 1
    unit_id: UUID | None = None
    beneficiary: str | None = None
    evidence_kinds: list[str] = field(default_factory=list)
    reserved_type: str | None = None
    reserved_id: UUID | None = None


def request_payment(tx: Transaction, payment: Payment) -> PaymentRequest:
    """Ask for a payment. What was asked and is not answered, or was paid, is not asked again."""
    row = locked(tx, PaymentRequest, payment.source_type, payment.source_id)
    if row is not None and row.state not in CAN_BE_PUT_AGAIN:
        return row
    if row is None:
        row = PaymentRequest(claim=0)
        tx.session.add(row)
    for name, value in asdict(payment).items():
        setattr(row, name, value)
    return _ask(tx, row)


def request_payment_again(tx: Transaction, source_type: str, source_id: UUID) -> PaymentRequest:
    """Ask for the same payment once more.

    Raises:
        Refused: there is none, or it was neither refused nor reversed.
    """
    row = locked(tx, PaymentRequest, source_type, source_id)
    if row is None or row.state not in CAN_BE_PUT_AGAIN:
        raise Refused(
            "Only a payment that was refused or reversed is asked for again.",
            rule="payments.can_be_put_again",
            params={"state": row.state if row else "none"},
        )
    return _ask(tx, row)


def payments_of(tx: Transaction, source_type: str, sources: Collection[UUID]) -> dict[UUID, PaymentRequest]:
    """Return the payments of some sources of one kind, by source."""
    return by_source(tx, PaymentRequest, source_type, sources)


def show_payment(row: PaymentRequest | None) -> dict[str, Any] | None:
    """Return a payment as `PaymentShown`."""
    names = ("claim", "state", "amount", "funding_source", "entry_id", "refused_rule", "reason_code")
    return None if row is None else {name: getattr(row, name) for name in names}


def _ask(tx: Transaction, row: PaymentRequest) -> PaymentRequest:
    row.claim += 1
    row.state, row.entry_id, row.refused_rule, row.reason_code = "pending", None, None, None
    tx.session.flush()
    tx.record(PaymentRequested(**{name: getattr(row, name) for name in _SENT}))
    return row
