"""Planning a meeting, calling its members, changing and cancelling it, who has which seat."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.rules.refusal import Refusal
from services.contracts.governance.meetings.bodies import MOST_SEATS
from services.contracts.governance.meetings.events import MeetingCancelled, MeetingConvened, MeetingMoved
from services.governance.meetings import rules
from services.governance.meetings.tables import Meeting, MeetingSeat
from services.governance.meetings.use_cases.agenda import free_motions
from services.governance.meetings.use_cases.asking import Belonging, found_in
from services.governance.meetings.use_cases.reading import detail, row
from services.governance.meetings.use_cases.store import (
    body_of,
    items_of,
    managed,
    manages_unit,
    move,
    note,
    seat_of,
    seats_of,
    subject_of,
    tell,
)
from services.governance.meetings.workflow import BEFORE
from services.governance.members.use_cases.copies import units_of

_TERMS = ("title", "starts_at", "ends_at", "place", "notice")


def plan_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a meeting of a body; its members are those of the day.

    Raises:
        NotAllowed: the caller is neither an officer, nor the unit's chair, nor who presides over the body.
        Refused: the body is not in use or has no members, or the times do not fit.
    """
    body, members = body_of(tx, request["body_id"]), found_in(request)
    _require_planner(tx, body.unit_id, members)
    refuse_first(
        rules.body_is_active(body.active),
        _times_fit(tx, request["starts_at"], request["ends_at"]),
        rules.body_has_members(len(members)),
        rules.body_is_of_a_size(len(members), MOST_SEATS),
    )
    meeting = Meeting(
        body_id=body.id, kind=body.kind, unit_id=body.unit_id, state="planned", minutes_state="none",
        minutes_number=0, **{name: request[name] for name in _TERMS},
    )  # fmt: skip
    tx.session.add(meeting)
    tx.session.flush()
    _seat(tx, meeting, members)
    note(tx, meeting, state=(None, "planned"))
    return row(meeting, body.name, len(members), 0)


def change_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change a meeting before it begins; those who were called are told of a new time or place."""
    meeting = managed(tx, request["meeting_id"])
    refuse_first(rules.is_before(meeting.state, BEFORE), _times_fit(tx, request["starts_at"], request["ends_at"]))
    moved = any(getattr(meeting, name) != request[name] for name in ("starts_at", "ends_at", "place"))
    changed = {name: (str(getattr(meeting, name)), str(request[name])) for name in _TERMS}
    note_change(tx, subject_of(meeting.id), changed)
    for name in _TERMS:
        setattr(meeting, name, request[name])
    tx.session.flush()
    if moved and meeting.state == "convened":
        tell(tx, meeting, MeetingMoved)
    return detail(tx, meeting)


def convene_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Call a meeting: the body's members of its day are listed once more, for good, and told."""
    meeting, members = managed(tx, request["meeting_id"]), found_in(request)
    move(tx, meeting, "convene")
    refuse_first(
        _times_fit(tx, meeting.starts_at, meeting.ends_at),
        rules.agenda_is_there(len(items_of(tx, meeting.id))),
        rules.body_has_members(len(members)),
        rules.body_is_of_a_size(len(members), MOST_SEATS),
    )
    _seat(tx, meeting, members)
    tell(tx, meeting, MeetingConvened)
    return detail(tx, meeting)


def cancel_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a meeting; motions on its agenda wait for another one."""
    meeting = managed(tx, request["meeting_id"])
    called = meeting.state == "convened"
    move(tx, meeting, "cancel", request["reason"])
    meeting.reason = request["reason"]
    free_motions(tx, meeting, "take_off")
    tx.session.flush()
    if called:
        tell(tx, meeting, MeetingCancelled)
    return detail(tx, meeting)


def set_meeting_seat(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give somebody a seat or another one; there is one chair and one secretary."""
    meeting = managed(tx, request["meeting_id"])
    member_id, role = request["member_id"], request["role"]
    seat, seats = seat_of(tx, meeting.id, member_id), seats_of(tx, meeting.id)
    votes = seat is not None and seat.votes
    refuse_first(
        rules.agenda_can_change(meeting.state),
        rules.member_is_known(seat is not None or bool(units_of(tx, [member_id])), "member_id"),
        rules.body_is_of_a_size(len(seats) + (seat is None), MOST_SEATS),
        rules.voter_stays(votes, role),
        rules.chair_votes(votes, role),
    )
    for other in seats:
        if other.role == role and role in ("chair", "secretary") and other.member_id != member_id:
            other.role = "member" if other.votes else "guest"
    if seat is None:
        role = "guest" if role == "member" else role
        place = max((one.position for one in seats), default=0) + 1
        tx.session.add(MeetingSeat(meeting_id=meeting.id, member_id=member_id, position=place, role=role, votes=False))
    else:
        seat.role = role
    note(tx, meeting, seat=(None, role))
    tx.session.flush()
    if seat is None and meeting.state == "convened":
        tell(tx, meeting, MeetingConvened, [member_id])
    return detail(tx, meeting)


def remove_meeting_guest(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take somebody without a vote off the list."""
    meeting = managed(tx, request["meeting_id"])
    seat = seat_of(tx, meeting.id, request["member_id"])
    refuse_first(
        rules.agenda_can_change(meeting.state),
        rules.member_is_known(seat is not None, "member_id"),
        rules.voter_stays(seat is not None and seat.votes, "guest"),
    )
    tx.session.delete(seat)
    note(tx, meeting, seat=("guest", None))
    tx.session.flush()
    if meeting.state == "convened":
        tell(tx, meeting, MeetingCancelled, [request["member_id"]])
    return detail(tx, meeting)


def _require_planner(tx: Transaction, unit_id: UUID | None, members: list[Belonging]) -> None:
    presides = any(one.presides and one.member_id == tx.principal.member_id for one in members)
    if not (tx.principal.has("officer") or manages_unit(tx.principal, unit_id) or presides):
        raise NotAllowed("Officers, the unit's chair and who presides plan meetings.", rule="meetings.planner_presides")


def _times_fit(tx: Transaction, starts_at: datetime, ends_at: datetime) -> Refusal | None:
    return rules.times_fit(starts_at, ends_at, day_of(starts_at), tx.today)


def _seat(tx: Transaction, meeting: Meeting, members: list[Belonging]) -> None:
    """Give the members of the body their seats; guests and roles that were given before stay."""
    before = {seat.member_id: seat for seat in seats_of(tx, meeting.id)}
    now = {one.member_id for one in members}
    gone = [seat for seat in before.values() if seat.votes and seat.member_id not in now]
    for seat in gone:
        tx.session.delete(seat)
    has_chair = any(seat.role == "chair" and seat.member_id in now for seat in before.values())
    for place, one in enumerate(members):
        known = before.get(one.member_id)
        role = "chair" if one.presides and not has_chair else "member"
        has_chair = has_chair or role == "chair"
        if known is None:
            tx.session.add(
                MeetingSeat(
                    meeting_id=meeting.id, member_id=one.member_id, position=place, role=role, votes=True,
                    attendance="expected",
                )
            )  # fmt: skip
        else:
            known.position, known.votes = place, True
            known.role = "member" if known.role == "guest" else known.role
    tx.session.flush()
