"""Who of the delegates is at a session, and whether they are enough; guests and members without seat never count."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.congress.session_events import QuorumReached
from services.governance.ballots.use_cases.opening import mark_present
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import Attendance, CongressSession, Resolution
from services.governance.congress.tables import Delegate
from services.governance.congress.use_cases.delegates import serving_members
from services.governance.congress.use_cases.guests import guest_with
from services.governance.congress.use_cases.session_store import (
    day_of,
    held_session_of,
    seats_at,
    seen_session_of,
    session_of,
    tell,
)
from services.governance.congress.use_cases.store import bodies_of


def quorum_now(tx: Transaction, session: CongressSession) -> list[dict[str, Any]]:
    """Return of each body how many delegates serve, are there, are needed and missing, and the rule that says so.

    Of a session that is closed, it returns what was counted at its end.
    """
    if session.closed_quorum is not None:
        return session.closed_quorum
    found = []
    for body in bodies_of(tx, session.congress_id):
        serving = serving_members(tx, session.congress_id, body.body).subquery()
        came = Attendance.session_id == session.id, Attendance.left_at.is_(None)
        there = sa.and_(Attendance.member_id == serving.c.member_id, *came)
        counts = sa.select(sa.func.count(), sa.func.count(Attendance.member_id)).select_from(serving)
        delegates, present = tx.session.execute(counts.outerjoin(Attendance, there)).one()
        rule = rule_in_force(tx, f"congress.{body.body}.quorum", session.opens_on)
        needed = rules.quorum_of(delegates, rule.share)
        found.append(
            {
                "body": body.body, "delegates": delegates, "present": present, "needed": needed,
                "missing": max(0, needed - present), "rule": rule.explain(),
            }
        )  # fmt: skip
    return found


def session_quorum(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the quorum of each body now."""
    session = seen_session_of(tx, request["session_id"])
    return {"session_id": session.id, "bodies": quorum_now(tx, session)}


def check_in(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that a delegate or an invited member came; who left is there again. Repeating it changes nothing.

    Raises:
        Refused: the session is not convened, or the member is neither.
    """
    session = held_session_of(tx, request["session_id"])
    member_id, came_at = request["member_id"], request["came_at"] or tx.now
    seats = seats_at(tx, session, member_id)
    guest = None if seats else guest_with(tx, session, member_id)
    refuse_first(
        rules.session_takes_people(session.state),
        rules.is_a_delegate(len(seats) + (guest is not None)),
        rules.came_by_now(came_at, tx.now),
    )
    if guest is not None:
        guest.came_at = guest.came_at or came_at
        tell(tx, session)
        return {"member_id": member_id, "unit_id": None, "bodies": [], "came_at": guest.came_at, "left_at": None}
    found = tx.session.get(Attendance, (session.id, member_id))
    if found is None:
        found = Attendance(session_id=session.id, member_id=member_id, came_at=came_at, left_at=None)
        tx.session.add(found)
    found.left_at = None
    _note_presence(tx, session, found)
    return _row(seats, found)


def check_out(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that a delegate left. Raises `Refused` where the delegate has not come."""
    session = held_session_of(tx, request["session_id"])
    found = tx.session.get(Attendance, (session.id, request["member_id"]))
    refuse_first(rules.session_takes_people(session.state), rules.delegate_came(found is not None))
    assert found is not None
    found.left_at = found.left_at or tx.now
    _note_presence(tx, session, found)
    return _row(seats_at(tx, session, request["member_id"]), found)


def list_attendance(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the delegates, each once with all bodies, and when they came and left."""
    session = session_of(tx, request["session_id"])
    came = sa.and_(Attendance.session_id == session.id, Attendance.member_id == Delegate.member_id)
    statement = sa.select(Delegate, Attendance).outerjoin(Attendance, came)
    statement = statement.where(*_serves(tx, session, Delegate), Delegate.body == _first_body(tx, session))
    if request["unit_id"] is not None:
        statement = statement.where(Delegate.unit_id == request["unit_id"])
    there = sa.and_(Attendance.member_id.is_not(None), Attendance.left_at.is_(None))
    if request["show"] != "all":
        statement = statement.where(there if request["show"] == "present" else sa.not_(there))
    page = page_of(tx, statement, request, [(Delegate.unit_id, "asc"), (Delegate.id, "asc")])
    listed = [row.Delegate.member_id for row in page.rows]
    held = sa.select(Delegate).where(*_serves(tx, session, Delegate), Delegate.member_id.in_(listed))
    seats: dict[UUID, list[Delegate]] = {}
    for one in tx.session.scalars(held.order_by(Delegate.body)):
        seats.setdefault(one.member_id, []).append(one)
    return page.reply([_row(seats[row.Delegate.member_id], row.Attendance) for row in page.rows])


def _first_body(tx: Transaction, session: CongressSession) -> sa.ScalarSelect[str]:
    """Return the first body in which the member of the row serves."""
    other = aliased(Delegate)
    first = sa.select(sa.func.min(other.body)).where(
        *_serves(tx, session, other), other.member_id == Delegate.member_id
    )
    return first.correlate(Delegate).scalar_subquery()


def _serves(tx: Transaction, session: CongressSession, seat: type[Delegate]) -> tuple[sa.ColumnElement[bool], ...]:
    day = day_of(tx, session)
    return seat.congress_id == session.congress_id, seat.starts_on <= day, seat.last_day >= day


def require_quorum(tx: Transaction, session: CongressSession, bodies: list[str] | None = None) -> list[dict[str, Any]]:
    """Return the quorum now. Raises `Refused` where a body, or one of these, lacks delegates."""
    found = quorum_now(tx, session)
    missing = {one["body"]: one["missing"] for one in found if bodies is None or one["body"] in bodies}
    refusal = rules.quorum_is_there(missing)
    if refusal is not None:
        written = rule_in_force(tx, f"congress.{refusal.params['body']}.quorum", session.opens_on)
        refuse_first(sourced(refusal, written))
    return found


def present_members(tx: Transaction, session: CongressSession, body: str) -> list[UUID]:
    """Return the delegates of a body who are there."""
    there = sa.select(Attendance.member_id).where(
        Attendance.session_id == session.id,
        Attendance.left_at.is_(None),
        Attendance.member_id.in_(serving_members(tx, session.congress_id, body)),
    )
    return list(tx.session.scalars(there.order_by(Attendance.member_id)))


def _note_presence(tx: Transaction, session: CongressSession, found: Attendance) -> None:
    """Note in votes that go on who came or left, tell open pages, and once for each body that its quorum is reached."""
    tx.session.flush()
    voting = sa.select(Resolution.ballot_id).where(Resolution.session_id == session.id, Resolution.state == "voting")
    for ballot_id in tx.session.scalars(voting):
        if ballot_id is not None:
            mark_present(tx, ballot_id, [found.member_id], present=found.left_at is None)
    for one in quorum_now(tx, session):
        if not one["missing"] and one["body"] not in session.quorate:
            session.quorate = [*session.quorate, one["body"]]
            told = {name: one[name] for name in ("body", "delegates", "present", "needed")}
            tx.record(QuorumReached(session_id=session.id, congress_id=session.congress_id, **told))
    tell(tx, session)


def _row(seats: list[Delegate], found: Attendance | None) -> dict[str, Any]:
    return {
        "member_id": seats[0].member_id if seats else found.member_id if found else None,
        "unit_id": seats[0].unit_id if seats else None,
        "bodies": [one.body for one in seats],
        "came_at": found.came_at if found else None,
        "left_at": found.left_at if found else None,
    }
