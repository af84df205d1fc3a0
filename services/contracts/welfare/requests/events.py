"""Events of requests: ids, states and days. Counselling has none: nothing of it may be left."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.welfare.requests.vocabulary import REQUEST_STATES

_EXAMPLE = {
    "request_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0401", "type_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0402",
    "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003",
    "handler_member_id": None, "state": "submitted", "step": 0, "due_on": "2026-03-04",
}  # fmt: skip


class RequestData(Schema):
    """Which request of whom, who handles it, its state, and by when the step is to be done."""

    request_id = fields.UUID(required=True)
    type_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    handler_member_id = fields.UUID(required=True, allow_none=True)
    state = Choice(REQUEST_STATES, required=True)
    step = fields.Integer(required=True)
    due_on = fields.Date(required=True, allow_none=True)


class RequestSubmitted(Event, source="welfare"):
    """A member submitted a request."""

    subject = "request/{request_id}"
    data = RequestData
    example = _EXAMPLE


class RequestMoved(Event, source="welfare"):
    """A request was accepted, came to its next step, or ended."""

    subject = "request/{request_id}"
    data = RequestData
    example = {**_EXAMPLE, "state": "in_step", "step": 2, "due_on": "2026-03-18"}


class RequestOverdue(Event, source="welfare"):
    """The last day of a request's step passed. Once for each step."""

    subject = "request/{request_id}"
    data = RequestData
    example = _EXAMPLE
