"""What waits in clubs for whom, and what members, presidents and applicants are told."""

from __future__ import annotations

from typing import Any

from gateway.read_models import timeline, todos
from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

APPLICATION, TO_APPROVE = "club_application", "club_to_approve"
REVIEW_DUE, REVIEW_TO_DECIDE, TERM_ENDING = "club_review_due", "club_review_to_decide", "club_term_ending"
_TOLD_PRESIDENT = ("suspended", "resumed", "review_returned")
_TOLD_APPLICANT = ("founded", "refused")


def on_changed(tx: Transaction, event: ReceivedEvent) -> None:
    """Open and close what waits in a club; tell who applied, and who presides."""
    data = event.data
    todos.keep(tx, [todos.entry(event, kind, data["club_id"], **whose) for kind, whose in _waiting(data).items()])
    change = data["change"]
    told = data["applicant_id"] if change in _TOLD_APPLICANT else None
    if change in _TOLD_PRESIDENT:
        told = data["president_id"]
    if told is not None:
        timeline.note(tx, event, subject_id=data["club_id"], member_id=told, params={"change": change})


def on_joined(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member who was taken by the president; who joins an open club knows."""
    if event.data["approved"]:
        _note(tx, event, {})


def on_left(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell a member why the membership ended, unless it was the member who ended it."""
    if event.data["cause"] not in ("by_member", "no_member"):
        _note(tx, event, {"cause": event.data["cause"]})


def _waiting(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    done: dict[str, Any] = {"done": True}
    president, review = data["president_id"], data["review_state"]
    of_president = {"member_id": president} if president is not None else {"role": "officer"}
    of_officer = {"role": "officer"}
    asks = data["state"] == "founded" and data["waiting"] > 0
    reports = data["state"] in ("founded", "suspended") and review in ("due", "returned")
    due_at = start_of(data["review_due_on"]) if data["review_due_on"] else None
    ends_at = start_of(data["term_ends_on"]) if data["term_ends_on"] else None
    return {
        APPLICATION: of_officer if data["state"] == "applied" else done,
        TO_APPROVE: of_president if asks else done,
        REVIEW_DUE: {"member_id": president, "due_at": due_at} if reports and president else done,
        REVIEW_TO_DECIDE: of_officer if review == "handed_in" else done,
        TERM_ENDING: {**of_officer, "due_at": ends_at} if ends_at is not None else done,
    }


def _note(tx: Transaction, event: ReceivedEvent, params: dict[str, Any]) -> None:
    data = event.data
    timeline.note(tx, event, subject_id=data["club_id"], member_id=data["member_id"], params=params)
