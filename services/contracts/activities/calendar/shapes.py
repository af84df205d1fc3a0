"""Shapes of an activity: its kinds, states, audience, sessions and the whole resource."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Money, Schema, Text, Timestamp

ACTIVITY_KINDS = (
    "seminar", "lecture", "salon", "contest", "match", "sports", "choir", "ceremony", "newcomers_ceremony",
    "retirement_ceremony", "parent_child", "training", "trip", "care", "meeting", "congress", "examination",
    "donation", "social", "visit", "other",
)  # fmt: skip
"""Kinds of activity in a union's year; `newcomers_ceremony` is the one newcomers are invited to."""

ACTIVITY_STATES = ("draft", "scheduled", "held", "cancelled")
EMPLOYMENTS = ("established", "agency", "contract", "dispatched")
"""编制内, 人事代理, 合同制, 劳务派遣: the forms of employment, as in membership's events."""

CANCEL_REASONS = ("weather", "venue", "too_few", "organiser", "other")


class Audience(Schema):
    """对象 Who may register for an activity; an empty list means no restriction."""

    units = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    employments = fields.List(Choice(EMPLOYMENTS), load_default=list, validate=validate.Length(max=4))


class Session(Schema):
    """场次 One of several meetings of the same activity; a registration is for all of them."""

    title = Text(120, load_default=None, allow_none=True)
    place = Text(200, load_default=None, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)


class Activity(Schema):
    """活动 Something the union holds. Times are UTC; `seats_left` is null where seats are not limited.

    `version` counts changes of the activity itself, not its registrations.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True)
    kind = Choice(ACTIVITY_KINDS, required=True)
    summary = fields.String(allow_none=True)
    summary_en = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    sessions = fields.List(fields.Nested(Session), required=True)
    capacity = fields.Integer(allow_none=True)
    waiting_list = fields.Boolean(required=True)
    registration_opens_at = Timestamp(required=True)
    registration_closes_at = Timestamp(required=True)
    cancel_until = Timestamp(required=True)
    audience = fields.Nested(Audience, required=True)
    fee = Money(required=True)
    organiser_unit_id = fields.UUID(allow_none=True)
    plan_item_id = fields.UUID(allow_none=True)
    series_id = fields.UUID(allow_none=True)
    state = Choice(ACTIVITY_STATES, required=True)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True)
    scheduled_at = Timestamp(allow_none=True)
    cancel_reason_code = Choice(CANCEL_REASONS, allow_none=True)
    cancel_note = fields.String(allow_none=True)
    held_on = fields.Date(allow_none=True)
    attended = fields.Integer(allow_none=True)
    version = fields.Integer(required=True)


class FieldChange(Schema):
    """One field that changed, with the stored values."""

    field = fields.String(required=True)
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class ActivityChange(Schema):
    """One change of an activity: when, by whose account, why, and what."""

    at = Timestamp(required=True)
    by = fields.String(required=True)
    reason = fields.String(allow_none=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)
