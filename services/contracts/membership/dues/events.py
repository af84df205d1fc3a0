"""What is announced about dues: ids, months and sums. Never what one person earns, owes or paid.

Sums of a unit are told from five payers on; smaller ones are told together, without the unit.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.membership.dues.vocabulary import CHANNELS, Month

_ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0a01"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class DuesChargedData(Schema):
    """Which month, by which job, how many members."""

    job_id = fields.UUID(required=True)
    month = Month(required=True)
    members = fields.Integer(required=True)


class DuesCharged(Event):
    """A month's dues fell due: everybody who owes them was charged."""

    source = "membership"
    type = "dues_charged"
    subject = "dues/{month}"
    data = DuesChargedData
    example = {"job_id": _ID, "month": "2026-03", "members": 2100}


class DuesOfUnit(Schema):
    """What came in from one unit; without `unit_id`, from units with fewer than five payers together."""

    unit_id = fields.UUID(allow_none=True, load_default=None)
    payments = fields.Integer(required=True)
    amount = Money(required=True)


class DuesCollectedData(Schema):
    """One posting: for which month, received on which day and way, how much in all and by unit."""

    posting_id = fields.UUID(required=True)
    month = Month(required=True)
    received_on = fields.Date(required=True)
    channel = Choice(CHANNELS, required=True)
    payments = fields.Integer(required=True)
    amount = Money(required=True)
    units = fields.List(fields.Nested(DuesOfUnit), required=True)


class DuesCollected(Event):
    """Dues came in and were posted: income of the union's funds, once for every posting."""

    source = "membership"
    type = "dues_collected"
    subject = "dues/{month}"
    data = DuesCollectedData
    example = {"posting_id": _ID, "month": "2026-03", "received_on": "2026-03-15", "channel": "payroll",
               "payments": 98, "amount": "1902.35",
               "units": [{"unit_id": _UNIT, "payments": 96, "amount": "1869.10"},
                         {"unit_id": None, "payments": 2, "amount": "33.25"}]}  # fmt: skip


class DuesRefundedData(Schema):
    """One amount given back or taken out again: for which month, on which day, why in one word."""

    posting_id = fields.UUID(required=True)
    month = Month(required=True)
    refunded_on = fields.Date(required=True)
    kind = Choice(("refund", "reversal"), required=True)
    amount = Money(required=True)


class DuesRefunded(Event):
    """Dues were given back after two officers agreed, or a payment recorded by mistake was undone."""

    source = "membership"
    type = "dues_refunded"
    subject = "dues/{month}"
    data = DuesRefundedData
    example = {"posting_id": _ID, "month": "2026-03", "refunded_on": "2026-04-02", "kind": "refund",
               "amount": "17.40"}  # fmt: skip


class DuesRemindedData(Schema):
    """Who is to be reminded that dues are owed."""

    member_id = fields.UUID(required=True)


class DuesReminded(Event):
    """A member was reminded that dues are owed; what and how much he sees on his own page."""

    source = "membership"
    type = "dues_reminded"
    subject = "member_dues/{member_id}"
    data = DuesRemindedData
    example = {"member_id": _MEMBER}


class DuesSettledData(Schema):
    """Who owes nothing any more."""

    member_id = fields.UUID(required=True)


class DuesSettled(Event):
    """A member who had been reminded owes nothing any more.

    It tells a person, and `dues_collected` of a single payment an amount. So it begins a story of its own: neither
    `correlationid` nor `causationid` nor `traceparent` leads from one to the other. Their times lie together all the
    same: whoever may hear both types can guess, so a subscriber from outside is to be given one of them.
    """

    source = "membership"
    type = "dues_settled"
    subject = "member_dues/{member_id}"
    data = DuesSettledData
    example = {"member_id": _MEMBER}
