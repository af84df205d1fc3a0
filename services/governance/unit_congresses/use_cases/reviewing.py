"""What an officer does with a unit's filing: review, guidance, letting a unit off, opening an accepted record again."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.unit_congresses import events
from services.contracts.governance.unit_congresses.requests import MOST_GUIDANCE
from services.governance.unit_congresses import rules
from services.governance.unit_congresses.tables import FilingGuidance
from services.governance.unit_congresses.use_cases.reading import detail
from services.governance.unit_congresses.use_cases.store import (
    PLAN_DUE,
    RECORD_DUE,
    announce,
    begin_part,
    filing_of,
    guidance_of,
    move,
    part_of,
)

Request = dict[str, Any]


def review_filing(tx: Transaction, request: Request) -> dict[str, Any]:
    """Accept what a unit filed, or return it; the next part, or the same, is due from now.

    Raises:
        Refused: nothing waits for a review, the caller filed it, or a return says no reason.
        NoRuleInForce: no rule says the last day of what is due next.
    """
    filing = filing_of(tx, request["filing_id"], lock=True)
    decision, part = request["decision"], part_of(filing)
    same = tx.principal.account_id is not None and filing.submitted_by == tx.principal.account_id
    move(tx, filing, f"{decision}_{part}", request["reason"])
    refuse_first(rules.reviewer_did_not_file(same), rules.return_says_why(decision, request["reason"]))
    filing.reason = request["reason"] if decision == "return" else None
    if filing.state == "accepted":
        filing.accepted_on = tx.today
    else:
        begin_part(tx, filing, PLAN_DUE if filing.state == "plan_returned" else RECORD_DUE)
    announce(tx, events.FilingReviewed, filing, part=part)
    tx.session.flush()
    return detail(tx, filing)


def waive_filing(tx: Transaction, request: Request) -> dict[str, Any]:
    """Let a unit off for the year, such as one that was merged."""
    filing = filing_of(tx, request["filing_id"], lock=True)
    part = part_of(filing)
    move(tx, filing, "waive", request["reason"])
    filing.reason = request["reason"]
    announce(tx, events.FilingWaived, filing, part=part)
    tx.session.flush()
    return detail(tx, filing)


def require_filing(tx: Transaction, request: Request) -> dict[str, Any]:
    """Ask a unit after all that was let off."""
    filing = filing_of(tx, request["filing_id"], lock=True)
    move(tx, filing, "require", request["reason"])
    return _asked(tx, filing, PLAN_DUE, request["reason"])


def reopen_filing(tx: Transaction, request: Request) -> dict[str, Any]:
    """Let an accepted record be corrected."""
    filing = filing_of(tx, request["filing_id"], lock=True)
    move(tx, filing, "reopen", request["reason"])
    filing.accepted_on = None
    return _asked(tx, filing, RECORD_DUE, request["reason"])


def write_filing_guidance(tx: Transaction, request: Request) -> dict[str, Any]:
    """Give a unit guidance, which it answers before it files again."""
    filing = filing_of(tx, request["filing_id"], lock=True)
    count = len(guidance_of(tx, filing))
    refuse_first(rules.are_few("unit_congresses.guidance_is_little", count, MOST_GUIDANCE))
    guidance = FilingGuidance(filing_id=filing.id, text=request["text"], written_at=tx.now)
    tx.session.add(guidance)
    tx.session.flush()
    tx.record(events.FilingGuidanceGiven(guidance_id=guidance.id, filing_id=filing.id, unit_id=filing.unit_id))
    return detail(tx, filing)


def _asked(tx: Transaction, filing: Any, key: str, reason: str) -> dict[str, Any]:
    filing.reason = reason
    begin_part(tx, filing, key)
    announce(tx, events.FilingOpened, filing)
    tx.session.flush()
    return detail(tx, filing)
