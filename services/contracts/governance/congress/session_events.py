"""Events of sessions: ids, states and figures."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Choice, Event, Schema
from services.contracts.governance.ballots.events import MEMBERS_OF_AN_EVENT
from services.contracts.governance.congress.vocabulary import BODIES, RESOLUTION_WAYS, SESSION_STATES

_SESSION = {
    "session_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0611", "congress_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601",
}  # fmt: skip


def _members() -> fields.Field[Any]:
    return fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MEMBERS_OF_AN_EVENT))


class CongressConvenedData(Schema):
    """Which session of which congress is held on which days."""

    session_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    term = fields.Integer(required=True)
    number = fields.Integer(required=True)
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)


class CongressConvened(Event, source="governance"):
    """A session of the congress was convened with its agenda."""

    subject = "congress_session/{session_id}"
    data = CongressConvenedData
    example = {**_SESSION, "term": 6, "number": 4, "opens_on": "2026-12-10", "closes_on": "2026-12-11"}


class DelegatesConvenedData(CongressConvenedData):
    """Some of the delegates of a session, and whether its days or place were changed after it was convened."""

    moved = fields.Boolean(required=True)
    member_ids = _members()


class DelegatesConvened(Event, source="governance"):
    """Delegates are called to a session, or to another day or place; several events for many delegates."""

    subject = "congress_session/{session_id}"
    data = DelegatesConvenedData
    example = {
        **CongressConvened.example, "moved": False, "member_ids": ["018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"],
    }  # fmt: skip


class GuestsInvitedData(CongressConvenedData):
    """Some of the members who are invited to a session without a vote."""

    member_ids = _members()


class GuestsInvited(Event, source="governance"):
    """Members are invited to a session that is convened, without a vote; several events for many."""

    subject = "congress_session/{session_id}"
    data = GuestsInvitedData
    example = {**CongressConvened.example, "member_ids": ["018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003"]}


class SessionChangedData(Schema):
    """Which session, and its state."""

    session_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    state = Choice(SESSION_STATES, required=True)


class SessionChanged(Event, source="governance"):
    """What is shown of a session changed: its agenda, who is there, who speaks, what was resolved."""

    subject = "congress_session/{session_id}"
    data = SessionChangedData
    example = {**_SESSION, "state": "in_session"}


class QuorumReachedData(Schema):
    """Of which body how many delegates of how many are there, where so many are needed."""

    session_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    delegates = fields.Integer(required=True)
    present = fields.Integer(required=True)
    needed = fields.Integer(required=True)


class QuorumReached(Event, source="governance"):
    """The quorum of a body was reached for the first time in a session."""

    subject = "congress_session/{session_id}"
    data = QuorumReachedData
    example = {**_SESSION, "body": "staff_congress", "delegates": 200, "present": 134, "needed": 134}


class ResolutionPassedData(Schema):
    """Which resolution of which body passed, with how many votes of how many needed."""

    resolution_id = fields.UUID(required=True)
    session_id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    way = Choice(RESOLUTION_WAYS, required=True)
    delegates = fields.Integer(required=True)
    votes_for = fields.Integer(required=True)
    needed = fields.Integer(required=True)


class ResolutionPassed(Event, source="governance"):
    """A body of the congress passed a resolution."""

    subject = "congress_resolution/{resolution_id}"
    data = ResolutionPassedData
    example = {
        **_SESSION, "resolution_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0612", "body": "staff_congress", "way": "hands",
        "delegates": 200, "votes_for": 150, "needed": 101,
    }  # fmt: skip
