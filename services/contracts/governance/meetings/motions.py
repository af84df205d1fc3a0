"""Motions: what somebody wants a body to discuss, until it stands on an agenda and is decided."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    labelled,
    query,
)
from services.contracts.governance.meetings.vocabulary import MEETING_FIELDS, MOTION_STATES, MOTIONS_SHOWN
from services.contracts.ids import ids_filter


class MotionRef(Schema):
    """One motion by id."""

    motion_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class SubmitMotion(Schema):
    """A motion to a body, by an officer, a chair of a unit or a member of the body; its text is stored encrypted."""

    body_id = fields.UUID(required=True)
    title = Line(100, 2, required=True)
    text = Text(4000, 5, required=True)


@labelled(MEETING_FIELDS)
class DeclineMotion(MotionRef):
    """Why a motion is not put on an agenda."""

    reason = Text(500, 2, required=True)


@labelled(MEETING_FIELDS)
class ListMotions(PageRequest):
    """Which motions: those that wait first, the latest first. A member sees the own ones."""

    show = Choice(MOTIONS_SHOWN, load_default="open")
    body_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(MOTION_STATES, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    ids = ids_filter()


@labelled(MEETING_FIELDS)
class Motion(Schema):
    """议题 A motion in a list."""

    id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    body_name = fields.String(required=True)
    title = fields.String(required=True)
    proposer_id = fields.UUID(required=True, allow_none=True)
    state = Choice(MOTION_STATES, required=True)
    submitted_at = Timestamp(required=True)
    meeting_id = fields.UUID(load_default=None, allow_none=True)
    decision_id = fields.UUID(load_default=None, allow_none=True)


@labelled(MEETING_FIELDS)
class MotionDetail(Motion):
    """One motion with its text, why it was declined, and what the caller may do now."""

    text = fields.String(required=True)
    reason = fields.String(load_default=None, allow_none=True)
    actions = fields.List(fields.String(), required=True)


submit_motion = command(
    "governance", "submit_motion", request=SubmitMotion, reply=Motion, allow=("officer", "chair", "member"),
    doc="Move that a body discusses something: officers, chairs of units, members of the body.", title="提出议题",
)  # fmt: skip
list_motions = query(
    "governance", "list_motions", request=ListMotions, reply=Page(Motion),
    allow=("officer", "chair", "auditor", "member"),
    doc="Motions; a chair sees those of the own unit's bodies, a member the own ones.", title="查看议题",
)  # fmt: skip
get_motion = query(
    "governance", "get_motion", request=MotionRef, reply=MotionDetail, allow=("officer", "chair", "auditor", "member"),
    doc="One motion.", title="查看一项议题",
)  # fmt: skip
decline_motion = command(
    "governance", "decline_motion", request=DeclineMotion, reply=Motion, allow=("officer", "chair"),
    doc="Decline a motion with the reason, which its proposer is told.", title="不采纳议题",
)  # fmt: skip
withdraw_motion = command(
    "governance", "withdraw_motion", request=MotionRef, reply=Motion, allow=("officer", "chair", "member"),
    doc="Withdraw one's own motion before it is decided.", title="撤回议题",
)  # fmt: skip
