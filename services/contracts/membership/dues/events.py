"""Events of dues: ids, months and sums. Never what one person earns, owes or paid.

Sums of a unit are given from five payers on; smaller ones are added together, without the unit.
"""

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.membership.dues.vocabulary import CHANNELS, PAYMENT_KINDS, Month

_ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0a01"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class DuesChargedData(Schema):
    """Which month, by which job, how many members."""

    job_id = fields.UUID(required=True)
    month = Month(required=True)
    members = fields.Integer(required=True)


class DuesCharged(Event, source="membership"):
    """The dues of a month were charged to all members who owe them."""

    subject = "dues/{month}"
    data = DuesChargedData
    example = {"job_id": _ID, "month": "2026-03", "members": 2100}


class DuesOfUnit(Schema):
    """The sum received from one unit; without `unit_id`, from all units with fewer than five payers."""

    unit_id = fields.UUID(allow_none=True, load_default=None)
    payments = fields.Integer(required=True)
    amount = Money(required=True)


class DuesCollectedData(Schema):
    """One posting: for which month, received on which day and in which way, the total and the sums by unit."""

    posting_id = fields.UUID(required=True)
    month = Month(required=True)
    received_on = fields.Date(required=True)
    channel = Choice(CHANNELS, required=True)
    payments = fields.Integer(required=True)
    amount = Money(required=True)
    units = fields.List(fields.Nested(DuesOfUnit), required=True)


class DuesCollected(Event, source="membership"):
    """Dues were received and posted: income of the union's funds, one event for each posting."""

    subject = "dues/{month}"
    data = DuesCollectedData
    example = {"posting_id": _ID, "month": "2026-03", "received_on": "2026-03-15", "channel": "payroll",
               "payments": 98, "amount": "1902.35",
               "units": [{"unit_id": _UNIT, "payments": 96, "amount": "1869.10"},
                         {"unit_id": None, "payments": 2, "amount": "33.25"}]}  # fmt: skip


class DuesRefundedData(Schema):
    """One amount refunded or reversed: for which month, on which day, the kind of reason."""

    posting_id = fields.UUID(required=True)
    month = Month(required=True)
    refunded_on = fields.Date(required=True)
    kind = Choice(PAYMENT_KINDS.only("refund", "reversal"), required=True)
    amount = Money(required=True)


class DuesRefunded(Event, source="membership"):
    """Dues were refunded after two officers agreed, or a payment recorded by mistake was reversed."""

    subject = "dues/{month}"
    data = DuesRefundedData
    example = {"posting_id": _ID, "month": "2026-03", "refunded_on": "2026-04-02", "kind": "refund",
               "amount": "17.40"}  # fmt: skip


class DuesRemindedData(Schema):
    """Who is to be reminded that dues are owed."""

    member_id = fields.UUID(required=True)


class DuesReminded(Event, source="membership"):
    """A member was reminded that dues are owed; months and amounts are shown on the member's own page only."""

    subject = "member_dues/{member_id}"
    data = DuesRemindedData
    example = {"member_id": _MEMBER}


class DuesSettledData(Schema):
    """Which member owes nothing any more."""

    member_id = fields.UUID(required=True)


class DuesSettled(Event, source="membership"):
    """A member who had been reminded owes nothing any more.

    It names a person, and `dues_collected` of a single payment has an amount. So that the two can't be linked, it has
    another `correlationid` and `traceparent` and no `causationid`. Their times are close all the same, so a consumer of
    both types could guess: an outside subscriber should get only one of them.
    """

    subject = "member_dues/{member_id}"
    data = DuesSettledData
    example = {"member_id": _MEMBER}
