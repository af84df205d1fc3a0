"""The funds' answers about goods that were handed out."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.welfare.programmes.tables import HandOut


def on_answer(tx: Transaction, event: ReceivedEvent, claim_state: str) -> None:
    """Store the answer: recorded, refused or reversed; about an earlier claim or older than the last it is ignored."""
    hand_out = tx.session.get(HandOut, event.data["source_id"], with_for_update=True, populate_existing=True)
    if hand_out is None or event.sequence <= hand_out.claim_sequence or event.data["claim"] != hand_out.claim:
        return
    hand_out.claim_sequence, hand_out.claim_state = event.sequence, claim_state
    hand_out.refused_rule = event.data["rule"] if claim_state == "refused" else None
