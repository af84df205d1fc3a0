"""Events of children's classes: ids and causes, never anything of a child."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.activities.children_classes.vocabulary import CHILD_CAUSES

_EXAMPLE = {
    "registration_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0701", "class_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0702",
    "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
}  # fmt: skip


class ChildRegistrationData(Schema):
    """Which registration for which class, and whose."""

    registration_id = fields.UUID(required=True)
    class_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class ChildConfirmedData(ChildRegistrationData):
    """`moved_up`: whether it waited before."""

    moved_up = fields.Boolean(required=True)


class ChildConfirmed(Event, source="activities"):
    """A member's child has a place in a class, at once or moved up."""

    subject = "children-class/{class_id}"
    data = ChildConfirmedData
    example = {**_EXAMPLE, "moved_up": True}


class ChildWithdrawnData(ChildRegistrationData):
    """`cause`: why; `waited`: whether it had no place yet."""

    cause = Choice(CHILD_CAUSES, required=True)
    waited = fields.Boolean(required=True)


class ChildWithdrawn(Event, source="activities"):
    """A registration for a class ended."""

    subject = "children-class/{class_id}"
    data = ChildWithdrawnData
    example = {**_EXAMPLE, "cause": "by_officer", "waited": False}
