"""Withdrawn claims: refused if they arrive later, reversed if they are in the ledger already."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.refusal import Refusal
from services.governance.funds.tables import FundEntry, FundRefusal
from services.governance.funds.use_cases import claims, ledger, reversing
from services.governance.funds.use_cases.sitting import Claim

WITHDRAWN = "claim_withdrawn"
_REFUSAL = Refusal(
    "fund.claim_stands", "The claim was withdrawn by the service that put it.", None, {"reason_code": WITHDRAWN}
)


def withdraw_claim(tx: Transaction, event: ReceivedEvent) -> None:
    """Withdraw a claim and earlier ones, whether they arrived before or arrive later.

    A later claim of the same source stays valid: its source decided again.
    """
    data = event.data
    claim = claims.claim_of(tx, data["source_type"], data["source_id"], data, data["spent_on"], [])
    with ledger.opened(tx) as books:
        earlier = claims.Earlier(tx, [claim])
        refused = earlier.refusals_of(claim)
        if any(refusal.claim == claim.claim and refusal.reason_code == WITHDRAWN for refusal in refused):
            return
        entered = _standing(earlier, claim)
        if entered is not None:
            reversing.undo(books, ledger.require_entry(tx, entered.id), "报销撤回", "Claim withdrawn")
        _refuse(tx, claim, refused, announced=entered is None)


def _standing(earlier: claims.Earlier, claim: Claim) -> FundEntry | None:
    entered = earlier.expense_of(claim)
    if entered is None or entered.claim > claim.claim or entered.id in earlier.reversed:
        return None
    return entered


def _refuse(tx: Transaction, claim: Claim, refused: list[FundRefusal], *, announced: bool) -> None:
    """Store the refusal as settled, so that it can't be checked again."""
    claims.settle_all(tx, [one for one in refused if one.state == "open" and one.claim <= claim.claim])
    same = next((one for one in refused if one.claim == claim.claim), None)
    if same is None:
        same = claims.refusal_row(tx, claim, _REFUSAL)
        tx.session.add(same)
    same.rule, same.reason_code, same.detail = _REFUSAL.rule, WITHDRAWN, _REFUSAL.detail
    same.state, same.settled_at = "settled", tx.now
    if announced:
        tx.session.flush()
        tx.record(claims.announcement(same))
