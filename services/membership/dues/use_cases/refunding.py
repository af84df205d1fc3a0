"""Refunds: one officer requests, another decides; approved refunds are posted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.membership.dues import rules
from services.membership.dues.tables import DuesRefund
from services.membership.dues.use_cases import charging, paying


def ask_dues_refund(tx: Transaction, request: Mapping[str, Any]) -> DuesRefund:
    """Ask for dues to be given back.

    Raises:
        Refused: more than was paid, refunds under way counted.
    """
    charge = charging.get_for_update(tx, request["member_id"], request["month"])
    under_way = sa.select(sa.func.sum(DuesRefund.amount)).where(
        DuesRefund.member_id == charge.member_id, DuesRefund.month == charge.month, DuesRefund.state == "asked"
    )
    asked_for = tx.session.scalar(under_way) or rules.NOTHING
    refuse_first(rules.refund_is_covered(request["amount"], charge.paid, asked_for))
    refund = DuesRefund(
        **{name: request[name] for name in ("member_id", "month", "amount", "reason")},
        state="asked",
        asked_at=tx.now,
        asked_by=tx.principal.actor,
    )
    tx.session.add(refund)
    tx.session.flush()
    return refund


def decide_dues_refund(tx: Transaction, request: Mapping[str, Any]) -> DuesRefund:
    """Approve or decline a refund somebody else asked for."""
    known = tx.get(DuesRefund, request["refund_id"], "There is no such refund.", field="refund_id")
    charge = charging.get_for_update(tx, known.member_id, known.month)
    refund = tx.session.get_one(DuesRefund, known.id, with_for_update=True, populate_existing=True)
    principal = tx.principal
    refuse_first(
        rules.refund_is_open(refund.state),
        rules.second_officer_decides(refund.asked_by, principal.actor, principal.member_id, refund.member_id),
    )
    if request["approve"]:
        refuse_first(rules.refund_is_covered(refund.amount, charge.paid, rules.NOTHING))
        paying.take_out(tx, charge, refund.amount, "refund", refund.reason)
    refund.state = "approved" if request["approve"] else "declined"
    refund.decided_at, refund.decided_by, refund.decision = tx.now, principal.actor, request["note"]
    return refund


def list_dues_refunds(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of refunds, latest first."""
    statement = sa.select(DuesRefund)
    if request["state"] is not None:
        statement = statement.where(DuesRefund.state == request["state"])
    return page_of(tx, statement, request, [(DuesRefund.id, "desc")]).reply()
