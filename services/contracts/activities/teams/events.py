"""Events of teams: ids and counts, never names."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.activities.teams.vocabulary import TEAM_END_CAUSES

_EXAMPLE: dict[str, Any] = {
    "activity_id": "0190d5a0-0000-7000-8000-0000000000a1", "team_id": "0190d5a0-0000-7000-8000-0000000000b1",
}  # fmt: skip
_CAPTAIN, _PLAYER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003"
_SEATS = {"seats_taken": 8, "seats_left": 4, "waiting": 0}


class TeamData(Schema):
    """Which team of which activity."""

    activity_id = fields.UUID(required=True)
    team_id = fields.UUID(required=True)


class TeamPlayerData(TeamData):
    """The member who is asked or is told."""

    member_id = fields.UUID(required=True)


class TeamInvited(Event, source="activities"):
    """A captain asked a member to play in a team."""

    subject = "activity/{activity_id}"
    data = TeamPlayerData
    example = {**_EXAMPLE, "member_id": _PLAYER}


class TeamAnsweredData(TeamPlayerData):
    """The captain who is told, and whether the player joined or, otherwise, declined or left."""

    captain_id = fields.UUID(required=True)
    joined = fields.Boolean(required=True)


class TeamAnswered(Event, source="activities"):
    """A member joined a team, declined, or left it."""

    subject = "activity/{activity_id}"
    data = TeamAnsweredData
    example = {**_EXAMPLE, "member_id": _PLAYER, "captain_id": _CAPTAIN, "joined": True}


class TeamFiguresData(TeamData):
    """Everybody in the team, and the figures of the activity after it; a team may take one of its seats."""

    unit_id = fields.UUID(required=True, allow_none=True)
    member_ids = fields.List(fields.UUID(), required=True)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(required=True, allow_none=True)
    waiting = fields.Integer(required=True)


class TeamConfirmedData(TeamFiguresData):
    """`players` and `substitutes`: how many."""

    players = fields.Integer(required=True)
    substitutes = fields.Integer(required=True)


class TeamConfirmed(Event, source="activities"):
    """A captain confirmed the team's line-up."""

    subject = "activity/{activity_id}"
    data = TeamConfirmedData
    example = {
        **_EXAMPLE, **_SEATS, "unit_id": None, "member_ids": [_CAPTAIN, _PLAYER], "players": 2, "substitutes": 0,
    }  # fmt: skip


class TeamEndedData(TeamFiguresData):
    """Why a team takes part no more."""

    cause = Choice(TEAM_END_CAUSES, required=True)


class TeamEnded(Event, source="activities"):
    """A team takes part no more."""

    subject = "activity/{activity_id}"
    data = TeamEndedData
    example = {
        **_EXAMPLE, **_SEATS, "unit_id": None, "member_ids": [_CAPTAIN, _PLAYER], "cause": "by_captain",
    }  # fmt: skip
