"""Requests of welfare to reserve money for a source, and to give back the rest; see `reserved` for what pays of it.

A release may arrive before what it releases, and a request more than once: the number of the last one heard counts.
"""

from __future__ import annotations

from typing import Any

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.refusal import Refusal, first_refusal
from services.contracts.governance.funds.reservations import FundingCommitted, FundingRefused
from services.governance.funds import rules
from services.governance.funds.tables import BudgetLine, Commitment, Reservation
from services.governance.funds.use_cases import expenses, ledger
from services.governance.funds.use_cases.reserved import begin, commitment_of, paid_of, set_paid
from services.governance.funds.use_cases.sitting import Sitting

OF_RESERVATION = 0
"""The number of a commitment that is a reservation; claims count from 1."""


def reserve_funding(tx: Transaction, event: ReceivedEvent) -> None:
    """Commit what a source asks for, or answer with the rule that refuses; once for each number."""
    data = event.data
    ledger.keep_others_out(tx)
    reservation = begin(tx, (data["source_type"], data["source_id"]))
    if data["claim"] <= reservation.number:
        return
    reservation.number = data["claim"]
    sitting = Sitting(ledger.Books(tx))
    benefit = expenses.benefit_of(sitting, data["benefit_key"], tx.today) if data["benefit_key"] else None
    code = data["line_code"] or (benefit.line_code if benefit else None)
    line = sitting.line(data["year"], code) if code else None
    refusal = _refusal(tx, reservation, data, benefit, code, line)
    if refusal is not None or line is None:
        tx.record(_refused(data, refusal or rules.benefit_is_unknown(str(data["benefit_key"]), tx.today)))
    else:
        tx.record(_answer(data, _commit(tx, reservation, line, data)))


def release_funding(tx: Transaction, event: ReceivedEvent) -> None:
    """Give back what is left of a source's reservation; the same number asked for later is too late."""
    data = event.data
    ledger.keep_others_out(tx)
    reservation = begin(tx, (data["source_type"], data["source_id"]))
    if data["claim"] < reservation.number:
        return
    reservation.number, reservation.ended = data["claim"], True
    commitment = commitment_of(tx, reservation)
    if commitment is not None and commitment.state == "open":
        _free(tx, commitment)
        commitment.state, commitment.closed_at = "released", tx.now
        note_change(tx, f"commitment/{commitment.id}", {"state": ("open", "released")})


def _refusal(
    tx: Transaction,
    reservation: Reservation,
    data: dict[str, Any],
    benefit: rules.Benefit | None,
    code: str | None,
    line: BudgetLine | None,
) -> Refusal | None:
    """Check a request, less what was paid already; what the line keeps for the source is available to it.

    Caps and forms are checked when it is paid.
    """
    if code is None:
        return rules.benefit_is_unknown(str(data["benefit_key"]), tx.today)
    paid, kept = rules.NOTHING, rules.NOTHING
    if line is not None:
        standing = commitment_of(tx, reservation)
        paid = min(paid_of(tx, reservation.id, line.id), data["amount"])
        if standing is not None and standing.state == "open" and standing.line_id == line.id:
            kept = standing.amount - standing.paid
    seen = expenses.line_for_rules(line, kept) if line is not None else None
    source = data["funding_source"]
    return first_refusal(
        [
            rules.funding_source_is_right(
                source, *((benefit.funding_source, benefit.key) if benefit else (None, None))
            ),
            rules.line_is_in_budget(seen, data["year"], code),
            rules.line_pays_from(seen, source),
            rules.line_has_money(seen, data["amount"] - paid),
        ]
    )


def _commit(tx: Transaction, reservation: Reservation, line: BudgetLine, data: dict[str, Any]) -> Commitment:
    """Commit what was asked on its line: anew, or by changing the commitment that stands."""
    paid = min(paid_of(tx, reservation.id, line.id), data["amount"])
    commitment = commitment_of(tx, reservation)
    if commitment is None:
        commitment = Commitment(
            source_type=reservation.source_type,
            source_id=reservation.source_id,
            claim=OF_RESERVATION,
            created_at=tx.now,
        )
    elif commitment.state == "open":
        _free(tx, commitment)
    commitment.line_id, commitment.year, commitment.line_code = line.id, line.year, line.code
    commitment.description, commitment.unit_id = data["title"] or line.name, data["unit_id"]
    commitment.amount = commitment.paid = data["amount"]
    set_paid(tx, commitment, line, paid)
    tx.session.add(commitment)
    tx.session.flush()
    reservation.commitment_id, reservation.ended = commitment.id, False
    return commitment


def _free(tx: Transaction, commitment: Commitment) -> None:
    line = tx.session.get_one(BudgetLine, commitment.line_id, with_for_update=True)
    line.committed -= commitment.amount - commitment.paid


def _answer(data: dict[str, Any], commitment: Commitment) -> FundingCommitted:
    return FundingCommitted(
        commitment_id=commitment.id,
        source_type=data["source_type"],
        source_id=data["source_id"],
        claim=data["claim"],
        year=commitment.year,
        line_code=commitment.line_code,
        amount=commitment.amount,
    )


def _refused(data: dict[str, Any], refusal: Refusal) -> FundingRefused:
    return FundingRefused(
        source_type=data["source_type"],
        source_id=data["source_id"],
        claim=data["claim"],
        rule=refusal.rule,
        reason_code=refusal.params["reason_code"],
        line_code=refusal.params.get("line"),
        available=refusal.params.get("available"),
        needed=refusal.params.get("needed") if refusal.rule == "fund.line_has_money" else None,
        document=refusal.params.get("document"),
        article=refusal.params.get("article"),
    )
