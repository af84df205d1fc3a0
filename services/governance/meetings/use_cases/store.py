"""Loading meetings, who somebody is in a meeting, and keeping each step with its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.principal import Principal
from services.contracts.governance.meetings.events import MeetingCancelled, MeetingConvened, MeetingMoved
from services.governance.meetings.tables import (
    Meeting,
    MeetingBody,
    MeetingItem,
    MeetingMotion,
    MeetingSeat,
    MeetingVote,
)
from services.governance.meetings.workflow import MANAGER, MEETING, MOTION, PRESIDER, READER, SEATED

MeetingEvent = type[MeetingConvened] | type[MeetingMoved] | type[MeetingCancelled]


def body_of(tx: Transaction, body_id: UUID) -> MeetingBody:
    """Return a body. Raises `NotFound`."""
    return tx.get(MeetingBody, body_id, "There is no such body.", field="body_id")


def names_of_bodies(tx: Transaction, body_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of bodies by id."""
    found = sa.select(MeetingBody.id, MeetingBody.name).where(MeetingBody.id.in_(body_ids))
    return {row.id: row.name for row in tx.session.execute(found)}


def meeting_of(tx: Transaction, meeting_id: UUID, *, lock: bool = False) -> Meeting:
    """Return a meeting. Raises `NotFound`."""
    return tx.get(Meeting, meeting_id, "There is no such meeting.", field="meeting_id", lock=lock)


def item_of(tx: Transaction, meeting: Meeting, item_id: UUID) -> MeetingItem:
    """Return an item of the agenda. Raises `NotFound`, also for another meeting's."""
    item = tx.session.get(MeetingItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise NotFound("There is no such item.", field="item_id")
    return item


def seat_of(tx: Transaction, meeting_id: UUID, member_id: UUID | None) -> MeetingSeat | None:
    """Return somebody's seat; None without one."""
    return tx.session.get(MeetingSeat, (meeting_id, member_id)) if member_id else None


def seats_of(tx: Transaction, meeting_id: UUID) -> list[MeetingSeat]:
    """Return the seats of a meeting in their order."""
    of_meeting = sa.select(MeetingSeat).where(MeetingSeat.meeting_id == meeting_id)
    return list(tx.session.scalars(of_meeting.order_by(MeetingSeat.position, MeetingSeat.member_id)))


def items_of(tx: Transaction, meeting_id: UUID) -> list[MeetingItem]:
    """Return the agenda in its order."""
    of_meeting = sa.select(MeetingItem).where(MeetingItem.meeting_id == meeting_id)
    return list(tx.session.scalars(of_meeting.order_by(MeetingItem.position, MeetingItem.id)))


def votes_under_way(tx: Transaction, meeting_id: UUID) -> list[MeetingVote]:
    """Return the ballots of a meeting that go on."""
    of_meeting = MeetingVote.meeting_id == meeting_id, MeetingVote.state == "voting"
    return list(tx.session.scalars(sa.select(MeetingVote).where(*of_meeting).order_by(MeetingVote.ballot_id)))


def goes_on(tx: Transaction, meeting_id: UUID, item_id: UUID | None = None) -> bool:
    """Whether a ballot of a meeting, or on one of its items, goes on."""
    return any(item_id in (None, one.item_id) for one in votes_under_way(tx, meeting_id))


def counts_of(tx: Transaction, meeting_id: UUID) -> tuple[int, int]:
    """Return how many members with a vote a meeting has, and how many of them are there."""
    there = sa.func.sum(sa.case((MeetingSeat.attendance == "present", 1), else_=0))
    voters = MeetingSeat.meeting_id == meeting_id, MeetingSeat.votes.is_(True)
    row = tx.session.execute(sa.select(sa.func.count(), there).where(*voters)).one()
    return row[0], int(row[1] or 0)


def manages_unit(principal: Principal, unit_id: UUID | None) -> bool:
    """Whether somebody chairs the unit a body belongs to."""
    return unit_id is not None and unit_id in principal.units("chair")


def roles_in(tx: Transaction, meeting: Meeting) -> frozenset[str]:
    """Return who the caller is in a meeting."""
    principal = tx.principal
    held = {READER} if principal.has("officer", "auditor") else set()
    if principal.has("officer") or manages_unit(principal, meeting.unit_id):
        held |= {MANAGER, PRESIDER}
    seat = seat_of(tx, meeting.id, principal.member_id)
    if seat is not None:
        held.add(SEATED)
        held |= {"chair": {MANAGER, PRESIDER}, "secretary": {MANAGER}}.get(seat.role, set())
    return frozenset(held)


def require_sight(tx: Transaction, meeting: Meeting) -> frozenset[str]:
    """Return the caller's roles in a meeting. Raises `NotAllowed` without any, or before the call for mere members."""
    held = roles_in(tx, meeting)
    if not held or (held == {SEATED} and meeting.state == "planned"):
        raise NotAllowed("Only those with a seat and the offices see a meeting.", rule="meetings.are_for_their_members")
    return held


def require_manager(tx: Transaction, meeting: Meeting) -> frozenset[str]:
    """Return the caller's roles in a meeting. Raises `NotAllowed` unless the caller prepares and runs it."""
    held = require_sight(tx, meeting)
    if MANAGER not in held:
        raise NotAllowed("Who presides, the secretary, the unit's chair and officers run a meeting.",
                         rule="meetings.managers_run_it")  # fmt: skip
    return held


def managed(tx: Transaction, meeting_id: UUID) -> Meeting:
    """Return a meeting, locked, that the caller runs."""
    meeting = meeting_of(tx, meeting_id, lock=True)
    require_manager(tx, meeting)
    return meeting


def move(tx: Transaction, meeting: Meeting, action: str, reason: str | None = None) -> None:
    """Take a meeting on by an action of the caller. Raises `Refused` or `NotAllowed`."""
    state = MEETING.apply(meeting.state, action, roles=require_sight(tx, meeting))
    note(tx, meeting, reason, state=(meeting.state, state))
    meeting.state = state


def note(tx: Transaction, meeting: Meeting, reason: str | None = None, **changed: tuple[Any, Any]) -> None:
    """Keep what was changed of a meeting."""
    note_change(tx, subject_of(meeting.id), changed, reason)


def move_motion(tx: Transaction, motion: MeetingMotion, action: str, roles: frozenset[str]) -> None:
    """Take a motion on by an action."""
    state = MOTION.apply(motion.state, action, roles=roles)
    note_change(tx, f"meeting_motion/{motion.id}", {"state": (motion.state, state)})
    motion.state = state


def motion_of(tx: Transaction, motion_id: UUID, *, lock: bool = False) -> MeetingMotion:
    """Return a motion. Raises `NotFound`."""
    return tx.get(MeetingMotion, motion_id, "There is no such motion.", field="motion_id", lock=lock)


def tell(tx: Transaction, meeting: Meeting, event: MeetingEvent, member_ids: list[UUID] | None = None) -> None:
    """Record that a meeting was called, moved or cancelled: to those with a seat, or to some of them."""
    told = [seat.member_id for seat in seats_of(tx, meeting.id)] if member_ids is None else member_ids
    names = ("body_id", "unit_id", "starts_at", "ends_at")
    tx.record(event(meeting_id=meeting.id, member_ids=told, **{name: getattr(meeting, name) for name in names}))


def subject_of(meeting_id: UUID) -> str:
    """Return the name under which a meeting's changes and files are kept."""
    return f"meeting/{meeting_id}"
