"""Claims that come as events: a visit that was made, a benefit granted. Recorded once, or refused with the rule.

A claim may come twice, late, or again under its next number after it was refused or reversed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.errors import NotFound, Refused
from services.chassis.history import note_change
from services.chassis.refusal import Refusal
from services.chassis.transaction import Transaction
from services.contracts.governance.funds import ExpenseRefused
from services.governance.funds import expenses, ledger
from services.governance.funds.expenses import Claim, Decision
from services.governance.funds.shapes import show_refusal
from services.governance.funds.tables import FundEntry, FundRefusal

OVERRIDABLE = ("no_rule_in_force",)
"""What a named officer may decide where no rule speaks; a rule that does speak is never overridden."""


def claim_visit(tx: Transaction, data: dict[str, Any]) -> None:
    """Take the claim of a visit that was made; without an amount there is none."""
    take(tx, _claim("visit", data["visit_id"], data, data["completed_on"], data["evidence_kinds"]))


def claim_benefit(tx: Transaction, data: dict[str, Any]) -> None:
    """Take the claim of a benefit that was granted outside a visit."""
    source_type = "birthday" if data["benefit_key"] == "birthday" else "benefit"
    take(tx, _claim(source_type, data["grant_id"], data, data["granted_on"], []))


def take(tx: Transaction, claim: Claim) -> None:
    """Record a claim or refuse it, unless that was done before."""
    if claim.amount <= 0:
        return
    ledger.lock(tx)
    standing = _standing_entry(tx, claim)
    if standing is not None and standing.claim >= claim.claim:
        return
    if standing is not None and ledger.reversal_of(tx, standing.id) is None:
        expenses.announce(tx, standing, claim.claim)
        return
    refused = _refusals(tx, claim)
    if any(refusal.claim >= claim.claim for refusal in refused):
        return
    posted = replace(claim, posted_on=tx.today)
    decision = expenses.decide(tx, posted)
    _settle_all(tx, [refusal for refusal in refused if refusal.state == "open"])
    if decision.refusal is None:
        expenses.enter(tx, posted, decision)
    else:
        _refuse(tx, posted, decision, decision.refusal)


def retry_refusal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask the rules again about a refused claim, as they and the budget stand now."""
    return _again(tx, request["refusal_id"])


def override_refusal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record a claim no rule speaks about, by an officer's decision; rules that do speak still hold.

    Raises:
        Refused: it was refused for something an officer cannot set aside.
    """
    return _again(tx, request["refusal_id"], reason=request["reason"], decision=request["decision"])


def _again(
    tx: Transaction, refusal_id: UUID, *, reason: str | None = None, decision: str | None = None
) -> dict[str, Any]:
    ledger.lock(tx)
    refusal = tx.session.get(FundRefusal, refusal_id, with_for_update=True, populate_existing=True)
    if refusal is None:
        raise NotFound("There is no such refusal.", rule="fund.refusal_exists")
    if refusal.state != "open":
        raise Refused("This refusal was settled already.", rule="fund.refusal_is_open")
    if reason and refusal.reason_code not in OVERRIDABLE:
        raise Refused(
            "An officer can decide only where no rule speaks; this one was refused by a rule.",
            rule="fund.refusal_is_overridable",
            params={"reason_code": refusal.reason_code, "refused_by": refusal.rule},
        )
    claim = _claim_of(tx, refusal, reason, decision)
    decided = expenses.decide(tx, claim)
    if decided.refusal is None:
        entry = expenses.enter(tx, claim, decided)
        refusal.state, refusal.entry_id, refusal.settled_at = "settled", entry.id, tx.now
        note_change(tx, f"fund_refusal/{refusal.id}", {"state": ("open", "settled")}, reason)
    elif decided.refusal.rule != refusal.rule:
        _write(refusal, decided, decided.refusal)
        tx.record(_announcement(refusal))
    return {"outcome": "recorded" if refusal.entry_id else "refused", "refusal": show_refusal(refusal)}


def _claim(source_type: str, source_id: UUID, data: dict[str, Any], spent_on: Any, evidence: list[str]) -> Claim:
    return Claim(
        source_type=source_type,
        source_id=source_id,
        claim=data["claim"],
        amount=data["amount"],
        form=data["form"],
        spent_on=spent_on,
        posted_on=spent_on,
        benefit_key=data["benefit_key"],
        beneficiary=data["beneficiary"],
        unit_id=data["unit_id"],
        evidence_kinds=evidence,
    )


def _claim_of(tx: Transaction, refusal: FundRefusal, reason: str | None, decision: str | None) -> Claim:
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
        decision=decision,
        override_reason=reason,
    )


def _standing_entry(tx: Transaction, claim: Claim) -> FundEntry | None:
    """Return the latest expense that was recorded for the same source."""
    statement = (
        sa.select(FundEntry)
        .where(FundEntry.source_type == claim.source_type, FundEntry.source_id == claim.source_id)
        .where(FundEntry.kind == "expense")
        .order_by(FundEntry.claim.desc())
        .limit(1)
    )
    return tx.session.scalar(statement)


def _refusals(tx: Transaction, claim: Claim) -> list[FundRefusal]:
    statement = sa.select(FundRefusal).where(
        FundRefusal.source_type == claim.source_type, FundRefusal.source_id == claim.source_id
    )
    return list(tx.session.scalars(statement))


def _settle_all(tx: Transaction, refusals: list[FundRefusal]) -> None:
    for refusal in refusals:
        refusal.state, refusal.settled_at = "settled", tx.now


def _refuse(tx: Transaction, claim: Claim, decision: Decision, refusal: Refusal) -> None:
    row = FundRefusal(
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
        state="open",
        refused_at=tx.now,
    )
    _write(row, decision, refusal)
    tx.session.add(row)
    tx.session.flush()
    tx.record(_announcement(row))


def _write(row: FundRefusal, decision: Decision, refusal: Refusal) -> None:
    row.line_code = decision.line.code if decision.line else None
    row.rule, row.detail = refusal.rule, refusal.detail
    row.reason_code, row.rules = refusal.params["reason_code"], decision.explained


def _announcement(row: FundRefusal) -> ExpenseRefused:
    return ExpenseRefused(
        refusal_id=row.id,
        source_type=row.source_type,
        source_id=row.source_id,
        claim=row.claim,
        unit_id=row.unit_id,
        rule=row.rule,
        reason_code=row.reason_code,
    )
