"""Minutes: every save is a revision, and nothing another wrote is overwritten unseen; then circulated and approved."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.contracts.governance.meetings.events import MinutesApproved, MinutesCirculated, MinutesReturned
from services.governance.meetings import rules
from services.governance.meetings.tables import Meeting, MinutesRevision
from services.governance.meetings.use_cases.reading import detail
from services.governance.meetings.use_cases.store import meeting_of, note, require_sight, seats_of
from services.governance.meetings.workflow import HELD, MANAGER, MINUTES, PRESIDER, READER
from services.governance.minutes.use_cases.revisions import keep_revision, revision_of, revision_page


def get_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the minutes in their latest revision, or in the one of a number."""
    meeting = meeting_of(tx, request["meeting_id"])
    _require_reader(tx, meeting)
    return _reply(tx, meeting, request["number"])


def list_minutes_revisions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the revisions, the latest first."""
    meeting = meeting_of(tx, request["meeting_id"])
    _require_reader(tx, meeting)
    return revision_page(tx, MinutesRevision.meeting_id, meeting.id, request)


def save_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the minutes as a new revision; the same text as before makes none.

    Raises:
        Conflict: somebody saved a later revision than the one these minutes were written from.
        Refused: the meeting has not begun, or the minutes are out for approval.
    """
    meeting = meeting_of(tx, request["meeting_id"], lock=True)
    roles = require_sight(tx, meeting)
    refuse_first(rules.is_held(meeting.state))
    state = MINUTES.apply(meeting.minutes_state, "save", roles=roles)
    number = keep_revision(tx, MinutesRevision.meeting_id, meeting.id, meeting.minutes_number, request)
    if number == meeting.minutes_number:
        return _reply(tx, meeting, None)
    meeting.minutes_number = number
    note(tx, meeting, minutes_state=(meeting.minutes_state, state), minutes=(request["base"], number))
    meeting.minutes_state = state
    tx.session.flush()
    return _reply(tx, meeting, None)


def circulate_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Send the minutes of an ended meeting to its members, and to who presided for approval."""
    meeting = _moved(tx, request, "circulate")
    refuse_first(rules.has_ended(meeting.state))
    tx.record(MinutesCirculated(**_told(tx, meeting)))
    return detail(tx, meeting)


def return_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Send the minutes back to be corrected."""
    meeting = _moved(tx, request, "return")
    meeting.minutes_reason = request["reason"]
    tx.record(MinutesReturned(**_told(tx, meeting)))
    return detail(tx, meeting)


def approve_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Approve the minutes; from now on they and the decisions of the meeting change no more."""
    meeting = _moved(tx, request, "approve")
    last = revision_of(tx, MinutesRevision.meeting_id, meeting.id, meeting.minutes_number)
    refuse_first(rules.approver_did_not_write((last.member_id or last.account_id) in tx.principal.own_ids))
    meeting.minutes_reason, meeting.approved_by, meeting.approved_at = None, tx.principal.member_id, tx.now
    tx.session.flush()
    tx.record(MinutesApproved(**_told(tx, meeting)))
    return detail(tx, meeting)


def _moved(tx: Transaction, request: dict[str, Any], action: str) -> Meeting:
    meeting = meeting_of(tx, request["meeting_id"], lock=True)
    state = MINUTES.apply(meeting.minutes_state, action, roles=require_sight(tx, meeting))
    note(tx, meeting, minutes_state=(meeting.minutes_state, state))
    meeting.minutes_state = state
    tx.session.flush()
    return meeting


def _require_reader(tx: Transaction, meeting: Meeting) -> frozenset[str]:
    """Return the caller's roles. Raises `NotAllowed` for mere members while the minutes are a draft."""
    roles = require_sight(tx, meeting)
    if not roles & {MANAGER, PRESIDER, READER} and meeting.minutes_state in ("none", "draft"):
        raise NotAllowed("The minutes are still being written.", rule="meetings.minutes_are_circulated")
    return roles


def _reply(tx: Transaction, meeting: Meeting, number: int | None) -> dict[str, Any]:
    wanted = meeting.minutes_number if number is None else number
    found = revision_of(tx, MinutesRevision.meeting_id, meeting.id, wanted) if wanted else None
    roles = require_sight(tx, meeting)
    legal = MINUTES.legal(meeting.minutes_state, roles) if meeting.state in HELD else ()
    return {
        "meeting_id": meeting.id, "state": meeting.minutes_state, "number": wanted,
        "latest": meeting.minutes_number, "text": found.text if found else "", "at": found.at if found else None,
        "member_id": found.member_id if found else None, "approved_by": meeting.approved_by,
        "approved_at": meeting.approved_at, "reason": meeting.minutes_reason,
        "actions": [one for one in legal if one != "circulate" or meeting.state == "ended"],
    }  # fmt: skip


def _told(tx: Transaction, meeting: Meeting) -> dict[str, Any]:
    seats = seats_of(tx, meeting.id)
    chair = next((seat.member_id for seat in seats if seat.role == "chair"), None)
    return {
        "meeting_id": meeting.id, "body_id": meeting.body_id, "unit_id": meeting.unit_id, "chair_id": chair,
        "member_ids": [seat.member_id for seat in seats],
    }  # fmt: skip
