"""Events of the renewal of a term: ids, days and figures."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Event, Schema

_RENEWAL = {
    "congress_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601", "number": 6, "ends_on": "2028-03-19", "items": 12,
    "done": 0, "late": 0, "next_due_on": "2027-10-07", "over": False,
}  # fmt: skip


class RenewalData(Schema):
    """How far a renewal is: items, those done and those late; the next last day; whether the term was ended."""

    congress_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    ends_on = fields.Date(required=True)
    items = fields.Integer(required=True)
    done = fields.Integer(required=True)
    late = fields.Integer(required=True)
    next_due_on = fields.Date(required=True, allow_none=True)
    over = fields.Boolean(required=True)


class RenewalOpened(Event, source="governance"):
    """A term comes to its end, and its renewal has a checklist."""

    subject = "congress_renewal/{congress_id}"
    data = RenewalData
    example = _RENEWAL


class RenewalChanged(Event, source="governance"):
    """Items of a renewal were done, added or moved, or its term was ended."""

    subject = "congress_renewal/{congress_id}"
    data = RenewalData
    example = {**_RENEWAL, "done": 1, "next_due_on": "2027-10-16"}


class RenewalLate(Event, source="governance"):
    """The last day of an item of a renewal has passed, and it is not done."""

    subject = "congress_renewal/{congress_id}"
    data = RenewalData
    example = {**_RENEWAL, "late": 1}
