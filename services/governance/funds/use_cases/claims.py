"""Claims from events: a visit made, a benefit granted. Each is recorded once, or refused with the rule.

A claim may arrive twice, late, or again with its next number after it was refused or reversed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal
from services.contracts.governance.funds.events import ExpenseRefused
from services.governance.funds.tables import FundEntry, FundRefusal
from services.governance.funds.use_cases import expenses, ledger
from services.governance.funds.use_cases.expenses import Decision
from services.governance.funds.use_cases.sitting import Claim, Sitting


def claim_visit(tx: Transaction, event: ReceivedEvent) -> None:
    """Handle the claim of a visit; without an amount there is none."""
    data = event.data
    take(tx, [claim_of(tx, "visit", data["visit_id"], data, data["completed_on"], data["evidence_kinds"])])


def claim_benefits(tx: Transaction, granted: Sequence[ReceivedEvent]) -> None:
    """Handle the claims of benefits granted without a visit."""
    take(tx, [_of_benefit(tx, event.data) for event in granted])


def claim_payments(tx: Transaction, requested: Sequence[ReceivedEvent]) -> None:
    """Handle payments that welfare asks for; what their source reserved pays first."""
    take(tx, [_of_payment(tx, event.data) for event in requested])


def claim_club_grants(tx: Transaction, decided: Sequence[ReceivedEvent]) -> None:
    """Handle the yearly grants of clubs; the decision is their evidence."""
    take(tx, [_of_grant(tx, event.data) for event in decided])


def _of_grant(tx: Transaction, data: dict[str, Any]) -> Claim:
    told = {**data, "form": None, "benefit_key": None, "beneficiary": None, "unit_id": None}
    claim = claim_of(tx, "club", data["grant_id"], told, data["decided_on"], ["decision"])
    return replace(claim, line_code=data["line_code"], funding_source="union")


def _of_payment(tx: Transaction, data: dict[str, Any]) -> Claim:
    claim = claim_of(tx, data["source_type"], data["source_id"], data, data["spent_on"], data["evidence_kinds"])
    return replace(
        claim,
        line_code=data["line_code"],
        funding_source=data["funding_source"],
        people=data["people"],
        reserved_by=(data["reserved_type"] or data["source_type"], data["reserved_id"] or data["source_id"]),
    )


def _of_benefit(tx: Transaction, data: dict[str, Any]) -> Claim:
    kind = "birthday" if data["benefit_key"] == "birthday" else "benefit"
    claim = claim_of(tx, kind, data["grant_id"], data, data["granted_on"], [])
    return replace(claim, reserved_by=("goods", data["cycle_id"])) if data["cycle_id"] else claim


def take(tx: Transaction, claims: list[Claim]) -> None:
    """Record or refuse each claim, unless that was done before; in a constant number of statements."""
    wanted = [claim for claim in claims if claim.amount > 0]
    if not wanted:
        return
    with ledger.opened(tx) as books:
        sitting = Sitting(books)
        earlier = Earlier(tx, wanted)
        sitting.read(wanted)
        for claim in wanted:
            _take_one(sitting, earlier, claim)


def _take_one(sitting: Sitting, earlier: Earlier, claim: Claim) -> None:
    standing, refused = earlier.expense_of(claim), earlier.refusals_of(claim)
    if standing is not None and standing.claim >= claim.claim:
        return
    if standing is not None and standing.id not in earlier.reversed:
        expenses.announce(sitting.tx, standing, claim.claim)
        return
    if any(refusal.claim >= claim.claim for refusal in refused):
        return
    decision = expenses.decide(sitting, claim)
    settle_all(sitting.tx, [refusal for refusal in refused if refusal.state == "open"])
    if decision.refusal is None:
        earlier.note_expense(claim, expenses.enter(sitting, claim, decision))
    else:
        refused.append(_refuse(sitting.tx, claim, decision, decision.refusal))


class Earlier:
    """Earlier answers to the sources of some claims: expenses, which of them were reversed, refusals."""

    def __init__(self, tx: Transaction, claims: list[Claim]) -> None:
        stored = sa.select(FundEntry).where(*_of(FundEntry, claims)).order_by(FundEntry.claim)
        entries = tx.session.scalars(stored).all()
        self.reversed = {entry.reverses for entry in entries if entry.kind == "reversal"}
        self._expenses = {(entry.source_type, entry.source_id): entry for entry in entries if entry.kind == "expense"}
        self._refusals: dict[tuple[str, UUID], list[FundRefusal]] = {}
        for refusal in tx.session.scalars(sa.select(FundRefusal).where(*_of(FundRefusal, claims))):
            self._refusals.setdefault((refusal.source_type, refusal.source_id), []).append(refusal)

    def expense_of(self, claim: Claim) -> FundEntry | None:
        """Return the latest expense recorded for a claim's source."""
        return self._expenses.get((claim.source_type, claim.source_id))

    def note_expense(self, claim: Claim, entry: FundEntry) -> None:
        """Add a new expense."""
        self._expenses[claim.source_type, claim.source_id] = entry

    def refusals_of(self, claim: Claim) -> list[FundRefusal]:
        """Return the refusals of a claim's source, a list to add to."""
        return self._refusals.setdefault((claim.source_type, claim.source_id), [])


def _of(table: Any, claims: Collection[Claim]) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions for rows of the claims' sources.

    The kind of source is redundant, but the index begins with it: without it, the whole ledger is read for every claim
    while it is locked.
    """
    sorts, sources = {claim.source_type for claim in claims}, {claim.source_id for claim in claims}
    return table.source_type.in_(sorts), table.source_id.in_(sources)


def claim_of(
    tx: Transaction, source_type: str, source_id: UUID, data: dict[str, Any], spent_on: date, evidence: list[str]
) -> Claim:
    """Return the claim of an event."""
    return Claim(
        source_type=source_type,
        source_id=source_id,
        claim=data["claim"],
        amount=data["amount"],
        form=data["form"],
        spent_on=spent_on,
        posted_on=tx.today,
        benefit_key=data["benefit_key"],
        beneficiary=data["beneficiary"],
        unit_id=data["unit_id"],
        evidence_kinds=evidence,
    )


def claim_again(tx: Transaction, refusal: FundRefusal, reason: str | None = None, decision: str | None = None) -> Claim:
    """Return the claim of a refusal, with an officer's reason and decision where one overrides it."""
    return Claim(
        source_type=refusal.source_type,
        source_id=refusal.source_id,
        claim=refusal.claim,
        amount=refusal.amount,
        form=refusal.form,
        spent_on=refusal.spent_on,
        posted_on=tx.today,
        benefit_key=refusal.benefit_key,
        beneficiary=refusal.beneficiary,
        unit_id=refusal.unit_id,
        evidence_kinds=refusal.evidence_kinds,
        line_code=None if refusal.benefit_key else refusal.line_code,
        funding_source=refusal.funding_source,
        people=refusal.people,
        reserved_by=_source(refusal.reserved_type, refusal.reserved_id),
        decision=decision,
        override_reason=reason,
    )


def _source(kind: str | None, source_id: UUID | None) -> tuple[str, UUID] | None:
    return (kind, source_id) if kind is not None and source_id is not None else None


def settle_all(tx: Transaction, refusals: list[FundRefusal]) -> None:
    """Mark refusals as settled, which removes them from the officers' list."""
    for refusal in refusals:
        refusal.state, refusal.settled_at = "settled", tx.now


def _refuse(tx: Transaction, claim: Claim, decision: Decision, refusal: Refusal) -> FundRefusal:
    row = refusal_row(tx, claim, refusal)
    write(row, decision, refusal)
    tx.session.add(row)
    tx.record(announcement(row))
    return row


def refusal_row(tx: Transaction, claim: Claim, refusal: Refusal) -> FundRefusal:
    """Return a claim's refusal to store, open, without a dated rule."""
    reserved_type, reserved_id = claim.reserved_by or (None, None)
    return FundRefusal(
        id=uuid7(),
        source_type=claim.source_type,
        source_id=claim.source_id,
        claim=claim.claim,
        unit_id=claim.unit_id,
        benefit_key=claim.benefit_key,
        beneficiary=claim.beneficiary,
        amount=claim.amount,
        form=claim.form,
        spent_on=claim.spent_on,
        evidence_kinds=claim.evidence_kinds,
        line_code=claim.line_code,
        funding_source=claim.funding_source,
        people=claim.people,
        reserved_type=reserved_type,
        reserved_id=reserved_id,
        rule=refusal.rule,
        detail=refusal.detail,
        reason_code=refusal.params["reason_code"],
        rules=[],
        state="open",
        refused_at=tx.now,
    )


def write(row: FundRefusal, decision: Decision, refusal: Refusal) -> None:
    """Note in a refusal which rule refuses its claim, and by which dated rules."""
    row.line_code = decision.line.code if decision.line else (None if row.benefit_key else row.line_code)
    row.rule, row.detail = refusal.rule, refusal.detail
    row.reason_code, row.rules = refusal.params["reason_code"], decision.explained


def announcement(row: FundRefusal) -> ExpenseRefused:
    """Record the event of a claim's refusal."""
    return ExpenseRefused(
        refusal_id=row.id,
        source_type=row.source_type,
        source_id=row.source_id,
        claim=row.claim,
        unit_id=row.unit_id,
        rule=row.rule,
        reason_code=row.reason_code,
    )
