"""Ending and restoring memberships (退会、自动退会、除名、去世、恢复): decisions, requests to leave, standing.

Belongs here: operations and events of a member's standing. Not: transfers (transfer), retirement (retirement), shapes
(`shapes`).
"""

from marshmallow import fields

from services.chassis.schema import Event, Page, Schema, command, query
from services.contracts.membership.standing.shapes import (
    LeaveFilter,
    LeaveRef,
    LeaveRequest,
    MemberStanding,
    MemberStandingRequest,
    RecordDecision,
    ReinstateMember,
    RequestLeave,
    StandingChange,
    StandingChangeFilter,
)

_SEES = ("member", "chair", "officer", "auditor")

member_standing = query(
    "membership", "member_standing", request=MemberStandingRequest, reply=MemberStanding, allow=_SEES,
    doc="Where a membership stands, what is kept and what has ended; the own one when no member is named.",
    title="查看会籍状态",
)  # fmt: skip
list_standing_changes = query(
    "membership", "list_standing_changes", request=StandingChangeFilter, reply=Page(StandingChange), allow=_SEES,
    doc="Changes of standing with their decisions, newest first; a chair sees the own unit's without reasons.",
    title="查看会籍变动",
)  # fmt: skip
record_decision = command(
    "membership", "record_decision", request=RecordDecision, reply=StandingChange, allow=("officer",),
    doc="Record the decision that ends a membership: withdrawal, deemed withdrawal, expulsion, death.",
    title="登记终止会籍的决定",
)  # fmt: skip
reinstate_member = command(
    "membership", "reinstate_member", request=ReinstateMember, reply=StandingChange, allow=("officer",),
    doc="Undo a wrong end of a membership: number, unit and history as they were.", title="恢复会籍",
)  # fmt: skip
request_leave = command(
    "membership", "request_leave", request=RequestLeave, reply=LeaveRequest, allow=("member",),
    doc="Ask to leave the union oneself; an officer declares it with the decision record.", title="申请退会",
)  # fmt: skip
take_back_leave = command(
    "membership", "take_back_leave", request=LeaveRef, reply=LeaveRequest, allow=("member",),
    doc="Take the own request to leave back before it is declared.", title="撤回退会申请",
)  # fmt: skip
list_leave_requests = query(
    "membership", "list_leave_requests", request=LeaveFilter, reply=Page(LeaveRequest),
    allow=("member", "officer", "auditor"), doc="Requests to leave, oldest first; a member sees the own ones.",
    title="查看退会申请",
)  # fmt: skip

_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"


class StandingData(Schema):
    """Which member of which unit, the new standing, from which day. Never a reason."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    standing = fields.String(required=True)
    on = fields.Date(required=True)


class MemberLeft(Event, source="membership"):
    """A membership ended: withdrawn, deemed_withdrawn, expelled or deceased. Posts, transfers, claims end with it."""

    subject = "member/{member_id}"
    data = StandingData
    example = {"member_id": _MEMBER, "unit_id": _UNIT, "standing": "withdrawn", "on": "2023-09-01"}


class MemberReinstated(Event, source="membership"):
    """The end of a membership was undone as wrong; it is in force again, without former posts and registrations."""

    subject = "member/{member_id}"
    data = StandingData
    example = {"member_id": _MEMBER, "unit_id": _UNIT, "standing": "active", "on": "2023-09-20"}


class LeaveData(Schema):
    """Which request of which member of which unit."""

    leave_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class LeaveRequested(Event, source="membership"):
    """A member asked to leave the union; an officer has to declare it."""

    subject = "leave/{leave_id}"
    data = LeaveData
    example = {"leave_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0031", "member_id": _MEMBER, "unit_id": _UNIT}


class LeaveEndedData(LeaveData):
    """The outcome of the request: declared, taken_back or lapsed."""

    outcome = fields.String(required=True)


class LeaveEnded(Event, source="membership"):
    """A request to leave was declared, taken back, or lapsed because the membership changed in another way."""

    subject = "leave/{leave_id}"
    data = LeaveEndedData
    example = {**LeaveRequested.example, "outcome": "declared"}
