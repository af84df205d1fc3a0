"""A volleyball match for teams: two confirmed, one forming with an invitation that waits for an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import SHANGHAI, now, today
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.teams import operations as teams

NAMES = ("先锋队", "同心队", "晨光队")
FIRST, ASKED = 130, 6
"""The first of the roster who plays, and how many each captain asks."""


def play(union: DemoUnion) -> str:
    day, officer = today() + timedelta(days=20), union.as_officer()
    starts_at = datetime(day.year, day.month, day.day, 14, 0, tzinfo=SHANGHAI).astimezone(UTC)
    scheduled = {
        "title": "教职工气排球联赛", "title_en": "Staff volleyball league", "kind": "match", "place": "体育馆",
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=5), "capacity": 12,
        "summary": "各分工会组队，队长在手机上邀请队员。", "registration_opens_at": now() - timedelta(days=2),
    }  # fmt: skip
    activity = {"activity_id": union.ask("league", calendar.schedule_activity, scheduled)["id"]}
    setting = {"least": 5, "most": 8, "most_substitutes": 2, "locks_at": starts_at - timedelta(days=3)}
    union.ask("league-teams", teams.set_teams, {**activity, **setting}, officer)
    holders = {union.holder(name) for name in ("officer", "chair", "auditor", "ops", "member")}
    rows = [row % union.count for row in range(FIRST, FIRST + union.count) if row % union.count not in holders]
    own = union.member_id(union.holder("member"))
    for number, name in enumerate(NAMES):
        some = rows[number * ASKED : (number + 1) * ASKED]
        captain, *players = [union.member_id(row) for row in some]
        _team(union, activity, number, name, captain, players, own if number == len(NAMES) - 1 else None)
    return f"{len(NAMES)} teams of a league, {len(NAMES) - 1} confirmed"


def _team(
    union: DemoUnion, activity: dict[str, Any], number: int, name: str, captain: UUID, players: list[UUID],
    waits: UUID | None,
) -> None:  # fmt: skip
    """Found a team whose players join; the captain confirms it, unless somebody has not answered."""
    key, leads = f"league-{number}", _account(captain)
    team = {**activity, "team_id": union.ask(key, teams.found_team, {**activity, "name": name}, leads)["id"]}
    asked = [*players, *([waits] if waits else [])]
    union.ask(f"{key}-asked", teams.invite_players, {**team, "member_ids": asked}, leads)
    for place, player in enumerate(players):
        answer = {**team, "accept": True}
        union.ask(f"{key}-joined-{place}", teams.answer_team_invitation, answer, _account(player))
    if waits is None:
        union.ask(f"{key}-confirmed", teams.confirm_team, team, leads)


def _account(member_id: UUID) -> Principal:
    return Principal("account", member_id, member_id, (Grant("member"),))
