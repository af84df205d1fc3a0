"""A volleyball tournament of which half of the group matches are played, one postponed and one a walk-over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from deploy.demo.union import DemoUnion
from deploy.demo.units import UNITS
from services.chassis.clock import start_of, today
from services.contracts.activities.calendar.operations import list_activities
from services.contracts.activities.sports import fixtures, tournaments

_TEAMS = (0, 1, 4, 6, 8, 10, 14, 16)
"""Units with a team, the first two of them seeded; the unit of the account `member` is among them."""
_GROUPS = 2


def play(union: DemoUnion) -> str:
    kinds = {"kind": "match", "state": "scheduled"}, {"kind": "sports", "state": "scheduled"}, {"kind": "match"}
    pages = (union.ask("tournament-activities", list_activities, {**one, "sort": "-starts_at"}) for one in kinds)
    activity = next((page["items"][0]["id"] for page in pages if page["items"]), None)
    if activity is None:
        return "no match in the plan so far"
    officer = union.as_officer()
    setting: dict[str, Any] = {
        "activity_id": activity, "format": "groups_then_knock_out", "groups": _GROUPS, "advance": 2,
        "courts": ["体育馆 1 号场", "体育馆 2 号场"], "match_minutes": 40,
        "periods": [{"starts_at": _at(day, 16), "ends_at": _at(day, 19)} for day in (-6, -5, 1, 2)],
    }  # fmt: skip
    union.ask("tournament-settings", tournaments.set_tournament, setting, officer)
    member = union.holder("member")
    for place, unit in enumerate(_TEAMS):
        team = {
            "activity_id": activity, "name": UNITS[unit][1].removesuffix("分工会") + "队", "unit_id": union.units[unit],
            "seed": place + 1 if place < _GROUPS else None,
            "contact_id": union.member_id(member if unit == member % len(UNITS) else unit + len(UNITS)),
        }  # fmt: skip
        union.ask(f"tournament-team-{unit}", tournaments.add_sports_team, team, officer)
    union.ask("tournament-draw", fixtures.draw_fixtures, {"activity_id": activity}, officer)
    matches = union.ask("fixtures", fixtures.list_fixtures, {"activity_id": activity, "limit": 100}, officer)["items"]
    half = len(matches) // 2
    for number, one in enumerate(matches[:half]):
        result = {"activity_id": activity, "fixture_id": one["id"], **_result(number, one)}
        union.ask(f"fixture-{one['number']}", fixtures.record_result, result, officer)
    late = {"activity_id": activity, "fixture_id": matches[half]["id"], "reason": "场馆检修，时间另行通知"}
    union.ask("fixture-late", fixtures.move_fixture, late, officer)
    return f"{len(_TEAMS)} teams, {half} of {len(matches)} group matches played"


def _result(number: int, match: dict[str, Any]) -> dict[str, Any]:
    if number == 3:
        return {"absent_id": match["away_id"]}
    sets = [(21, 12 + number % 7), (21, 15 + number % 4)]
    if number % 3 == 1:
        sets = [(18, 21), (21, 17), (15, 9 + number % 5)]
    if number % 4 == 2:
        sets = [(away, home) for home, away in sets]
    return {"sets": [{"home": home, "away": away} for home, away in sets]}


def _at(days: int, hour: int) -> datetime:
    return start_of(today() + timedelta(days=days)) + timedelta(hours=hour)
