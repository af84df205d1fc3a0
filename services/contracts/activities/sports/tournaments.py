"""The tournament of an activity and its teams."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.activities.sports.vocabulary import (
    TIE_BREAKS,
    TOURNAMENT_FIELDS,
    TOURNAMENT_FORMATS,
    TOURNAMENT_STATES,
)

_LABELS = TOURNAMENT_FIELDS.texts
MOST_TEAMS = 64
MOST_COURTS = 12
MOST_PERIODS = 20
MANAGES = ("officer", "chair")
READS = ("officer", "chair", "auditor", "member")
UNION_WIDE = dict.fromkeys(("chair", "member"), "union")


class TournamentRef(Schema):
    """The tournament of an activity."""

    activity_id = fields.UUID(required=True)


@labelled(TOURNAMENT_FIELDS)
class Period(Schema):
    """比赛时段 From when to when the courts are there."""

    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)


@labelled(TOURNAMENT_FIELDS)
class SetTournament(TournamentRef):
    """How teams play: format, sets, points, what decides between equal teams, courts and times.

    `advance` teams of each group go on where knock-out follows. Matches take `match_minutes` on a court.
    """

    format = Choice(TOURNAMENT_FORMATS, required=True)
    groups = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 16))
    advance = fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 8))
    sets_to_win = fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 4))
    win_points = fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 10))
    loss_points = fields.Integer(load_default=1, strict=True, validate=validate.Range(0, 10))
    walk_over_points = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 10))
    tie_breaks = fields.List(
        Choice(TIE_BREAKS), load_default=lambda: list(TIE_BREAKS), validate=validate.Length(max=len(TIE_BREAKS)),
        metadata=label(_LABELS["tie_breaks"]),
    )  # fmt: skip
    courts = fields.List(
        Line(20, 1), required=True, validate=validate.Length(1, MOST_COURTS), metadata=label(_LABELS["courts"])
    )
    match_minutes = fields.Integer(load_default=40, strict=True, validate=validate.Range(5, 240))
    periods = fields.List(fields.Nested(Period), required=True, validate=validate.Length(1, MOST_PERIODS))
    version = fields.Integer(load_default=0, strict=True)


@labelled(TOURNAMENT_FIELDS)
class Tournament(SetTournament):
    """赛事 The tournament of an activity."""

    title = fields.String(required=True)
    starts_at = Timestamp(required=True)
    organiser_unit_id = fields.UUID(required=True, allow_none=True)
    state = Choice(TOURNAMENT_STATES, required=True)
    knock_out_drawn = fields.Boolean(required=True)


@labelled(TOURNAMENT_FIELDS)
class ListTournaments(PageRequest):
    """Which tournaments, those of the latest activities first."""

    state = Choice(TOURNAMENT_STATES, load_default=None, allow_none=True)


@labelled(TOURNAMENT_FIELDS)
class AddTeam(TournamentRef):
    """A team; its contact is told of fixtures. Teams with a seed are kept apart in the draw."""

    name = Line(40, 1, required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    contact_id = fields.UUID(load_default=None, allow_none=True)
    seed = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_TEAMS))


class TeamRef(TournamentRef):
    """One team of a tournament."""

    team_id = fields.UUID(required=True)


class TeamRemoved(Schema):
    """That the team is out."""

    team_id = fields.UUID(required=True)


@labelled(TOURNAMENT_FIELDS)
class SportsTeam(Schema):
    """参赛队 A team; `group` once it is drawn."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    contact_id = fields.UUID(required=True, allow_none=True)
    seed = fields.Integer(required=True, allow_none=True)
    group = fields.Integer(required=True, allow_none=True)


class SportsTeams(Schema):
    """The teams, by seed and name."""

    items = fields.List(fields.Nested(SportsTeam), required=True)


get_tournament = query(
    "activities", "get_tournament", request=TournamentRef, reply=Tournament, allow=READS,
    doc="How teams play in an activity.", title="查看赛事", reach=UNION_WIDE,
)  # fmt: skip
list_tournaments = query(
    "activities", "list_tournaments", request=ListTournaments, reply=Page(Tournament), allow=READS,
    doc="Tournaments of all activities.", title="查看赛事列表", reach=UNION_WIDE,
)  # fmt: skip
set_tournament = command(
    "activities", "set_tournament", request=SetTournament, reply=Tournament, allow=MANAGES,
    doc="Say how teams play, until the fixtures are drawn.", title="设定赛制",
)  # fmt: skip
list_sports_teams = query(
    "activities", "list_sports_teams", request=TournamentRef, reply=SportsTeams, allow=READS,
    doc="Teams of a tournament.", title="查看参赛队", reach=UNION_WIDE,
)  # fmt: skip
add_sports_team = command(
    "activities", "add_sports_team", request=AddTeam, reply=SportsTeam, allow=MANAGES,
    doc="Enter a team before the draw.", title="登记参赛队",
)  # fmt: skip
remove_sports_team = command(
    "activities", "remove_sports_team", request=TeamRef, reply=TeamRemoved, allow=MANAGES,
    doc="Take a team out before the draw.", title="撤下参赛队",
)  # fmt: skip
