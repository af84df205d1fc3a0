"""Lists of meetings, and one meeting with what the caller may see and do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import sees_all_units
from services.governance.meetings.tables import Meeting, MeetingDocument, MeetingSeat
from services.governance.meetings.use_cases.quorum import quorum_shown
from services.governance.meetings.use_cases.store import (
    body_of,
    counts_of,
    items_of,
    meeting_of,
    names_of_bodies,
    require_sight,
    seats_of,
)
from services.governance.meetings.workflow import BEFORE, MANAGER, MEETING, SEATED

_ROW = ("id", "body_id", "kind", "unit_id", "title", "starts_at", "ends_at", "place", "state", "minutes_state")
_ITEM = ("id", "position", "title", "kind", "motion_id", "presenter_id", "minutes", "decision_id", "postponed")
_DONE = ("ended", "cancelled")


def row(meeting: Meeting, body_name: str, entitled: int, present: int) -> dict[str, Any]:
    """Return a meeting as it stands in a list."""
    told = {name: getattr(meeting, name) for name in _ROW}
    return {**told, "body_name": body_name, "entitled": entitled, "present": present}


def list_meetings(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of meetings in sight, by time."""
    statement = _narrowed(_in_sight(tx, request["mine"]), request)
    direction = "desc" if request["sort"].startswith("-") or request["show"] == "past" else "asc"
    page = page_of(tx, statement, request, [(Meeting.starts_at, direction), (Meeting.id, direction)])
    names = names_of_bodies(tx, {meeting.body_id for meeting in page.rows})
    counts = _counts(tx, [meeting.id for meeting in page.rows])
    return page.reply([row(one, names[one.body_id], *counts.get(one.id, (0, 0))) for one in page.rows])


def get_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one meeting."""
    return detail(tx, meeting_of(tx, request["meeting_id"]))


def detail(tx: Transaction, meeting: Meeting) -> dict[str, Any]:
    """Return a meeting whole, to who sees it."""
    roles = require_sight(tx, meeting)
    seats = seats_of(tx, meeting.id)
    own = next((seat.attendance for seat in seats if seat.member_id == tx.principal.member_id), None)
    return {
        **row(meeting, body_of(tx, meeting.body_id).name, *counts_of(tx, meeting.id)),
        "notice": meeting.notice,
        "reason": meeting.reason,
        "seats": seats,
        "items": [{name: getattr(item, name) for name in _ITEM} for item in items_of(tx, meeting.id)],
        "documents": documents_of(tx, meeting.id),
        "quorum": quorum_shown(tx, meeting),
        "own_attendance": own,
        "actions": _actions(meeting, roles),
    }


def documents_of(tx: Transaction, meeting_id: UUID) -> list[MeetingDocument]:
    """Return the documents of a meeting in the order they were added."""
    of_meeting = sa.select(MeetingDocument).where(MeetingDocument.meeting_id == meeting_id)
    return list(tx.session.scalars(of_meeting.order_by(MeetingDocument.id)))


def seen_meetings(tx: Transaction) -> sa.Select[Any]:
    """Return the select of the ids of meetings in which the caller has a seat and was called."""
    own = MeetingSeat.member_id == tx.principal.member_id
    called = sa.or_(Meeting.state != "planned", MeetingSeat.role.in_(("chair", "secretary")))
    return sa.select(MeetingSeat.meeting_id).join(Meeting, Meeting.id == MeetingSeat.meeting_id).where(own, called)


def _actions(meeting: Meeting, roles: frozenset[str]) -> list[str]:
    found = list(MEETING.legal(meeting.state, roles))
    if meeting.minutes_state in ("circulated", "approved"):
        found = [action for action in found if action != "resume"]
    if MANAGER in roles:
        found += ["change"] if meeting.state in BEFORE else []
        found += ["agenda", "seats"] if meeting.state not in _DONE else []
        found += ["attend"] if meeting.state in ("convened", "open") else []
        found += ["decide"] if meeting.state == "open" else []
        found += ["attach"] if meeting.state != "cancelled" else []
        found += ["act"] if meeting.state in ("open", "ended") else []
    if SEATED in roles and meeting.state == "convened":
        found.append("answer")
    return found


def _in_sight(tx: Transaction, mine: bool) -> sa.Select[Any]:
    statement, principal = sa.select(Meeting), tx.principal
    if mine or not principal.has("officer", "auditor", "chair"):
        return statement.where(Meeting.id.in_(seen_meetings(tx)))
    if sees_all_units(principal):
        return statement
    return statement.where(sa.or_(Meeting.unit_id.in_(principal.units("chair")), Meeting.id.in_(seen_meetings(tx))))


def _narrowed(statement: sa.Select[Any], request: dict[str, Any]) -> sa.Select[Any]:
    if request["ids"] is not None:
        return statement.where(Meeting.id.in_(request["ids"]))
    for name in ("body_id", "unit_id", "state", "minutes_state"):
        if request[name] is not None:
            statement = statement.where(getattr(Meeting, name) == request[name])
    if request["q"]:
        statement = statement.where(Meeting.title.contains(request["q"], autoescape=True))
    if request["state"] is None and request["show"] != "all":
        is_past = Meeting.state.in_(_DONE)
        statement = statement.where(is_past if request["show"] == "past" else sa.not_(is_past))
    return statement


def _counts(tx: Transaction, meeting_ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    there = sa.func.sum(sa.case((MeetingSeat.attendance == "present", 1), else_=0))
    voters = MeetingSeat.meeting_id.in_(meeting_ids), MeetingSeat.votes.is_(True)
    counts = sa.select(MeetingSeat.meeting_id, sa.func.count(), there).where(*voters).group_by(MeetingSeat.meeting_id)
    return {found[0]: (found[1], int(found[2] or 0)) for found in tx.session.execute(counts)}
