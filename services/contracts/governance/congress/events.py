"""Events of the congress: ids, days and figures."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.governance.congress.vocabulary import BODIES, DELEGATE_ENDS, DELEGATE_SOURCES

_CONGRESS = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601"
_DELEGATE = {
    "delegate_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0602", "congress_id": _CONGRESS, "body": "staff_congress",
    "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003",
    "starts_on": "2023-03-20",
}  # fmt: skip


class DelegateElectedData(Schema):
    """Who has a seat in which body for which unit, from when to when, both days inclusive."""

    delegate_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    source = Choice(DELEGATE_SOURCES, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class DelegateElected(Event, source="governance"):
    """A member was elected to a seat of the congress."""

    subject = "congress_delegate/{delegate_id}"
    data = DelegateElectedData
    example = {**_DELEGATE, "source": "record", "ends_on": "2028-03-19"}


class DelegateTermChangedData(Schema):
    """A seat as it is after its congress got another last day, or its unit was merged into another."""

    delegate_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class DelegateTermChanged(Event, source="governance"):
    """The last day of a seat changed with that of its congress, or its unit with a merger."""

    subject = "congress_delegate/{delegate_id}"
    data = DelegateTermChangedData
    example = {**_DELEGATE, "ends_on": "2028-06-30"}


class DelegateEndedData(DelegateTermChangedData):
    """A seat that ended, its last day, and why; `mistake`: it was never held, and ends the day before it begins.

    `still_serves`: the member has a seat in another body of the same congress, and is called to its sessions.
    """

    reason = Choice(DELEGATE_ENDS, required=True)
    still_serves = fields.Boolean(load_default=False)


class DelegateEnded(Event, source="governance"):
    """A seat of the congress ended before its term; the unit that elected fills it again."""

    subject = "congress_delegate/{delegate_id}"
    data = DelegateEndedData
    example = {**_DELEGATE, "ends_on": "2025-08-31", "reason": "resigned", "still_serves": False}


class UnitSeatsChangedData(Schema):
    """How many seats a unit has in a body, and how many of them are vacant; 0 and 0 where it elects no longer."""

    seats_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    unit_id = fields.UUID(required=True)
    seats = fields.Integer(required=True)
    vacant = fields.Integer(required=True)


class UnitSeatsChanged(Event, source="governance"):
    """A unit's seats in the congress, or those that are vacant, changed."""

    subject = "congress_seats/{seats_id}"
    data = UnitSeatsChangedData
    example = {
        "seats_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0603", "congress_id": _CONGRESS, "body": "staff_congress",
        "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003", "seats": 9, "vacant": 1,
    }  # fmt: skip
