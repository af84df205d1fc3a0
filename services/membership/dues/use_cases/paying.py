"""Payments and refunds: posted with the event for the ledger, reversed, never edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.files.storage import StoredFile
from services.chassis.identifiers import uuid7
from services.contracts.membership.dues.events import DuesCollected, DuesRefunded
from services.membership.dues import paying_rules, rules
from services.membership.dues.tables import DuesCharge, DuesFile, DuesPayment
from services.membership.dues.use_cases import access, charging, settling

FEWEST_PAYERS = 5
"""Fewest payers of a unit whose sum is published; with fewer, a sum could reveal what one person pays."""


@dataclass(frozen=True)
class Incoming:
    """What one member paid for the month of a posting."""

    member_id: UUID
    unit_id: UUID
    amount: Decimal


@dataclass(frozen=True)
class Posting:
    """What the payments of one posting share."""

    month: str
    paid_on: date
    channel: str
    file_id: UUID | None = None
    note: str | None = None


def post(tx: Transaction, posting: Posting, incoming: Sequence[Incoming]) -> list[UUID]:
    """Store payments whose charges the caller holds, one a member, and announce their sum. A few statements.

    Returns:
        The payments' ids, in order.
    """
    posting_id = uuid7()
    fixed = {
        **vars(posting), "kind": "payment", "posting_id": posting_id, "reverses": None, "recorded_at": tx.now,
        "recorded_by": tx.principal.actor,
    }  # fmt: skip
    rows = [{"id": uuid7(), **vars(one), **fixed} for one in incoming]
    tx.session.execute(sa.insert(DuesPayment), rows)
    for start in range(0, len(incoming), 1000):
        _add_to_charges(tx, posting, posting_id, [one.member_id for one in incoming[start : start + 1000]])
    tx.record(
        DuesCollected(
            posting_id=posting_id,
            month=posting.month,
            received_on=posting.paid_on,
            channel=posting.channel,
            payments=len(incoming),
            amount=sum((one.amount for one in incoming), rules.NOTHING),
            units=by_unit(incoming),
        )
    )
    return [row["id"] for row in rows]


def _add_to_charges(tx: Transaction, posting: Posting, posting_id: UUID, member_ids: list[UUID]) -> None:
    came_in = (
        sa.select(DuesPayment.amount)
        .where(
            DuesPayment.member_id == DuesCharge.member_id,
            DuesPayment.month == DuesCharge.month,
            DuesPayment.posting_id == posting_id,
        )
        .scalar_subquery()
    )
    tx.session.execute(
        sa.update(DuesCharge)
        .where(DuesCharge.month == posting.month, DuesCharge.member_id.in_(member_ids))
        .values(paid=DuesCharge.paid + came_in)
        .execution_options(synchronize_session=False)
    )
    settling.settle(tx, member_ids)


def paid_by_same_file(tx: Transaction, file: DuesFile, member_ids: Collection[UUID]) -> set[UUID]:
    """Return members whose payment of this month came by another upload of the same file and was not reversed."""
    if file.stored_id is None or not member_ids:
        return set()
    content = sa.select(StoredFile.sha256).where(StoredFile.id == file.stored_id).scalar_subquery()
    same = (
        sa.select(DuesFile.id)
        .join(StoredFile, StoredFile.id == DuesFile.stored_id)
        .where(DuesFile.kind == file.kind, DuesFile.month == file.month, DuesFile.id != file.id)
        .where(DuesFile.state.in_(("posting", "posted")), StoredFile.sha256 == content)
    )
    undoing = aliased(DuesPayment)
    statement = sa.select(DuesPayment.member_id).where(
        DuesPayment.member_id.in_(member_ids),
        DuesPayment.month == file.month,
        DuesPayment.file_id.in_(same),
        ~sa.exists().where(undoing.reverses == DuesPayment.id),
    )
    return set(tx.session.scalars(statement))


def by_unit(incoming: Sequence[Incoming]) -> list[dict[str, Any]]:
    """Return sums by unit; units with few payers are added up into one sum without a unit."""
    payers: dict[UUID, list[Decimal]] = defaultdict(list)
    for one in incoming:
        payers[one.unit_id].append(one.amount)
    few = [amount for amounts in payers.values() if len(amounts) < FEWEST_PAYERS for amount in amounts]
    told = [
        {"unit_id": unit_id, "payments": len(amounts), "amount": sum(amounts, rules.NOTHING)}
        for unit_id, amounts in sorted(payers.items())
        if len(amounts) >= FEWEST_PAYERS
    ]
    rest = [{"unit_id": None, "payments": len(few), "amount": sum(few, rules.NOTHING)}] if few else []
    return told + rest


def record_dues_payment(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record what one member paid for one month.

    Raises:
        Refused: more than is owed, or a day that lies ahead.
    """
    paid_on = request["paid_on"] or tx.today
    charge = charging.get_for_update(tx, request["member_id"], request["month"])
    refuse_first(
        paying_rules.paid_on_is_plausible(paid_on, charge.month, tx.today),
        paying_rules.payment_fits(request["amount"], charge.due - charge.paid),
    )
    posting = Posting(charge.month, paid_on, "single", note=request["note"])
    (payment_id,) = post(tx, posting, [Incoming(charge.member_id, charge.unit_id, request["amount"])])
    return to_reply(tx.session.get_one(DuesPayment, payment_id))


def reverse_dues_payment(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Undo a payment that was recorded by mistake."""
    wrong = tx.get(DuesPayment, request["payment_id"], "There is no such payment.", field="payment_id")
    charge = charging.get_for_update(tx, wrong.member_id, wrong.month)
    undone = tx.session.scalar(sa.select(DuesPayment.id).where(DuesPayment.reverses == wrong.id)) is not None
    refuse_first(rules.payment_is_reversible(wrong.kind, wrong.channel, undone, wrong.amount, charge.paid))
    return to_reply(take_out(tx, charge, wrong.amount, "reversal", request["reason"], reverses=wrong))


def take_out(
    tx: Transaction, charge: DuesCharge, amount: Decimal, kind: str, note: str, reverses: DuesPayment | None = None
) -> DuesPayment:
    """Take an amount out of what was paid for a month, whose charge the caller has locked, and announce it."""
    out = DuesPayment(
        id=uuid7(),
        member_id=charge.member_id,
        month=charge.month,
        unit_id=charge.unit_id,
        kind=kind,
        channel="single",
        amount=-amount,
        paid_on=tx.today,
        posting_id=uuid7(),
        reverses=reverses.id if reverses else None,
        note=note,
        recorded_at=tx.now,
        recorded_by=tx.principal.actor,
    )
    tx.session.add(out)
    charge.paid -= amount
    tx.session.flush()
    tx.record(
        DuesRefunded(posting_id=out.posting_id, month=out.month, refunded_on=out.paid_on, kind=kind, amount=amount)
    )
    return out


def list_dues_payments(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of a member's payments, refunds and reversals, latest first."""
    access.require_amounts(tx, request["member_id"])
    undoing = aliased(DuesPayment)
    statement = (
        sa.select(DuesPayment, undoing.id)
        .outerjoin(undoing, undoing.reverses == DuesPayment.id)
        .where(DuesPayment.member_id == request["member_id"])
    )
    page = page_of(tx, statement, request, [(DuesPayment.id, "desc")])
    items = [to_reply(payment, undone is not None) for payment, undone in page.rows]
    return page.reply(items)


def to_reply(payment: DuesPayment, undone: bool = False) -> dict[str, Any]:
    """Return a payment as the contract's `Payment`."""
    names = ("id", "member_id", "month", "kind", "channel", "amount", "paid_on", "note", "recorded_at")
    return {**{name: getattr(payment, name) for name in names}, "reversed": undone}
