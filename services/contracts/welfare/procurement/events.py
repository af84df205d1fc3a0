"""Events of procurement: ids, amounts and states only."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.welfare.procurement.vocabulary import PURCHASE_SOURCES, PURCHASE_STATES

_PURCHASE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0401"
_SOURCE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0301"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"


class PurchaseAcceptedData(Schema):
    """Which purchase, for what, and what the accepted goods cost."""

    purchase_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    source_type = Choice(PURCHASE_SOURCES, required=True)
    source_id = fields.UUID(required=True, allow_none=True)
    amount = Money(required=True)
    accepted_on = fields.Date(required=True)


class PurchaseAccepted(Event, source="welfare"):
    """Everything that comes of a purchase was accepted by two persons. Once for each purchase."""

    subject = "purchase/{purchase_id}"
    data = PurchaseAcceptedData
    example = {
        "purchase_id": _PURCHASE, "unit_id": None, "source_type": "cycle", "source_id": _SOURCE,
        "amount": "19800.00", "accepted_on": "2026-01-18",
    }  # fmt: skip


class PurchaseMovedData(Schema):
    """Which purchase of which unit, and its state; `counted`: a delivery waits for the second person."""

    purchase_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    state = Choice(PURCHASE_STATES, required=True)
    counted = fields.Boolean(required=True)


class PurchaseMoved(Event, source="welfare"):
    """A purchase came to another state, or a delivery began or ceased to wait for the second person."""

    subject = "purchase/{purchase_id}"
    data = PurchaseMovedData
    example = {"purchase_id": _PURCHASE, "unit_id": _UNIT, "state": "contracted", "counted": True}
