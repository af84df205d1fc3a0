"""Events of tournaments: ids, states and times."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.activities.sports.vocabulary import FIXTURE_STATES, STAGES

_ACTIVITY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0701"
_CONTACT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class FixturesDrawnData(Schema):
    """How many fixtures of a stage were drawn, and the members who are contacts of teams in it."""

    activity_id = fields.UUID(required=True)
    stage = Choice(STAGES, required=True)
    fixtures = fields.Integer(required=True)
    contact_ids = fields.List(fields.UUID(), required=True)


class FixturesDrawn(Event, source="activities"):
    """The fixtures of a stage of a tournament are there."""

    subject = "tournament/{activity_id}"
    data = FixturesDrawnData
    example = {"activity_id": _ACTIVITY, "stage": "group", "fixtures": 12, "contact_ids": [_CONTACT]}


class FixtureChangedData(Schema):
    """A fixture as it is now; `moved`: whether time or court changed, which the contacts are told."""

    activity_id = fields.UUID(required=True)
    fixture_id = fields.UUID(required=True)
    state = Choice(FIXTURE_STATES, required=True)
    starts_at = Timestamp(required=True, allow_none=True)
    moved = fields.Boolean(required=True)
    contact_ids = fields.List(fields.UUID(), required=True)


_EXAMPLE: dict[str, Any] = {
    "activity_id": _ACTIVITY, "fixture_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0702", "state": "postponed",
    "starts_at": None, "moved": True, "contact_ids": [_CONTACT],
}  # fmt: skip


class FixtureChanged(Event, source="activities"):
    """A match was played, corrected, postponed or moved."""

    subject = "tournament/{activity_id}"
    data = FixtureChangedData
    example = _EXAMPLE
