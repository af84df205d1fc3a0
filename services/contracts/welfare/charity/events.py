"""Events of charity drives: ids, days and ways of giving; no sum, no giver."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.welfare.charity.vocabulary import GIFT_WAYS

_DRIVE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0501"
_ITEM = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0502"


class DriveOpenedData(Schema):
    """Which drive, its period, and the item of the plan that it is for."""

    drive_id = fields.UUID(required=True)
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)
    plan_item_id = fields.UUID(required=True, allow_none=True)


class DriveOpened(Event, source="welfare"):
    """A charity drive was published; members can give until its last day."""

    subject = "drive/{drive_id}"
    data = DriveOpenedData
    example = {"drive_id": _DRIVE, "opens_on": "2026-09-01", "closes_on": "2026-09-15", "plan_item_id": _ITEM}


class DonationRecordedData(Schema):
    """For which drive, and in which way. Neither how much nor by whom."""

    drive_id = fields.UUID(required=True)
    way = Choice(GIFT_WAYS, required=True)


class DonationRecorded(Event, source="welfare"):
    """A gift was confirmed: cash counted by two, a deduction reported, a transfer checked, goods received."""

    subject = "drive/{drive_id}"
    data = DonationRecordedData
    example = {"drive_id": _DRIVE, "way": "cash"}


class CashToCountData(Schema):
    """In which drive and unit; `open` is false once no cash of the unit is left to count."""

    drive_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    open = fields.Boolean(required=True)


class CashToCount(Event, source="welfare"):
    """A unit has a list of cash that two persons are to count, or all of it was counted or withdrawn."""

    subject = "drive/{drive_id}"
    data = CashToCountData
    example = {"drive_id": _DRIVE, "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0503", "open": True}


class DriveEndedData(Schema):
    """Which drive, when, and the item of the plan that it is for."""

    drive_id = fields.UUID(required=True)
    on = fields.Date(required=True)
    plan_item_id = fields.UUID(required=True, allow_none=True)


class DriveClosed(Event, source="welfare"):
    """A drive takes no more gifts, and its totals are fixed; the money is to be handed over to the charity."""

    subject = "drive/{drive_id}"
    data = DriveEndedData
    example = {"drive_id": _DRIVE, "on": "2026-09-20", "plan_item_id": _ITEM}


class DriveCancelled(Event, source="welfare"):
    """A drive was cancelled before anything was given."""

    subject = "drive/{drive_id}"
    data = DriveEndedData
    example = {"drive_id": _DRIVE, "on": "2026-09-02", "plan_item_id": None}


class DriveStepData(Schema):
    """Which drive, and when."""

    drive_id = fields.UUID(required=True)
    on = fields.Date(required=True)


class DriveHandedOver(Event, source="welfare"):
    """What was given went to the charity, whose receipt is kept; what it did is to be disclosed."""

    subject = "drive/{drive_id}"
    data = DriveStepData
    example = {"drive_id": _DRIVE, "on": "2026-09-25"}


class DriveDisclosed(Event, source="welfare"):
    """Totals, hand-over and what the charity did are open to everybody who is signed in."""

    subject = "drive/{drive_id}"
    data = DriveStepData
    example = {"drive_id": _DRIVE, "on": "2026-12-01"}
