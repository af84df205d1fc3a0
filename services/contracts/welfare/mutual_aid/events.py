"""Events of mutual aid: ids, days and totals. None about a claim tells the plan, which would tell what happened."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.welfare.mutual_aid.vocabulary import CLAIM_STATES, COVER_STATES, PAYERS

_PERIOD = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0301"
_COVER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0302"
_CLAIM = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0303"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class MutualAidCoverChangedData(Schema):
    """Whose cover in which period, its state and days."""

    cover_id = fields.UUID(required=True)
    period_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(COVER_STATES, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class MutualAidCoverChanged(Event, source="welfare"):
    """A member was enrolled in a cover period, was taken off its list, or the cover ended early or runs on."""

    subject = "mutual_aid_cover/{cover_id}"
    data = MutualAidCoverChangedData
    example = {
        "cover_id": _COVER, "period_id": _PERIOD, "member_id": _MEMBER, "unit_id": _UNIT, "state": "covered",
        "starts_on": "2026-03-01", "ends_on": "2027-02-28",
    }  # fmt: skip


class MutualAidListClosedData(Schema):
    """How many members are covered in a period, for how much altogether, and who pays."""

    period_id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    members = fields.Integer(required=True)
    amount = Money(required=True)
    payer = Choice(PAYERS, required=True)


class MutualAidListClosed(Event, source="welfare"):
    """The list of a cover period was closed. Published once for each period."""

    subject = "mutual_aid_period/{period_id}"
    data = MutualAidListClosedData
    example = {
        "period_id": _PERIOD, "starts_on": "2026-03-01", "ends_on": "2027-02-28", "members": 1240,
        "amount": "62000.00", "payer": "union",
    }  # fmt: skip


class MutualAidClaimData(Schema):
    """Which claim of whom in which unit, its state, and by when it must reach the provider."""

    claim_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(CLAIM_STATES, required=True)
    due_on = fields.Date(required=True)


class MutualAidClaimChanged(Event, source="welfare"):
    """A claim was filed, went on its way, was paid, refused or withdrawn, or went to another unit."""

    subject = "mutual_aid_claim/{claim_id}"
    data = MutualAidClaimData
    example = {
        "claim_id": _CLAIM, "member_id": _MEMBER, "unit_id": _UNIT, "state": "submitted", "due_on": "2026-09-01",
    }  # fmt: skip


class MutualAidClaimDueData(MutualAidClaimData):
    """The claim, and whether its deadline has passed."""

    overdue = fields.Boolean(required=True)


class MutualAidClaimDue(Event, source="welfare"):
    """A claim that has not reached the provider is due soon, or overdue. Published once for each."""

    subject = "mutual_aid_claim/{claim_id}"
    data = MutualAidClaimDueData
    example = {**MutualAidClaimChanged.example, "overdue": False}
