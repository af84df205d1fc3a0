"""Fixtures of a tournament: the draw, results, walk-overs, postponement, standings."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.activities.sports.tournaments import (
    MANAGES,
    READS,
    UNION_WIDE,
    Tournament,
    TournamentRef,
)
from services.contracts.activities.sports.vocabulary import (
    FIXTURE_ORDERS,
    FIXTURE_STATES,
    STAGES,
    TOURNAMENT_FIELDS,
)

_LABELS = TOURNAMENT_FIELDS.texts
_POINTS = validate.Range(0, 99)


@labelled(TOURNAMENT_FIELDS)
class PlayedSet(Schema):
    """一局 Points of a set."""

    home = fields.Integer(required=True, strict=True, validate=_POINTS)
    away = fields.Integer(required=True, strict=True, validate=_POINTS)


class FixtureRef(TournamentRef):
    """One fixture of a tournament."""

    fixture_id = fields.UUID(required=True)


@labelled(TOURNAMENT_FIELDS)
class Fixture(Schema):
    """场次 A match. A team is null while the match before it is not played; `number` is told on the schedule."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True, metadata=label("场次"))
    stage = Choice(STAGES, required=True)
    group = fields.Integer(required=True, allow_none=True)
    round = fields.Integer(required=True)
    home_id = fields.UUID(required=True, allow_none=True)
    away_id = fields.UUID(required=True, allow_none=True)
    home_name = fields.String(required=True, allow_none=True)
    away_name = fields.String(required=True, allow_none=True)
    court = fields.String(required=True, allow_none=True)
    starts_at = Timestamp(required=True, allow_none=True)
    state = Choice(FIXTURE_STATES, required=True)
    sets = fields.List(fields.Nested(PlayedSet), required=True)
    winner_id = fields.UUID(required=True, allow_none=True)
    winner_name = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


@labelled(TOURNAMENT_FIELDS)
class ListFixtures(PageRequest, TournamentRef):
    """Fixtures by time; of a stage, a group, a team, or a state."""

    stage = Choice(STAGES, load_default=None, allow_none=True)
    group = fields.Integer(load_default=None, allow_none=True)
    team_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(FIXTURE_STATES, load_default=None, allow_none=True)
    sort = Choice(FIXTURE_ORDERS, load_default="starts_at")


@labelled(TOURNAMENT_FIELDS)
class RecordResult(FixtureRef):
    """The sets of a match, or `absent_id`: the team that did not play. Recording again corrects, with the reason."""

    sets = fields.List(fields.Nested(PlayedSet), load_default=list, validate=validate.Length(max=7))
    absent_id = fields.UUID(load_default=None, allow_none=True)
    reason = Text(300, load_default=None, allow_none=True)


@labelled(TOURNAMENT_FIELDS)
class MoveFixture(FixtureRef):
    """Another time and court, or none yet (postponed), with the reason; contacts of both teams are told."""

    starts_at = Timestamp(load_default=None, allow_none=True)
    court = Line(20, load_default=None, allow_none=True)
    reason = Text(300, 2, required=True)


@labelled(TOURNAMENT_FIELDS)
class Standing(Schema):
    """排名 A team's place in its group; teams equal in all that decides share it."""

    group = fields.Integer(required=True)
    rank = fields.Integer(required=True)
    team_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    played = fields.Integer(required=True)
    won = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    points = fields.Integer(required=True)
    sets_won = fields.Integer(required=True)
    sets_lost = fields.Integer(required=True)
    scored = fields.Integer(required=True)
    conceded = fields.Integer(required=True)


class Standings(Schema):
    """Standings by group and rank."""

    items = fields.List(fields.Nested(Standing), required=True)


list_fixtures = query(
    "activities", "list_fixtures", request=ListFixtures, reply=Page(Fixture), allow=READS,
    doc="Fixtures of a tournament by time.", title="查看赛程", reach=UNION_WIDE,
)  # fmt: skip
draw_fixtures = command(
    "activities", "draw_fixtures", request=TournamentRef, reply=Tournament, allow=MANAGES,
    doc="Draw groups or a bracket and plan courts and times; after the groups, draw the knock-out stage.",
    title="编排赛程",
)  # fmt: skip
record_result = command(
    "activities", "record_result", request=RecordResult, reply=Fixture, allow=MANAGES,
    doc="Record the sets of a match, or that a team did not play.", title="登记比赛结果",
)  # fmt: skip
move_fixture = command(
    "activities", "move_fixture", request=MoveFixture, reply=Fixture, allow=MANAGES,
    doc="Postpone a match, or move it to another time and court.", title="调整场次",
)  # fmt: skip
standings = query(
    "activities", "standings", request=TournamentRef, reply=Standings, allow=READS,
    doc="Standings of the groups.", title="查看积分榜", reach=UNION_WIDE,
)  # fmt: skip
