"""Events of the calendar. Data of the activity only, never of a person."""

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema, Timestamp
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS, CANCEL_REASONS, Audience, Session

_ACTIVITY = "0190d5a0-0000-7000-8000-0000000000a1"
_PLAN_ITEM = "0190d5a0-0000-7000-8000-0000000000a2"


QUIET_CHANGES = (["audience"], ["options"])
"""Values of `changed` that are told to nobody: those who have a place keep it as it is."""


class ScheduledActivityData(Schema):
    """An activity, as other services may copy it. `seats_left` is null where seats are not limited."""

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True, load_default=None)
    kind = Choice(ACTIVITY_KINDS, required=True)
    summary = fields.String(allow_none=True, load_default=None)
    summary_en = fields.String(allow_none=True, load_default=None)
    place = fields.String(allow_none=True, load_default=None)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    sessions = fields.List(fields.Nested(Session), load_default=list)
    capacity = fields.Integer(allow_none=True, load_default=None)
    waiting_list = fields.Boolean(required=True)
    registration_opens_at = Timestamp(required=True)
    registration_closes_at = Timestamp(required=True)
    cancel_until = Timestamp(required=True)
    audience = fields.Nested(Audience, required=True)
    fee = Money(required=True)
    organiser_unit_id = fields.UUID(allow_none=True, load_default=None)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    series_id = fields.UUID(allow_none=True, load_default=None)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True, load_default=None)
    waiting = fields.Integer(required=True)
    scheduled_at = Timestamp(required=True)
    version = fields.Integer(required=True)


class EventScheduled(Event, source="activities"):
    """An activity is announced: what, where, when, for whom, and when one can register for it."""

    subject = "activity/{activity_id}"
    data = ScheduledActivityData
    example = {
        "activity_id": _ACTIVITY, "title": "第五届教职工大合唱", "title_en": "Fifth staff choir contest",
        "kind": "choir", "summary": "各分工会组队，每队四十人。", "summary_en": "One choir of forty from each unit.",
        "place": "音乐厅",
        "starts_at": "2023-09-26T06:00:00+00:00", "ends_at": "2023-09-26T09:00:00+00:00",
        "sessions": [], "capacity": 400, "waiting_list": True,
        "registration_opens_at": "2023-09-01T00:00:00+00:00", "registration_closes_at": "2023-09-20T10:00:00+00:00",
        "cancel_until": "2023-09-20T10:00:00+00:00", "audience": {"units": [], "employments": []}, "fee": "0.00",
        "organiser_unit_id": None, "plan_item_id": _PLAN_ITEM, "series_id": None,
        "seats_taken": 0, "seats_left": 400, "waiting": 0,
        "scheduled_at": "2023-08-28T02:00:00+00:00", "version": 1,
    }  # fmt: skip


class EventRescheduledData(ScheduledActivityData):
    """The activity as it is now, and the names of the fields that changed."""

    changed = fields.List(fields.String(), required=True)


class EventRescheduled(Event, source="activities"):
    """An announced activity changed: its time, place, seats, audience or texts; the data is the new state."""

    subject = "activity/{activity_id}"
    data = EventRescheduledData
    example = {
        **EventScheduled.example, "capacity": 450, "seats_left": 450, "version": 2, "changed": ["capacity"],
    }  # fmt: skip


class EventCancelledData(Schema):
    """Which activity will not take place, and the kind of reason; the text of the reason is not in the event."""

    activity_id = fields.UUID(required=True)
    reason_code = Choice(CANCEL_REASONS, required=True)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    registrations = fields.Integer(required=True)
    version = fields.Integer(required=True)


class EventCancelled(Event, source="activities"):
    """An announced activity will not take place; a `registration_cancelled` follows for each of its registrations."""

    subject = "activity/{activity_id}"
    data = EventCancelledData
    example = {
        "activity_id": _ACTIVITY, "reason_code": "weather", "plan_item_id": _PLAN_ITEM, "registrations": 212,
        "version": 3,
    }  # fmt: skip


class EventHeldData(Schema):
    """Which activity took place, on which day, and how many took part, where they were counted."""

    activity_id = fields.UUID(required=True)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    held_on = fields.Date(required=True)
    attended = fields.Integer(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class EventHeld(Event, source="activities"):
    """An activity took place; sent again when the day or the count is corrected."""

    subject = "activity/{activity_id}"
    data = EventHeldData
    example = {
        "activity_id": _ACTIVITY, "plan_item_id": _PLAN_ITEM, "held_on": "2023-09-26", "attended": 386,
        "version": 3,
    }  # fmt: skip
