"""Loading teams, who may change them, and teams as replies have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, organises
from services.activities.teams import rules
from services.activities.teams.tables import Team, TeamPlayer, TeamSetting
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, refuse_first

TEAM = ("id", "activity_id", "name", "unit_id", "captain_id", "state", "founded_at", "confirmed_at")
PLAYER = ("member_id", "unit_id", "role", "state", "answered_at")
SETTING = ("least", "most", "most_substitutes", "most_of_unit", "locks_at", "takes_seat")


def setting_of(tx: Transaction, activity_id: UUID) -> TeamSetting:
    """Return what holds for teams of an activity. Raises `Refused` where it is for none."""
    found = tx.session.get(TeamSetting, activity_id)
    refuse_first(rules.activity_is_for_teams(found is not None))
    assert found is not None
    return found


def team_of(tx: Transaction, request: Mapping[str, Any]) -> Team:
    """Return a team of an activity, read afresh; changes hold the activity's lock. Raises `NotFound`."""
    team = tx.session.get(Team, request["team_id"], populate_existing=True)
    if team is None or team.activity_id != request["activity_id"]:
        raise NotFound("There is no such team.", field="team_id")
    return team


def require_captain(tx: Transaction, activity: Activity, team: Team) -> bool:
    """Return whether the caller acts as organiser. Raises `NotAllowed` for who is neither that nor the captain."""
    if tx.principal.member_id == team.captain_id:
        return False
    if not organises(tx.principal, activity):
        raise NotAllowed("The captain changes a team, or the organiser.", rule="teams.caller_is_captain")
    return True


def players_of(tx: Transaction, team_id: UUID) -> list[TeamPlayer]:
    """Return everybody who was asked, players first, in the order they were asked."""
    asked = sa.select(TeamPlayer).where(TeamPlayer.team_id == team_id)
    ordered = asked.order_by(TeamPlayer.role, TeamPlayer.invited_at, TeamPlayer.member_id)
    return list(tx.session.scalars(ordered.execution_options(populate_existing=True)))


def count(players: Iterable[TeamPlayer], role: str, *states: str) -> int:
    """Return how many of a role are in one of these states."""
    return sum(one.role == role and one.state in states for one in players)


def sizes(setting: TeamSetting) -> rules.Sizes:
    """Return how many play in a team."""
    return rules.Sizes(setting.least, setting.most, setting.most_substitutes)


def replies(tx: Transaction, teams: Sequence[Team]) -> list[dict[str, Any]]:
    """Return teams as the contract has them, with how many play in each."""
    counts: dict[UUID, dict[str, int]] = {}
    numbered = (
        sa.select(TeamPlayer.team_id, TeamPlayer.role, TeamPlayer.state, sa.func.count().label("members"))
        .where(TeamPlayer.team_id.in_([one.id for one in teams]))
        .group_by(TeamPlayer.team_id, TeamPlayer.role, TeamPlayer.state)
    )
    for row in tx.session.execute(numbered) if teams else ():
        of_team = counts.setdefault(row.team_id, {})
        name = {"accepted": f"{row.role}s", "invited": "invited"}.get(row.state)
        if name is not None:
            of_team[name] = of_team.get(name, 0) + row.members
    nobody = {"players": 0, "substitutes": 0, "invited": 0}
    return [{**{name: getattr(one, name) for name in TEAM}, **nobody, **counts.get(one.id, {})} for one in teams]


def whole(tx: Transaction, activity: Activity, team: Team) -> dict[str, Any]:
    """Return a team with its line-up and what the caller can do."""
    tx.session.flush()
    players, me = players_of(tx, team.id), tx.principal.member_id
    mine = next((one.state for one in players if one.member_id == me), None)
    setting = setting_of(tx, team.activity_id)
    captain, open_now = me == team.captain_id, tx.now < setting.locks_at
    stands = team.state != "withdrawn" and activity.state == "scheduled"
    return {
        **replies(tx, [team])[0],
        "line_up": [
            {name: getattr(one, name) for name in PLAYER} for one in players if one.state in ("accepted", "invited")
        ],
        "own_state": mine,
        "is_captain": captain,
        "may_change": stands and ((captain and open_now) or organises(tx.principal, activity)),
    }


def subject_of(team_id: UUID) -> str:
    """Return the name under which a team's changes are kept."""
    return f"team/{team_id}"
