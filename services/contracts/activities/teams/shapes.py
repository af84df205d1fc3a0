"""What operations of teams take and answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, Page, PageRequest, Schema, Text, Timestamp, invalid, labelled
from services.contracts.activities.teams.vocabulary import (
    PLAYER_ROLES,
    PLAYER_STATES,
    TEAM_FIELDS,
    TEAM_ORDERS,
    TEAM_STATES,
)

MOST_INVITED = 30


class ActivityOfTeams(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


class TeamRef(ActivityOfTeams):
    """One team of an activity."""

    team_id = fields.UUID(required=True)


@labelled(TEAM_FIELDS)
class TeamSetting(Schema):
    """How many play in a team, how many teams a unit may have, and until when line-ups change."""

    least = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=100))
    most = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=100))
    most_substitutes = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0, max=50))
    most_of_unit = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(min=1, max=100)
    )
    locks_at = Timestamp(required=True)
    takes_seat = fields.Boolean(load_default=True)


class SetTeams(TeamSetting, ActivityOfTeams):
    """That an activity is for teams, and what holds for them."""

    @validates_schema(skip_on_field_errors=True)
    def least_is_not_above_most(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a least number above the most."""
        if request["least"] > request["most"]:
            raise invalid("teams.least_is_not_above_most", "The least is above the most.", field="most")


class TeamSettingOf(ActivityOfTeams):
    """What holds for teams of an activity; null where it is for none."""

    title = fields.String(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    setting = fields.Nested(TeamSetting, required=True, allow_none=True)
    locked = fields.Boolean(required=True)
    may_organise = fields.Boolean(required=True)


@labelled(TEAM_FIELDS)
class FoundTeam(ActivityOfTeams):
    """A new team, of which the caller is captain."""

    name = Line(40, 1, required=True)


@labelled(TEAM_FIELDS)
class InvitePlayers(TeamRef):
    """Members who are asked to play; organisers say why once line-ups are locked."""

    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_INVITED))
    role = Choice(PLAYER_ROLES, load_default="player")
    reason = Text(200, 2, load_default=None, allow_none=True)


@labelled(TEAM_FIELDS)
class AnswerInvitation(TeamRef):
    """Join a team, or decline."""

    accept = fields.Boolean(required=True)


@labelled(TEAM_FIELDS)
class RemovePlayer(TeamRef):
    """A player who leaves; oneself where nobody is named."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    reason = Text(200, 2, load_default=None, allow_none=True)


@labelled(TEAM_FIELDS)
class EndTeam(TeamRef):
    """A team that takes part no more."""

    reason = Text(200, 2, load_default=None, allow_none=True)


@labelled(TEAM_FIELDS)
class Player(Schema):
    """One player of a team."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    role = Choice(PLAYER_ROLES, required=True)
    state = Choice(PLAYER_STATES, required=True)
    answered_at = Timestamp(required=True, allow_none=True)


@labelled(TEAM_FIELDS)
class Team(Schema):
    """队 A team: its captain, and how many have joined and are still asked."""

    id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    captain_id = fields.UUID(required=True)
    state = Choice(TEAM_STATES, required=True)
    players = fields.Integer(required=True)
    substitutes = fields.Integer(required=True)
    invited = fields.Integer(required=True)
    founded_at = Timestamp(required=True)
    confirmed_at = Timestamp(required=True, allow_none=True)


class WholeTeam(Team):
    """A team with its players, and what the caller can do: `own_state` is the caller's as a player."""

    line_up = fields.List(fields.Nested(Player), required=True)
    own_state = Choice(PLAYER_STATES, required=True, allow_none=True)
    is_captain = fields.Boolean(required=True)
    may_change = fields.Boolean(required=True)


@labelled(TEAM_FIELDS)
class ListTeams(PageRequest):
    """Which teams of an activity."""

    activity_id = fields.UUID(required=True)
    state = Choice(TEAM_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    mine = fields.Boolean(load_default=False)
    q = Line(40, load_default=None, allow_none=True)
    sort = Choice(TEAM_ORDERS, load_default="name")


TEAMS = Page(Team)
