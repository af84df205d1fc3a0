"""Events of care campaigns: ids, days and counts. Who is on a list is in none."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Event, Schema

_CAMPAIGN = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0311"


class CareCampaignOpenedData(Schema):
    """Which campaign, when it begins, for how many people, and the item of the year's plan it fulfils."""

    campaign_id = fields.UUID(required=True)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    people = fields.Integer(required=True)


class CareCampaignOpened(Event, source="welfare"):
    """A care campaign began."""

    subject = "care_campaign/{campaign_id}"
    data = CareCampaignOpenedData
    example = {
        "campaign_id": _CAMPAIGN, "plan_item_id": None, "starts_on": "2026-07-01", "ends_on": "2026-08-31",
        "people": 120,
    }  # fmt: skip


class CareCampaignEndedData(Schema):
    """Which campaign ended on which day, whether it was held, and how many had something and had nothing."""

    campaign_id = fields.UUID(required=True)
    plan_item_id = fields.UUID(allow_none=True, load_default=None)
    ended_on = fields.Date(required=True)
    held = fields.Boolean(required=True)
    given = fields.Integer(required=True)
    missed = fields.Integer(required=True)


class CareCampaignEnded(Event, source="welfare"):
    """A care campaign ended, or was cancelled (`held` is false)."""

    subject = "care_campaign/{campaign_id}"
    data = CareCampaignEndedData
    example = {
        "campaign_id": _CAMPAIGN, "plan_item_id": None, "ended_on": "2026-08-31", "held": True, "given": 118,
        "missed": 2,
    }  # fmt: skip


class CareAssignedData(Schema):
    """A visitor's part in a campaign: how many people are still to be visited, 0 when none is, and until when."""

    assignment_id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    visitor_member_id = fields.UUID(required=True)
    people = fields.Integer(required=True)
    due_on = fields.Date(required=True)
    reminder = fields.Boolean(load_default=False)


class CareAssigned(Event, source="welfare"):
    """A visitor's part in a campaign changed, or is remembered shortly before the campaign ends."""

    subject = "care_assignment/{assignment_id}"
    data = CareAssignedData
    example = {
        "assignment_id": "018f3b7a-9a10-5c3e-8b11-5a2f6f6f0312", "campaign_id": _CAMPAIGN,
        "visitor_member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "people": 6, "due_on": "2026-08-31",
        "reminder": False,
    }  # fmt: skip


class CarePaymentRefusedData(Schema):
    """Whose payment, by which rule."""

    campaign_id = fields.UUID(required=True)
    rule = fields.String(required=True)
    reason_code = fields.String(required=True)
    open = fields.Boolean(load_default=True)


class CarePaymentRefused(Event, source="welfare"):
    """The funds refused the payment of a campaign; `open` is false once it was put to them again."""

    subject = "care_campaign/{campaign_id}"
    data = CarePaymentRefusedData
    example = {
        "campaign_id": _CAMPAIGN, "rule": "funds.budget_is_enough", "reason_code": "budget_exhausted", "open": True,
    }  # fmt: skip
