"""Refused claims decided again: one or many with the present rules and budget, one by an officer's decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.governance.funds.tables import FundRefusal
from services.governance.funds.use_cases import expenses, ledger
from services.governance.funds.use_cases.citing import decision_text
from services.governance.funds.use_cases.claims import announcement, claim_again, write
from services.governance.funds.use_cases.shapes import show_refusal
from services.governance.funds.use_cases.sitting import Claim, Sitting

OVERRIDABLE = ("no_rule_in_force",)
"""Refusals for missing rules, which a named officer can override; existing rules are never overridden."""
AT_ONCE = 200
"""How many refused claims one call decides again: the ledger is locked for others meanwhile."""


def retry_refusal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Check a refused claim again with the present rules and budget."""
    return _one_again(tx, request["refusal_id"])


def retry_refusals(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Check open refused claims again, the oldest first, `AT_ONCE` of them."""
    with ledger.opened(tx) as books:
        statement = sa.select(FundRefusal).where(FundRefusal.state == "open")
        if request["source"] is not None:
            statement = statement.where(FundRefusal.source_type == request["source"])
        if request["rule"] is not None:
            statement = statement.where(FundRefusal.rule == request["rule"])
        if request["after"] is not None:
            statement = statement.where(FundRefusal.id > request["after"])
        found = tx.session.scalars(statement.order_by(FundRefusal.id).limit(AT_ONCE).with_for_update()).all()
        sitting = Sitting(books)
        asked = [(refusal, claim_again(tx, refusal)) for refusal in found]
        sitting.read([claim for _, claim in asked])
        recorded = sum(_decided_again(sitting, refusal, claim) for refusal, claim in asked)
    return {
        "recorded": recorded,
        "refused": len(found) - recorded,
        "after": found[-1].id if len(found) == AT_ONCE else None,
    }


def override_refusal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record a claim without rule, by an officer's decision; existing rules still apply.

    Raises:
        Refused: an officer can't override the reason of the refusal.
    """
    return _one_again(tx, request["refusal_id"], reason=request["reason"], decision=decision_text(tx, request))


def _one_again(
    tx: Transaction, refusal_id: UUID, *, reason: str | None = None, decision: str | None = None
) -> dict[str, Any]:
    with ledger.opened(tx) as books:
        refusal = _require_open(tx, refusal_id)
        if reason and refusal.reason_code not in OVERRIDABLE:
            raise Refused(
                "An officer can decide only where no rule speaks; this one was refused by a rule.",
                rule="fund.refusal_is_overridable",
                params={"reason_code": refusal.reason_code, "refused_by": refusal.rule},
            )
        recorded = _decided_again(Sitting(books), refusal, claim_again(tx, refusal, reason, decision))
    return {"outcome": "recorded" if recorded else "refused", "refusal": show_refusal(refusal)}


def _decided_again(sitting: Sitting, refusal: FundRefusal, claim: Claim) -> bool:
    """Decide a refused claim; return whether it was recorded. What another rule refuses now is announced again."""
    tx, decided = sitting.tx, expenses.decide(sitting, claim)
    if decided.refusal is None:
        entry = expenses.enter(sitting, claim, decided)
        refusal.state, refusal.entry_id, refusal.settled_at = "settled", entry.id, tx.now
        note_change(tx, f"fund_refusal/{refusal.id}", {"state": ("open", "settled")}, claim.override_reason)
        return True
    if decided.refusal.rule != refusal.rule:
        write(refusal, decided, decided.refusal)
        tx.record(announcement(refusal))
    return False


def _require_open(tx: Transaction, refusal_id: UUID) -> FundRefusal:
    refusal = tx.get(FundRefusal, refusal_id, "There is no such refusal.", rule="fund.refusal_exists", lock=True)
    if refusal.state != "open":
        raise Refused("This refusal was settled already.", rule="fund.refusal_is_open")
    return refusal
