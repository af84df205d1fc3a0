"""Tournaments: drawing, results, the way through the bracket, corrections, postponement, standings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.contracts.activities.sports import fixtures, tournaments
from tests.component.activities.harness import AUDITOR, CHAIR, OFFICER, ActivitiesHarness, at, member_account

WIN, LOSE = [{"home": 21, "away": 10}] * 2, [{"home": 10, "away": 21}] * 2


def set_up(union: ActivitiesHarness, teams: int, **changes: Any) -> tuple[UUID, list[dict[str, Any]]]:
    """A tournament with teams of the seeds 1, 2, …; the first has a contact."""
    activity = union.schedule(title="气排球赛", kind="match")
    values = {
        "format": "round_robin", "courts": ["一号场", "二号场"], "match_minutes": 30,
        "periods": [{"starts_at": at(days=10), "ends_at": at(days=10, hours=8)}], **changes,
    }  # fmt: skip
    union.ask(tournaments.set_tournament, OFFICER, activity_id=activity, **values)
    (contact,) = union.members(1)
    made = [
        union.ask(
            tournaments.add_sports_team, OFFICER, activity_id=activity, name=f"{number} 队", seed=number,
            contact_id=contact if number == 1 else None,
        )
        for number in range(1, teams + 1)
    ]  # fmt: skip
    return activity, made


def drawn(union: ActivitiesHarness, activity: UUID, **wanted: Any) -> list[dict[str, Any]]:
    union.ask(fixtures.draw_fixtures, OFFICER, activity_id=activity)
    return listed(union, activity, **wanted)


def listed(union: ActivitiesHarness, activity: UUID, **wanted: Any) -> list[dict[str, Any]]:
    return union.ask(fixtures.list_fixtures, AUDITOR, activity_id=activity, limit=100, **wanted)["items"]


def record(
    union: ActivitiesHarness, activity: UUID, one: dict[str, Any], sets: list[dict[str, int]], **more: Any
) -> Any:
    return union.ask(
        fixtures.record_result, OFFICER, activity_id=activity, fixture_id=one["id"], sets=sets, **more
    )  # fmt: skip


def play(union: ActivitiesHarness, activity: UUID, matches: list[dict[str, Any]]) -> None:
    """Let the team with the lower number win each match."""
    for one in matches:
        record(union, activity, one, WIN if one["home_name"] < one["away_name"] else LOSE)


@pytest.mark.databases("postgresql", "sqlite")
def test_groups_play_everybody_once_and_the_bracket_goes_on_to_the_final(activities: ActivitiesHarness):
    activity, _ = set_up(activities, 6, format="groups_then_knock_out", groups=2, advance=2)
    matches = drawn(activities, activity)
    assert len(matches) == 6
    assert {(one["group"], one["stage"]) for one in matches} == {(1, "group"), (2, "group")}
    early = activities.refused(fixtures.draw_fixtures, OFFICER, activity_id=activity)
    assert (early.rule, early.params["matches"]) == ("sports.groups_are_played", 6)
    play(activities, activity, matches)
    table = activities.ask(fixtures.standings, AUDITOR, activity_id=activity)["items"]
    assert [(one["group"], one["rank"], one["name"], one["points"]) for one in table] == [
        (1, 1, "1 队", 4), (1, 2, "4 队", 3), (1, 3, "5 队", 2), (2, 1, "2 队", 4), (2, 2, "3 队", 3), (2, 3, "6 队", 2)
    ]  # fmt: skip

    semis = drawn(activities, activity, stage="knock_out")
    assert [(one["home_name"], one["away_name"]) for one in semis] == [("1 队", "3 队"), ("2 队", "4 队"), (None, None)]
    play(activities, activity, semis[:2])
    final = listed(activities, activity, stage="knock_out")[-1]
    assert (final["home_name"], final["away_name"]) == ("1 队", "2 队")
    assert final["starts_at"] > max(one["starts_at"] for one in semis[:2])
    play(activities, activity, [final])
    assert activities.ask(tournaments.get_tournament, AUDITOR, activity_id=activity)["state"] == "finished"
    stood = activities.refused(
        fixtures.record_result, OFFICER, activity_id=activity, fixture_id=semis[0]["id"], sets=LOSE, reason="误记"
    )  # fmt: skip
    assert stood.rule == "sports.nothing_follows"


def test_the_best_have_byes_and_go_on_at_once(activities: ActivitiesHarness):
    activity, _ = set_up(activities, 5, format="knock_out")
    matches = drawn(activities, activity)
    byes = [one for one in matches if one["state"] == "bye"]
    assert sorted(one["home_name"] for one in byes) == ["1 队", "2 队", "3 队"]
    assert all(one["starts_at"] is None for one in byes)
    second = [one for one in matches if one["round"] == 2]
    assert [(one["home_name"], one["away_name"]) for one in second] == [("1 队", None), ("2 队", "3 队")]
    refused = activities.refused(
        fixtures.record_result, OFFICER, activity_id=activity, fixture_id=second[0]["id"], sets=WIN
    )
    assert refused.rule == "sports.teams_are_known"
    (first,) = [one for one in matches if one["round"] == 1 and one["state"] == "planned"]
    record(activities, activity, first, [], absent_id=first["home_id"])
    after = next(one for one in listed(activities, activity) if one["id"] == second[0]["id"])
    assert after["away_name"] == first["away_name"]


def test_a_result_is_corrected_with_a_reason(activities: ActivitiesHarness):
    activity, _ = set_up(activities, 3)
    first = drawn(activities, activity)[0]
    short = activities.refused(
        fixtures.record_result, OFFICER, activity_id=activity, fixture_id=first["id"], sets=WIN[:1]
    )
    assert (short.rule, short.params["sets_to_win"]) == ("sports.sets_are_of_a_match", 2)
    record(activities, activity, first, WIN)
    again = activities.refused(fixtures.record_result, OFFICER, activity_id=activity, fixture_id=first["id"], sets=LOSE)
    assert again.rule == "sports.correction_has_a_reason"
    assert record(activities, activity, first, LOSE, reason="记分表看反了")["winner_id"] == first["away_id"]


def test_a_match_is_postponed_and_moved_to_where_nobody_plays(activities: ActivitiesHarness):
    activity, teams = set_up(activities, 4)
    matches = drawn(activities, activity)
    mine = next(one for one in matches if "1 队" in (one["home_name"], one["away_name"]))
    other = next(one for one in matches if one["starts_at"] == mine["starts_at"] and one["id"] != mine["id"])
    move = {"activity_id": activity, "fixture_id": mine["id"], "reason": "场地维修"}
    postponed = activities.ask(fixtures.move_fixture, OFFICER, **move)
    assert (postponed["state"], postponed["starts_at"], postponed["court"]) == ("postponed", None, None)
    taken = activities.refused(
        fixtures.move_fixture, OFFICER, **move, starts_at=other["starts_at"], court=other["court"]
    )
    assert taken.rule == "sports.court_is_free"
    later = next(one for one in matches if one["starts_at"] > mine["starts_at"])
    free = {"一号场", "二号场"} - {later["court"]}
    busy = activities.refused(fixtures.move_fixture, OFFICER, **move, starts_at=later["starts_at"], court=free.pop())
    assert busy.rule in ("sports.court_is_free", "sports.teams_are_free")
    moved = activities.ask(fixtures.move_fixture, OFFICER, **move, starts_at=at(days=11), court="一号场")
    assert moved["state"] == "planned"
    events = [one for one in activities.events(subject=f"tournament/{activity}") if one["type"] == "fixture_changed"]
    assert [(one["state"], one["moved"]) for one in events] == [("postponed", True), ("planned", True)]
    assert events[0]["contact_ids"] == [teams[0]["contact_id"]]


@pytest.mark.parametrize(
    ("teams", "changes", "rule"),
    [
        (1, {}, "sports.teams_fill_groups"),
        (3, {"groups": 2}, "sports.teams_fill_groups"),
        (8, {"courts": ["一号场"], "match_minutes": 120}, "sports.slots_are_enough"),
    ],
)
def test_a_draw_needs_teams_courts_and_time(activities: ActivitiesHarness, teams: int, changes: dict, rule: str):
    activity, _ = set_up(activities, teams, **changes)
    assert activities.refused(fixtures.draw_fixtures, OFFICER, activity_id=activity).rule == rule


def test_settings_and_teams_stand_once_drawn_and_are_of_the_organiser(activities: ActivitiesHarness):
    activity, teams = set_up(activities, 3)
    assert activities.refused(fixtures.draw_fixtures, CHAIR, activity_id=activity).rule is not None
    same = activities.refused(tournaments.add_sports_team, OFFICER, activity_id=activity, name="1 队")
    assert same.rule == "sports.name_is_free"
    activities.ask(tournaments.remove_sports_team, OFFICER, activity_id=activity, team_id=teams[2]["id"])
    assert len(drawn(activities, activity)) == 1
    late = activities.refused(tournaments.add_sports_team, OFFICER, activity_id=activity, name="新队")
    assert late.rule == "sports.is_prepared"
    member = member_account(activities.members(1)[0])
    assert len(activities.ask(fixtures.list_fixtures, member, activity_id=activity)["items"]) == 1
    overlap = [{"starts_at": at(days=1), "ends_at": at(days=1) + timedelta(hours=-1)}]
    other = activities.schedule()
    refused = activities.refused(
        tournaments.set_tournament, OFFICER, activity_id=other, format="knock_out", courts=["一"], periods=overlap
    )
    assert refused.rule == "sports.periods_are_sound"
