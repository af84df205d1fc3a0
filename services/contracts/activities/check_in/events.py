"""Events of check-in and attendance: ids and counts, never names."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Event, Schema

_ACTIVITY = "0190d5a0-0000-7000-8000-0000000000a1"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class AttendanceRecordedData(Schema):
    """How many were expected and came, when the list was closed.

    `expected` had a seat; of them `absent` did not come and `excused` said why. `walk_ins` and `flagged` are among the
    `present`: who came without a registration, and who came though theirs had ended or was not confirmed. `people` are
    the present with their `companions`.
    """

    activity_id = fields.UUID(required=True)
    plan_item_id = fields.UUID(required=True, allow_none=True)
    expected = fields.Integer(required=True)
    present = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    excused = fields.Integer(required=True)
    walk_ins = fields.Integer(required=True)
    flagged = fields.Integer(required=True)
    companions = fields.Integer(required=True)
    people = fields.Integer(required=True)


class AttendanceRecorded(Event, source="activities"):
    """The organiser closed the list of who attended an activity; sent again when it was opened and closed again."""

    subject = "activity/{activity_id}"
    data = AttendanceRecordedData
    example = {
        "activity_id": _ACTIVITY, "plan_item_id": "0190d5a0-0000-7000-8000-0000000000a2", "expected": 120,
        "present": 113, "absent": 8, "excused": 3, "walk_ins": 4, "flagged": 1, "companions": 15, "people": 128,
    }  # fmt: skip


class DeskHelperNamedData(Schema):
    """Which member checks people in at which activity."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class DeskHelperNamed(Event, source="activities"):
    """An organiser named a member who checks people in at an activity."""

    subject = "activity/{activity_id}"
    data = DeskHelperNamedData
    example = {"activity_id": _ACTIVITY, "member_id": _MEMBER}
