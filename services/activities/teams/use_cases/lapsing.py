"""Teams that were not confirmed when line-ups were locked, and members who leave the union."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import called_off, lock_activity
from services.activities.teams.tables import Team, TeamPlayer, TeamSetting
from services.activities.teams.use_cases import changing
from services.activities.teams.workflow import TEAM_PLAYER
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities.teams.events import TeamAnswered

_AT_ONCE = 50
HAS_LEFT = frozenset({"withdrawn", "deemed_withdrawn", "expelled", "deceased"})


def end_with_activity(tx: Transaction) -> None:
    """End the teams of one activity that was cancelled, and tell everybody in them."""
    standing = sa.select(Team.activity_id).where(Team.state != "withdrawn", Team.activity_id.in_(called_off()))
    activity_id = tx.session.scalar(standing.order_by(Team.activity_id).limit(1))
    if activity_id is not None:
        _end(tx, activity_id, Team.state != "withdrawn", "activity_cancelled")


def lapse_teams(tx: Transaction) -> None:
    """End the teams of one activity that are still forming though its line-ups are locked."""
    locked = sa.select(Team.activity_id).join(TeamSetting, TeamSetting.activity_id == Team.activity_id)
    late = locked.where(Team.state == "forming", TeamSetting.locks_at <= tx.now).order_by(Team.activity_id).limit(1)
    activity_id = tx.session.scalar(late)
    if activity_id is not None:
        _end(tx, activity_id, Team.state == "forming", "not_confirmed")


def _end(tx: Transaction, activity_id: UUID, which: sa.ColumnElement[bool], cause: str) -> None:
    activity = lock_activity(tx, activity_id)
    setting = tx.session.get_one(TeamSetting, activity_id)
    teams = sa.select(Team).where(Team.activity_id == activity_id, which).order_by(Team.id)
    for team in tx.session.scalars(teams.limit(_AT_ONCE).execution_options(populate_existing=True)):
        changing.end(tx, activity, setting, team, cause)


def release_player(tx: Transaction, event: ReceivedEvent) -> None:
    """Take a member who left the union off teams that are to come; a captain's team ends."""
    if event.data["standing"] not in HAS_LEFT:
        return
    member_id = event.data["member_id"]
    theirs = sa.select(TeamPlayer).where(TeamPlayer.member_id == member_id, TeamPlayer.state.in_(changing.LIVE))
    for row in sorted(tx.session.scalars(theirs), key=lambda one: one.activity_id):
        activity = lock_activity(tx, row.activity_id)
        team = tx.session.get_one(Team, row.team_id, populate_existing=True)
        if activity.state != "scheduled" or activity.starts_at <= tx.now or team.state == "withdrawn":
            continue
        if team.captain_id == member_id:
            changing.end(tx, activity, tx.session.get_one(TeamSetting, activity.id), team, "left")
            continue
        tx.session.refresh(row)
        row.state, row.answered_at = TEAM_PLAYER.apply(row.state, "leave", roles=None), tx.now
        told = {"team_id": team.id, "captain_id": team.captain_id, "joined": False}
        tx.record(TeamAnswered(activity_id=activity.id, member_id=member_id, **told))
