"""Events of disclosures."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.governance.disclosures.vocabulary import DISCLOSURE_PARTS, DISCLOSURE_STATES, QUESTION_STATES

_DISCLOSURE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0501"
_QUESTION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0502"


class DisclosureMovedData(Schema):
    """Which disclosure came to which state."""

    disclosure_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    part = Choice(DISCLOSURE_PARTS, required=True)
    state = Choice(DISCLOSURE_STATES, required=True)


class DisclosureMoved(Event, source="governance"):
    """A disclosure was submitted, returned, approved or withdrawn."""

    subject = "disclosure/{disclosure_id}"
    data = DisclosureMovedData
    example = {"disclosure_id": _DISCLOSURE, "year": 2026, "part": "q1", "state": "submitted"}


class DisclosurePublishedData(DisclosureMovedData):
    """Which disclosure all members can read; `notify` says whether they are to be told."""

    notify = fields.Boolean(required=True)


class DisclosurePublished(Event, source="governance"):
    """What came in and was spent in a part of a year is open to all members."""

    subject = "disclosure/{disclosure_id}"
    data = DisclosurePublishedData
    example = {"disclosure_id": _DISCLOSURE, "year": 2026, "part": "q1", "state": "published", "notify": True}


class DisclosureQuestionData(Schema):
    """Which question of whom about which disclosure is in which state; no words."""

    disclosure_id = fields.UUID(required=True)
    question_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    state = Choice(QUESTION_STATES, required=True)


class DisclosureQuestionAsked(Event, source="governance"):
    """A member asked about a disclosure."""

    subject = "disclosure-question/{question_id}"
    data = DisclosureQuestionData
    example = {
        "disclosure_id": _DISCLOSURE, "question_id": _QUESTION, "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
        "state": "asked",
    }  # fmt: skip


class DisclosureQuestionAnswered(Event, source="governance"):
    """A question was answered, or is not shown."""

    subject = "disclosure-question/{question_id}"
    data = DisclosureQuestionData
    example = {**DisclosureQuestionAsked.example, "state": "answered"}
