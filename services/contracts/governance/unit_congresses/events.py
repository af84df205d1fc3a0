"""Events of units' congresses: which unit, which year, where its filing stands."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.governance.unit_congresses.vocabulary import FILING_PARTS, FILING_STATES

_FILING, _UNIT, _GUIDANCE = (f"018f3b7a-9a10-7c3e-8b11-5a2f6f6f2{number:03d}" for number in range(1, 4))


class FilingData(Schema):
    """Which filing of which unit and year, which part of it is meant, its state and its last day."""

    filing_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    part = Choice(FILING_PARTS, required=True)
    state = Choice(FILING_STATES, required=True)
    due_on = fields.Date(required=True)


_EXAMPLE: dict[str, Any] = {
    "filing_id": _FILING, "unit_id": _UNIT, "year": 2026, "part": "plan", "state": "awaited", "due_on": "2026-03-31",
}  # fmt: skip


class FilingOpened(Event, source="governance"):
    """A unit is asked to file for a year, or once more after it was let off or its record was opened again."""

    subject = "filing/{filing_id}"
    data = FilingData
    example = _EXAMPLE


class FilingSubmitted(Event, source="governance"):
    """A unit filed its plan or its record; an officer is to review it."""

    subject = "filing/{filing_id}"
    data = FilingData
    example = {**_EXAMPLE, "state": "plan_filed"}


class FilingReviewed(Event, source="governance"):
    """A plan or record was accepted or returned."""

    subject = "filing/{filing_id}"
    data = FilingData
    example = {**_EXAMPLE, "state": "plan_returned"}


class FilingWaived(Event, source="governance"):
    """A unit need not file for the year."""

    subject = "filing/{filing_id}"
    data = FilingData
    example = {**_EXAMPLE, "state": "waived"}


class FilingDue(Event, source="governance"):
    """The last day of a part is near."""

    subject = "filing/{filing_id}"
    data = FilingData
    example = _EXAMPLE


class FilingOverdue(Event, source="governance"):
    """The last day of a part has passed, and it was not filed."""

    subject = "filing/{filing_id}"
    data = FilingData
    example = {**_EXAMPLE, "due_on": "2026-03-10"}


class GuidanceData(Schema):
    """Which guidance on which unit's filing."""

    guidance_id = fields.UUID(required=True)
    filing_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


_GUIDED: dict[str, Any] = {"guidance_id": _GUIDANCE, "filing_id": _FILING, "unit_id": _UNIT}


class FilingGuidanceGiven(Event, source="governance"):
    """The union gave a unit guidance, which its chair is to answer."""

    subject = "filing_guidance/{guidance_id}"
    data = GuidanceData
    example = _GUIDED


class FilingGuidanceAnswered(Event, source="governance"):
    """A unit answered guidance."""

    subject = "filing_guidance/{guidance_id}"
    data = GuidanceData
    example = _GUIDED
