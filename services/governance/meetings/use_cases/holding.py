"""Holding a meeting: who is there, opening with a quorum, ending, going on."""

from __future__ import annotations

from typing import Any

from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, Refused, refuse_first
from services.chassis.rules.refusal import sourced
from services.governance.meetings import rules, vote_rules
from services.governance.meetings.use_cases.agenda import free_motions
from services.governance.meetings.use_cases.quorum import measure_of
from services.governance.meetings.use_cases.reading import detail
from services.governance.meetings.use_cases.store import goes_on, managed, meeting_of, move, note, seat_of, seats_of
from services.governance.meetings.use_cases.votes import take_presence


def mark_attendance(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record who is there; the counts of the quorum follow."""
    meeting = managed(tx, request["meeting_id"])
    seats = {seat.member_id: seat for seat in seats_of(tx, meeting.id)}
    unknown = sum(mark["member_id"] not in seats for mark in request["marks"])
    refuse_first(rules.attendance_can_change(meeting.state), rules.members_have_seats(unknown))
    for mark in request["marks"]:
        seats[mark["member_id"]].attendance = mark["attendance"]
    tx.session.flush()
    take_presence(tx, meeting, [seats[mark["member_id"]] for mark in request["marks"]])
    note(tx, meeting, attendance=("", len(request["marks"])))
    return detail(tx, meeting)


def answer_call(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Be excused before the meeting, or come after all."""
    meeting = meeting_of(tx, request["meeting_id"], lock=True)
    seat = seat_of(tx, meeting.id, tx.principal.member_id)
    if seat is None:
        raise NotAllowed("Only those with a seat answer the call.", rule="meetings.are_for_their_members")
    if meeting.state != "convened":
        raise Refused("Answers are taken from the call to the beginning.", rule="meetings.call_can_be_answered")
    seat.attendance = request["attendance"]
    tx.session.flush()
    return detail(tx, meeting)


def open_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open a meeting whose quorum is there.

    Raises:
        Refused: its day has not come, or members are missing for the quorum.
        NoRuleInForce: no rule says what the quorum is.
    """
    meeting = managed(tx, request["meeting_id"])
    move(tx, meeting, "open")
    found = measure_of(tx, meeting)
    refuse_first(
        rules.day_has_come(tx.today, day_of(meeting.starts_at)),
        sourced(vote_rules.quorum_is_there(found.present, found.needed), found.rule),
    )
    tx.session.flush()
    return detail(tx, meeting)


def end_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a meeting: who never came was absent, and motions without a decision wait for another one."""
    meeting = managed(tx, request["meeting_id"])
    move(tx, meeting, "end")
    refuse_first(rules.no_vote_goes_on(goes_on(tx, meeting.id)))
    for seat in seats_of(tx, meeting.id):
        if seat.attendance == "expected":
            seat.attendance = "absent"
    free_motions(tx, meeting, "postpone")
    tx.session.flush()
    return detail(tx, meeting)


def resume_meeting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Go on with a meeting that was ended by mistake, before its minutes are sent out."""
    meeting = managed(tx, request["meeting_id"])
    move(tx, meeting, "resume")
    if meeting.minutes_state in ("circulated", "approved"):
        raise Refused("The minutes were sent out.", rule="meetings.minutes_are_not_out")
    tx.session.flush()
    return detail(tx, meeting)
