"""Events of programmes: ids, amounts and states only."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.welfare.programmes.vocabulary import HAND_OUT_METHODS

_CYCLE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0301"
_ENTITLEMENT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0302"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_PACKAGE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0303"
_OF_MEMBER = {"entitlement_id": _ENTITLEMENT, "cycle_id": _CYCLE, "member_id": _MEMBER}


class CycleApprovedData(Schema):
    """Which cycle, for how many members, at most how much in all."""

    cycle_id = fields.UUID(required=True)
    programme_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    benefit_key = fields.String(required=True)
    entitled = fields.Integer(required=True)
    amount = Money(required=True)


class CycleApproved(Event, source="welfare"):
    """A cycle was approved: its sum is committed, members are told, and choosing begins."""

    subject = "cycle/{cycle_id}"
    data = CycleApprovedData
    example = {
        "cycle_id": _CYCLE, "programme_id": _UNIT, "year": 2026, "benefit_key": "holiday", "entitled": 1200,
        "amount": "240000.00",
    }  # fmt: skip


class EntitlementGrantedData(Schema):
    """Whose entitlement of which cycle, and until when to choose and to collect."""

    entitlement_id = fields.UUID(required=True)
    cycle_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    title = fields.String(required=True)
    choose_until = fields.Date(required=True)
    collect_until = fields.Date(required=True)


class EntitlementGranted(Event, source="welfare"):
    """A member may choose a package of an approved cycle. Once for each member and cycle."""

    subject = "goods/{entitlement_id}"
    data = EntitlementGrantedData
    example = {
        **_OF_MEMBER, "unit_id": _UNIT, "title": "2026 年春节慰问品", "choose_until": "2026-01-20",
        "collect_until": "2026-02-10",
    }  # fmt: skip


class PackageChosenData(Schema):
    """Which package; `by_default` when the deadline chose."""

    entitlement_id = fields.UUID(required=True)
    cycle_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    package_id = fields.UUID(required=True)
    by_default = fields.Boolean(required=True)


class PackageChosen(Event, source="welfare"):
    """A package was chosen, or another one instead; its stock fell."""

    subject = "goods/{entitlement_id}"
    data = PackageChosenData
    example = {**_OF_MEMBER, "package_id": _PACKAGE, "by_default": False}


class BenefitCollectedData(Schema):
    """What was handed out, and how."""

    entitlement_id = fields.UUID(required=True)
    cycle_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    package_id = fields.UUID(required=True)
    method = Choice(HAND_OUT_METHODS, required=True)


class BenefitCollected(Event, source="welfare"):
    """Goods were handed out; once for each entitlement."""

    subject = "goods/{entitlement_id}"
    data = BenefitCollectedData
    example = {**_OF_MEMBER, "package_id": _PACKAGE, "method": "signature"}


class EntitlementExpiredData(Schema):
    """Whose entitlement of which cycle; `package_id` went back to stock, if one was chosen."""

    entitlement_id = fields.UUID(required=True)
    cycle_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    package_id = fields.UUID(required=True, allow_none=True)


class EntitlementExpired(Event, source="welfare"):
    """Goods were not fetched until the last day, and went back to stock."""

    subject = "goods/{entitlement_id}"
    data = EntitlementExpiredData
    example = {**_OF_MEMBER, "package_id": _PACKAGE}
