"""Events of hardship: ids, states and amounts. None names a person together with aid."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.welfare.hardship.vocabulary import AID_STATES

_APPLICATION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0301"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"


class AidApplicationMovedData(Schema):
    """Which application of which unit, and its state; not whose."""

    application_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(AID_STATES, required=True)
    payment_refused = fields.Boolean(load_default=False)


class AidApplicationMoved(Event, source="welfare"):
    """An application for aid came to a state, or its payment was refused; who has to act on it learns of it."""

    subject = "aid_application/{application_id}"
    data = AidApplicationMovedData
    example = {
        "application_id": _APPLICATION, "unit_id": _UNIT, "state": "submitted", "payment_refused": False,
    }  # fmt: skip


class AidGrantedData(Schema):
    """Which application, and the sum granted; not whose, and not for what."""

    application_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    amount = Money(required=True)


class AidGranted(Event, source="welfare"):
    """The committee granted aid. Published once for each application."""

    subject = "aid_application/{application_id}"
    data = AidGrantedData
    example = {"application_id": _APPLICATION, "unit_id": _UNIT, "amount": "3000.00"}


class PrivateMatterMovedData(Schema):
    """Whose matter. `matter_id` is an id of its own, which no other event has."""

    matter_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class PrivateMatterMoved(Event, source="welfare"):
    """Something that a member asked of the union in confidence has moved on; neither what nor how is said."""

    subject = "private_matter/{matter_id}"
    data = PrivateMatterMovedData
    example = {
        "matter_id": "018f3b7a-9a10-4c3e-8b11-5a2f6f6f0302", "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
    }  # fmt: skip


class HardshipReviewDueData(Schema):
    """Which record, and until when it is to be reviewed; `open` is false once it was."""

    record_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)
    open = fields.Boolean(required=True)


class HardshipReviewDue(Event, source="welfare"):
    """A record's yearly review has come due, or is done."""

    subject = "hardship_record/{record_id}"
    data = HardshipReviewDueData
    example = {"record_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0303", "due_on": "2026-03-01", "open": True}
