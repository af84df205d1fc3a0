"""Teams and what holds for them. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, organises
from services.activities.teams.tables import Team, TeamPlayer, TeamSetting
from services.activities.teams.use_cases import store
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed

_SORTS: dict[str, list[Key]] = {
    "name": [(Team.name, "asc"), (Team.id, "asc")],
    "unit": [(sa.func.coalesce(Team.unit_id, sa.literal(UUID(int=0), sa.Uuid())), "asc"), (Team.id, "asc")],
    "founded_at": [(Team.id, "asc")],
}


def get_team_setting(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds for teams of an activity."""
    return setting_reply(tx, get_activity(tx, request))


def setting_reply(tx: Transaction, activity: Activity) -> dict[str, Any]:
    """Return the reply about teams of an activity."""
    found = tx.session.get(TeamSetting, activity.id)
    return {
        "activity_id": activity.id,
        "title": activity.title,
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "setting": {name: getattr(found, name) for name in store.SETTING} if found is not None else None,
        "locked": found is not None and tx.now >= found.locks_at,
        "may_organise": organises(tx.principal, activity),
    }


def list_teams(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the teams of an activity; everybody sees names and numbers."""
    activity = get_activity(tx, request)
    statement = sa.select(Team).where(Team.activity_id == activity.id)
    for name in ("state", "unit_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Team, name) == request[name])
    if request["state"] is None:
        statement = statement.where(Team.state != "withdrawn")
    if request["q"]:
        statement = statement.where(Team.name.icontains(request["q"], autoescape=True))
    if request["mine"]:
        mine = TeamPlayer.member_id == tx.principal.member_id, TeamPlayer.state.in_(("accepted", "invited"))
        statement = statement.where(Team.id.in_(sa.select(TeamPlayer.team_id).where(*mine)))
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply(store.replies(tx, page.rows))


def get_team(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a team with its line-up, to who was asked to play in it, its unit's chair, organisers and auditors.

    Raises:
        NotAllowed: for anybody else.
    """
    activity, team = get_activity(tx, request), store.team_of(tx, request)
    found = store.whole(tx, activity, team)
    of_unit = team.unit_id in tx.principal.units("chair")
    if (
        found["own_state"] is None
        and not of_unit
        and not organises(tx.principal, activity, also=("officer", "auditor"))
    ):
        raise NotAllowed("Only its players and the organisers see a team.", rule="teams.caller_is_of_the_team")
    return found
