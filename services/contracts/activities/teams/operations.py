"""Operations of teams."""

from __future__ import annotations

from services.chassis.schema import command, query
from services.contracts.activities.teams import shapes

ORGANISES = ("officer", "chair")
PLAYS = ("member", "officer", "chair")
READS = ("officer", "chair", "auditor", "member")

get_team_setting = query(
    "activities", "get_team_setting", request=shapes.ActivityOfTeams, reply=shapes.TeamSettingOf, allow=READS,
    doc="What holds for teams of an activity.", title="查看组队规则",
)  # fmt: skip
set_teams = command(
    "activities", "set_teams", request=shapes.SetTeams, reply=shapes.TeamSettingOf, allow=ORGANISES,
    doc="Say that an activity is for teams, and what holds for them.", title="设置组队规则",
)  # fmt: skip
list_teams = query(
    "activities", "list_teams", request=shapes.ListTeams, reply=shapes.TEAMS, allow=READS,
    doc="The teams of an activity.", title="查看参赛队",
)  # fmt: skip
get_team = query(
    "activities", "get_team", request=shapes.TeamRef, reply=shapes.WholeTeam, allow=READS,
    doc="A team with its players, to its players and to organisers.", title="查看参赛队名单",
)  # fmt: skip
found_team = command(
    "activities", "found_team", request=shapes.FoundTeam, reply=shapes.WholeTeam, allow=("member",),
    doc="Found a team and become its captain.", title="组队",
)  # fmt: skip
invite_players = command(
    "activities", "invite_players", request=shapes.InvitePlayers, reply=shapes.WholeTeam, allow=PLAYS,
    doc="Ask members to play; each must be in the activity's audience.", title="邀请队员",
)  # fmt: skip
answer_team_invitation = command(
    "activities", "answer_team_invitation", request=shapes.AnswerInvitation, reply=shapes.WholeTeam,
    allow=("member",), doc="Join a team, or decline.", title="答复组队邀请",
)  # fmt: skip
remove_player = command(
    "activities", "remove_player", request=shapes.RemovePlayer, reply=shapes.WholeTeam, allow=PLAYS,
    doc="Leave a team, or take a player off its line-up.", title="退出或移除队员",
)  # fmt: skip
confirm_team = command(
    "activities", "confirm_team", request=shapes.TeamRef, reply=shapes.WholeTeam, allow=PLAYS,
    doc="Confirm a team's line-up; the team takes part.", title="确认参赛",
)  # fmt: skip
end_team = command(
    "activities", "end_team", request=shapes.EndTeam, reply=shapes.WholeTeam, allow=PLAYS,
    doc="End that a team takes part.", title="解散参赛队",
)  # fmt: skip
