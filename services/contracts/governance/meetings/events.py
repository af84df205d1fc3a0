"""Events of meetings: ids, states and times; what is said and written in a meeting is in none."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.governance.meetings.vocabulary import ACTION_STATES, MOTION_STATES, OUTCOMES

_ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f1{:03d}"
_MEETING, _BODY, _UNIT, _MEMBER, _OTHER = (_ID.format(number) for number in range(1, 6))
_MOTION, _DECISION, _ACTION = (_ID.format(number) for number in range(6, 9))


class MotionData(Schema):
    """Which motion to which body, by whom, and where it stands; `unit_id` of a unit's body."""

    motion_id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    proposer_id = fields.UUID(required=True, allow_none=True)
    state = Choice(MOTION_STATES, required=True)


_MOTION_EXAMPLE: dict[str, Any] = {
    "motion_id": _MOTION, "body_id": _BODY, "unit_id": _UNIT, "proposer_id": _MEMBER, "state": "submitted",
}  # fmt: skip


class MotionSubmitted(Event, source="governance"):
    """Somebody moved that a body discusses something."""

    subject = "motion/{motion_id}"
    data = MotionData
    example = _MOTION_EXAMPLE


class MotionMoved(Event, source="governance"):
    """A motion was put on an agenda, taken off, declined, withdrawn, postponed or decided."""

    subject = "motion/{motion_id}"
    data = MotionData
    example = {**_MOTION_EXAMPLE, "state": "placed"}


class MotionDecidedData(Schema):
    """What a meeting decided: the decision, its number, the motion it was about, where one was, and the outcome."""

    decision_id = fields.UUID(required=True)
    number = fields.String(required=True)
    meeting_id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    motion_id = fields.UUID(required=True, allow_none=True)
    outcome = Choice(OUTCOMES, required=True)
    replaces_id = fields.UUID(required=True, allow_none=True)


_DECIDED: dict[str, Any] = {
    "decision_id": _DECISION, "number": "2026-0007", "meeting_id": _MEETING, "body_id": _BODY, "unit_id": _UNIT,
    "motion_id": _MOTION, "outcome": "passed", "replaces_id": None,
}  # fmt: skip


class MotionDecided(Event, source="governance"):
    """A meeting decided on an item of its agenda."""

    subject = "decision/{decision_id}"
    data = MotionDecidedData
    example = _DECIDED


class DecisionVoided(Event, source="governance"):
    """A decision recorded wrongly was voided; what it replaced is in force again."""

    subject = "decision/{decision_id}"
    data = MotionDecidedData
    example = _DECIDED


class MeetingData(Schema):
    """Which meeting of which body, when, and who has a seat in it."""

    meeting_id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    member_ids = fields.List(fields.UUID(), required=True)


_HELD: dict[str, Any] = {
    "meeting_id": _MEETING, "body_id": _BODY, "unit_id": _UNIT, "starts_at": "2026-03-12T06:00:00+00:00",
    "ends_at": "2026-03-12T08:00:00+00:00", "member_ids": [_MEMBER, _OTHER],
}  # fmt: skip


class MeetingConvened(Event, source="governance"):
    """A meeting was called; those with a seat are asked to come. Also for somebody who got a seat after the call."""

    subject = "meeting/{meeting_id}"
    data = MeetingData
    example = _HELD


class MeetingMoved(Event, source="governance"):
    """A meeting that was called takes place at another time or place."""

    subject = "meeting/{meeting_id}"
    data = MeetingData
    example = {**_HELD, "starts_at": "2026-03-13T06:00:00+00:00", "ends_at": "2026-03-13T08:00:00+00:00"}


class MeetingCancelled(Event, source="governance"):
    """A meeting that was called does not take place."""

    subject = "meeting/{meeting_id}"
    data = MeetingData
    example = _HELD


class MinutesData(Schema):
    """Which meeting's minutes, who presides, and who may read them."""

    meeting_id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    chair_id = fields.UUID(required=True, allow_none=True)
    member_ids = fields.List(fields.UUID(), required=True)


_MINUTES: dict[str, Any] = {
    "meeting_id": _MEETING, "body_id": _BODY, "unit_id": _UNIT, "chair_id": _MEMBER, "member_ids": [_MEMBER, _OTHER],
}  # fmt: skip


class MinutesCirculated(Event, source="governance"):
    """The minutes of a meeting are to be read by its members and approved by who presided."""

    subject = "meeting/{meeting_id}"
    data = MinutesData
    example = _MINUTES


class MinutesReturned(Event, source="governance"):
    """The minutes of a meeting are to be corrected before they are approved."""

    subject = "meeting/{meeting_id}"
    data = MinutesData
    example = _MINUTES


class MinutesApproved(Event, source="governance"):
    """The minutes of a meeting were approved and change no more."""

    subject = "meeting/{meeting_id}"
    data = MinutesData
    example = _MINUTES


class ActionItemData(Schema):
    """Which action item of which meeting, whose, until when, and where it stands."""

    action_item_id = fields.UUID(required=True)
    meeting_id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)
    state = Choice(ACTION_STATES, required=True)


_ACTION_EXAMPLE: dict[str, Any] = {
    "action_item_id": _ACTION, "meeting_id": _MEETING, "owner_id": _MEMBER, "due_on": "2026-04-10", "state": "open",
}  # fmt: skip


class ActionItemAssigned(Event, source="governance"):
    """Somebody is to do something after a meeting; again with another owner or day, or taken up again."""

    subject = "action_item/{action_item_id}"
    data = ActionItemData
    example = _ACTION_EXAMPLE


class ActionItemClosed(Event, source="governance"):
    """An action item is done, or done no more."""

    subject = "action_item/{action_item_id}"
    data = ActionItemData
    example = {**_ACTION_EXAMPLE, "state": "done"}


class ActionItemDueData(ActionItemData):
    """The same, and whether its day has passed."""

    overdue = fields.Boolean(required=True)


class ActionItemDue(Event, source="governance"):
    """The day of an open action item is near, or has passed; once each for every day it is given."""

    subject = "action_item/{action_item_id}"
    data = ActionItemDueData
    example = {**_ACTION_EXAMPLE, "overdue": False}
