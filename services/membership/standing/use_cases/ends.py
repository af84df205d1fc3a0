"""The end of a membership and all that ends with it, in one transaction. Other services follow `member_left`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.membership.standing.operations import LeaveEnded, MemberLeft
from services.membership.organisation.use_cases import leaving
from services.membership.record.use_cases.standing import Member, set_standing
from services.membership.standing.tables import LeaveRequest, StandingChange
from services.membership.standing.use_cases import changes
from services.membership.transfer.use_cases.ending import lapse_open


def end_membership(
    tx: Transaction, member: Member, kind: str, new_standing: str, on: date, decision: Mapping[str, Any] | None = None
) -> StandingChange:
    """End a held membership: transfer, posts and request to leave end, the change is kept, `member_left` announced."""
    lapse_open(tx, member, "membership_ended")
    leaving.end_posts(tx, member.id, tx.today, "membership ended")
    end_leave_request(tx, member, "declared" if kind == "withdrawal" else "lapsed")
    change = changes.note(tx, member, kind, new_standing, on, decision)
    set_standing(tx, member, new_standing, kind, left_on=on)
    tx.record(MemberLeft(member_id=member.id, unit_id=member.unit_id, standing=new_standing, on=on))
    tx.session.flush()
    return change


def end_by_transfer_out(tx: Transaction, member: Member, on: date, other_union: str) -> None:
    """End the membership of a member who goes to another union; the standing becomes withdrawn."""
    decision = {"reason": other_union}
    end_membership(tx, member, "transfer_out", "withdrawn", on, decision)


def end_leave_request(tx: Transaction, member: Member, outcome: str) -> None:
    """End the request to leave that is under way, if one is."""
    statement = sa.select(LeaveRequest).where(LeaveRequest.member_id == member.id, LeaveRequest.state == "requested")
    leave = tx.session.scalars(statement.with_for_update()).one_or_none()
    if leave is None:
        return
    leave.state, leave.ended_at = outcome, tx.now
    tx.record(LeaveEnded(leave_id=leave.id, member_id=member.id, unit_id=member.unit_id, outcome=outcome))
