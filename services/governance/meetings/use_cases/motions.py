"""Motions: making, declining and withdrawing them, and reading them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.unit_scope import sees_all_units
from services.contracts.governance.meetings.events import MotionMoved, MotionSubmitted
from services.contracts.governance.meetings.vocabulary import OPEN_MOTIONS
from services.governance.meetings import rules
from services.governance.meetings.tables import MeetingMotion
from services.governance.meetings.use_cases.asking import found_in
from services.governance.meetings.use_cases.store import (
    body_of,
    manages_unit,
    motion_of,
    move_motion,
    names_of_bodies,
    seat_of,
)
from services.governance.meetings.workflow import MANAGER, MOTION, PROPOSER, READER

_ROW = ("id", "body_id", "title", "proposer_id", "state", "submitted_at", "meeting_id", "decision_id")
_OF_AGENDA = frozenset({"place", "take_off", "postpone", "pass", "reject", "void"})
"""What happens to a motion on the page of its meeting."""


def submit_motion(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Make a motion to a body.

    Raises:
        Refused: the body is not in use, or the caller is neither officer, chair nor one of its members.
    """
    body, principal = body_of(tx, request["body_id"]), tx.principal
    may = principal.has("officer", "chair") or any(one.member_id == principal.member_id for one in found_in(request))
    refuse_first(rules.body_is_active(body.active), rules.proposer_belongs(may))
    motion = MeetingMotion(
        body_id=body.id, unit_id=body.unit_id, title=request["title"], text=request["text"],
        proposer_id=principal.member_id, proposed_by=principal.account_id, state="submitted", submitted_at=tx.now,
    )  # fmt: skip
    tx.session.add(motion)
    tx.session.flush()
    tx.record(MotionSubmitted(**_told(motion)))
    return _row(motion, body.name)


def list_motions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of motions in sight, the latest first."""
    statement, principal = sa.select(MeetingMotion), tx.principal
    if not sees_all_units(principal):
        own = MeetingMotion.proposer_id == principal.member_id
        statement = statement.where(sa.or_(own, MeetingMotion.unit_id.in_(principal.units("chair"))))
    if request["ids"] is not None:
        statement = statement.where(MeetingMotion.id.in_(request["ids"]))
    elif request["show"] == "open" and request["state"] is None:
        statement = statement.where(MeetingMotion.state.in_(OPEN_MOTIONS))
    for name in ("body_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(MeetingMotion, name) == request[name])
    if request["q"]:
        statement = statement.where(MeetingMotion.title.contains(request["q"], autoescape=True))
    page = page_of(tx, statement, request, [(MeetingMotion.id, "desc")])
    names = names_of_bodies(tx, {motion.body_id for motion in page.rows})
    return page.reply([_row(motion, names[motion.body_id]) for motion in page.rows])


def get_motion(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one motion, to its proposer, those with a seat where it is discussed, and the offices."""
    motion = motion_of(tx, request["motion_id"])
    roles = _roles(tx, motion)
    if not roles and seat_of_motion(tx, motion) is None:
        raise NotAllowed("A motion is for its proposer and the body.", rule="meetings.motions_are_for_the_body")
    return {
        **_row(motion, body_of(tx, motion.body_id).name), "text": motion.text, "reason": motion.reason,
        "actions": [one for one in MOTION.legal(motion.state, roles) if one not in _OF_AGENDA] if roles else [],
    }  # fmt: skip


def decline_motion(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Decline a motion; its proposer is told why."""
    motion = motion_of(tx, request["motion_id"], lock=True)
    move_motion(tx, motion, "decline", _roles(tx, motion) or frozenset({READER}))
    motion.reason = request["reason"]
    return _moved(tx, motion)


def withdraw_motion(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw one's own motion."""
    motion = motion_of(tx, request["motion_id"], lock=True)
    move_motion(tx, motion, "withdraw", _roles(tx, motion) or frozenset({READER}))
    return _moved(tx, motion)


def tell_motion(tx: Transaction, motion: MeetingMotion) -> None:
    """Record that a motion moved."""
    tx.session.flush()
    tx.record(MotionMoved(**_told(motion)))


def seat_of_motion(tx: Transaction, motion: MeetingMotion) -> Any:
    """Return the caller's seat in the meeting on whose agenda a motion stands; None without one."""
    return seat_of(tx, motion.meeting_id, tx.principal.member_id) if motion.meeting_id else None


def _roles(tx: Transaction, motion: MeetingMotion) -> frozenset[str]:
    principal = tx.principal
    held = {READER} if principal.has("officer", "auditor") else set()
    if principal.has("officer") or manages_unit(principal, motion.unit_id):
        held.add(MANAGER)
    if (motion.proposer_id or motion.proposed_by) in principal.own_ids:
        held.add(PROPOSER)
    return frozenset(held)


def _moved(tx: Transaction, motion: MeetingMotion) -> dict[str, Any]:
    tell_motion(tx, motion)
    return _row(motion, body_of(tx, motion.body_id).name)


def _row(motion: MeetingMotion, body_name: str) -> dict[str, Any]:
    return {**{name: getattr(motion, name) for name in _ROW}, "body_name": body_name}


def _told(motion: MeetingMotion) -> dict[str, Any]:
    names = ("body_id", "unit_id", "proposer_id", "state")
    return {"motion_id": motion.id, **{name: getattr(motion, name) for name in names}}
