"""Asking to leave the union, and taking it back. Declaring it is a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.principal import require_member
from services.contracts.membership.standing.operations import LeaveEnded, LeaveRequested
from services.membership.record.use_cases.standing import Member, get_member_for_update
from services.membership.standing import rules
from services.membership.standing.tables import LeaveRequest


def request_leave(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A member asks to leave; the membership stays in force until an officer declares it ended."""
    member = get_member_for_update(tx, require_member(tx.principal, "Only a member can leave."))
    refuse_first(rules.member_may_ask_to_leave(member.standing, open_request(tx, member.id) is not None))
    leave = LeaveRequest(
        member_id=member.id, state="requested", reason=request["reason"] or None, requested_at=tx.now, ended_at=None
    )
    tx.session.add(leave)
    tx.session.flush()
    tx.record(LeaveRequested(leave_id=leave.id, member_id=member.id, unit_id=member.unit_id))
    return leave_shown(leave, member)


def take_back_leave(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Withdraw the own request to leave."""
    found = tx.get(LeaveRequest, request["leave_id"], "There is no such request.", field="leave_id")
    if found.member_id != tx.principal.member_id:
        raise NotAllowed("This is somebody else's request.", rule="own_record")
    member = get_member_for_update(tx, found.member_id)
    leave = tx.session.get_one(LeaveRequest, found.id, with_for_update=True)
    refuse_first(rules.leave_is_open(leave.state))
    leave.state, leave.ended_at = "taken_back", tx.now
    tx.record(LeaveEnded(leave_id=leave.id, member_id=member.id, unit_id=member.unit_id, outcome="taken_back"))
    return leave_shown(leave, member)


def list_leave_requests(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of requests to leave, oldest first; who holds no office sees the own ones."""
    conditions: list[sa.ColumnElement[bool]] = []
    if not tx.principal.has("officer", "auditor"):
        conditions.append(LeaveRequest.member_id == tx.principal.member_id)
    if request["state"] is not None:
        conditions.append(LeaveRequest.state == request["state"])
    if request["ids"] is not None:
        conditions.append(LeaveRequest.id.in_(request["ids"]))
    listed = sa.select(LeaveRequest, Member).join(Member, Member.id == LeaveRequest.member_id).where(*conditions)
    page = page_of(tx, listed, request, [(LeaveRequest.id, "asc")])
    total = None
    if request["with_total"]:
        total = tx.session.scalar(sa.select(sa.func.count(LeaveRequest.id)).where(*conditions))
    sees = tx.principal.has("officer")
    items = [
        leave_shown(leave, member, plain=sees or member.id == tx.principal.member_id) for leave, member in page.rows
    ]
    return page.reply(items, total=total)


def open_request(tx: Transaction, member_id: UUID) -> LeaveRequest | None:
    """Return the request to leave that is under way."""
    statement = sa.select(LeaveRequest).where(LeaveRequest.member_id == member_id, LeaveRequest.state == "requested")
    return tx.session.scalars(statement).one_or_none()


def leave_shown(leave: LeaveRequest, member: Member, *, plain: bool = True) -> dict[str, Any]:
    """Return a request to leave, its reason only where it may be seen."""
    return {
        "id": leave.id,
        "member_id": member.id,
        "member_name": member.name,
        "number": member.number,
        "unit_id": member.unit_id,
        "state": leave.state,
        "reason": leave.reason if plain else None,
        "requested_at": leave.requested_at,
    }
