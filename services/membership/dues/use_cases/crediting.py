"""Credits, payments above what is due: listing them, and carrying them to a month that is charged.

Carrying is two payments of no money, one out of the month that has too much and one into the month that is owed.
Nothing comes in or goes back, so no event is recorded and the ledger stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.membership.dues import rules
from services.membership.dues.tables import DuesCharge, DuesPayment, DuesRefund
from services.membership.dues.use_cases import settling

CHANNEL = "credit"
_OVER = sa.text("paid > due")
"""In the words of the partial index, which serves it."""
_ASKED_FOR = (
    sa.select(sa.func.coalesce(sa.func.sum(DuesRefund.amount), 0))
    .where(
        DuesRefund.member_id == DuesCharge.member_id, DuesRefund.month == DuesCharge.month, DuesRefund.state == "asked"
    )
    .scalar_subquery()
)


def carry(tx: Transaction, month: str, after: UUID, last: UUID) -> None:
    """Pay what a stretch of members owes for a month from their credits, the oldest first; refunds asked for stay.

    Args:
        tx: the transaction.
        month: the month being charged.
        after: the stretch begins behind this member.
        last: the stretch ends with this one.
    """
    stretch = sa.select(DuesCharge.member_id).where(DuesCharge.member_id > after, DuesCharge.member_id <= last, _OVER)
    holders = set(tx.session.scalars(stretch))
    if not holders:
        return
    # One statement in key order, so that two charge runs that meet wait for each other and never cross.
    statement = (
        sa.select(DuesCharge)
        .where(DuesCharge.member_id.in_(holders), sa.or_(DuesCharge.month == month, _OVER))
        .order_by(DuesCharge.member_id, DuesCharge.month)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    held = {(charge.member_id, charge.month): charge for charge in tx.session.scalars(statement)}
    asked_for = _asked_for(tx, holders)
    moves = [
        (held[member_id, since], held[member_id, month], amount)
        for member_id in sorted(holders)
        if (member_id, month) in held
        for since, amount in rules.carried(
            _credits(held, member_id, asked_for), held[member_id, month].due - held[member_id, month].paid
        )
    ]
    _store(tx, moves)


def _asked_for(tx: Transaction, member_ids: Iterable[UUID]) -> Mapping[tuple[UUID, str], Decimal]:
    key = DuesRefund.member_id, DuesRefund.month
    statement = sa.select(*key, sa.func.sum(DuesRefund.amount)).where(
        DuesRefund.member_id.in_(member_ids), DuesRefund.state == "asked"
    )
    return {(member_id, month): amount for member_id, month, amount in tx.session.execute(statement.group_by(*key))}


def _credits(
    held: Mapping[tuple[UUID, str], DuesCharge], member_id: UUID, asked_for: Mapping[tuple[UUID, str], Decimal]
) -> list[tuple[str, Decimal]]:
    charges = [charge for (holder, _), charge in held.items() if holder == member_id]
    return [
        (one.month, one.paid - one.due - asked_for.get((one.member_id, one.month), rules.NOTHING)) for one in charges
    ]


def _store(tx: Transaction, moves: Sequence[tuple[DuesCharge, DuesCharge, Decimal]]) -> None:
    rows = []
    for source, target, amount in moves:
        posting_id = uuid7()
        for charge, kind, signed in ((source, "carry", -amount), (target, "payment", amount)):
            rows.append(_row(tx, charge, kind, signed, posting_id))
            charge.paid += signed
    if rows:
        tx.session.execute(sa.insert(DuesPayment), rows)
        tx.session.flush()
        settling.settle(tx, [target.member_id for _, target, _ in moves])


def _row(tx: Transaction, charge: DuesCharge, kind: str, amount: Decimal, posting_id: UUID) -> dict[str, Any]:
    return {
        "id": uuid7(), "member_id": charge.member_id, "month": charge.month, "unit_id": charge.unit_id, "kind": kind,
        "channel": CHANNEL, "amount": amount, "paid_on": tx.today, "posting_id": posting_id, "file_id": None,
        "reverses": None, "note": None, "recorded_at": tx.now, "recorded_by": tx.principal.actor,
    }  # fmt: skip


def list_dues_credits(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of credits, by member and month."""
    left = sa.type_coerce(DuesCharge.paid - DuesCharge.due - _ASKED_FOR, Yuan()).label("amount")
    statement = sa.select(DuesCharge.member_id, DuesCharge.unit_id, DuesCharge.month, left).where(_OVER, left > 0)
    page = page_of(tx, statement, request, [(DuesCharge.member_id, "asc"), (DuesCharge.month, "asc")])
    return page.reply([row._asdict() for row in page.rows])
