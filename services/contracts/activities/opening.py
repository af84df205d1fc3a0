"""The opening of registration: one event by the clock, and reminders to who asked for one."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Event, Schema, Timestamp, command

_ACTIVITY = "0190d5a0-0000-7000-8000-0000000000a1"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class RegistrationOpenedData(Schema):
    """Which activity, from when until when one can register; `seats_left` is null where there is no limit."""

    activity_id = fields.UUID(required=True)
    opens_at = Timestamp(required=True)
    closes_at = Timestamp(required=True)
    seats_left = fields.Integer(allow_none=True, load_default=None)


class RegistrationOpened(Event, source="activities"):
    """Registration for an announced activity has opened; sent once, when the time has come."""

    subject = "activity/{activity_id}"
    data = RegistrationOpenedData
    example = {
        "activity_id": _ACTIVITY, "opens_at": "2023-09-01T00:00:00+00:00", "closes_at": "2023-09-20T10:00:00+00:00",
        "seats_left": 400,
    }  # fmt: skip


class OpeningRemindedData(Schema):
    """Who asked to be told that registration has opened."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class OpeningReminded(Event, source="activities"):
    """Registration has opened, and this member asked to be told."""

    subject = "activity/{activity_id}"
    data = OpeningRemindedData
    example = {"activity_id": _ACTIVITY, "member_id": _MEMBER}


class RemindMe(Schema):
    """Ask to be told when registration opens, or not any more."""

    activity_id = fields.UUID(required=True)
    wanted = fields.Boolean(required=True)


class Reminder(Schema):
    """Whether the member is told when registration opens, and when that is."""

    activity_id = fields.UUID(required=True)
    wanted = fields.Boolean(required=True)
    opens_at = Timestamp(required=True)


remind_me = command(
    "activities", "remind_me", request=RemindMe, reply=Reminder, allow=("member",),
    doc="Be told when registration for an activity opens.", title="报名开始时提醒我",
)  # fmt: skip
