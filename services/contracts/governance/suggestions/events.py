"""Events of suggestions: ids, states and days; no words. Who is anonymous is known to nobody."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.governance.suggestions.vocabulary import SUGGESTION_STATES

_EXAMPLE = {
    "suggestion_id": "4be0643f-1d98-473b-97cd-ca98a65347dd", "state": "received", "unit_id": None,
    "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "due_on": "2026-03-18",
}  # fmt: skip


class SuggestionData(Schema):
    """Which suggestion, its state, which unit answers (null: the union) until when, and who made it by name."""

    suggestion_id = fields.UUID(required=True)
    state = Choice(SUGGESTION_STATES, required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    member_id = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)


class SuggestionReceived(Event, source="governance"):
    """A suggestion waits for an answer. One without a name is announced up to ten minutes after it was made."""

    subject = "suggestion/{suggestion_id}"
    data = SuggestionData
    example = {**_EXAMPLE, "member_id": None}


class SuggestionMoved(Event, source="governance"):
    """A suggestion was passed on, answered, closed or withdrawn."""

    subject = "suggestion/{suggestion_id}"
    data = SuggestionData
    example = {**_EXAMPLE, "state": "answered", "due_on": None}


class SuggestionOverdue(Event, source="governance"):
    """The last day for an answer has passed. Once for each suggestion."""

    subject = "suggestion/{suggestion_id}"
    data = SuggestionData
    example = _EXAMPLE
