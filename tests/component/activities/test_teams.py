"""Teams: founding, asking, joining, sizes, units, seats, the lock of line-ups, members who leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis.clock import frozen, now
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.teams import operations as contract
from services.contracts.membership.record.operations import MemberUpdated
from tests.component.activities.harness import (
    AUDITOR,
    OFFICER,
    OTHER_UNIT,
    UNIT,
    ActivitiesHarness,
    at,
    chair_of,
    member_account,
)
from tests.component.activities.test_rush import together

BOTH = pytest.mark.databases("postgresql", "sqlite")


def for_teams(activities: ActivitiesHarness, capacity: int | None = 4, audience: Any = None, **changes: Any) -> UUID:
    """A match of teams of two or three, with one substitute, whose line-ups lock in five days."""
    more = {"audience": audience} if audience else {}
    activity = activities.schedule(kind="match", title="气排球赛", capacity=capacity, **more)
    setting = {"least": 2, "most": 3, "most_substitutes": 1, "locks_at": at(days=5), **changes}
    activities.ask(contract.set_teams, OFFICER, activity_id=activity, **setting)
    return activity


def found(activities: ActivitiesHarness, activity: UUID, captain: UUID, name: str = "旋风队") -> UUID:
    asked = {"activity_id": activity, "name": name}
    return UUID(activities.ask(contract.found_team, member_account(captain), **asked)["id"])


def ask(activities: ActivitiesHarness, operation: Any, who: UUID | Any, activity: UUID, team: UUID, **more: Any) -> Any:
    principal = member_account(who) if isinstance(who, UUID) else who
    return activities.ask(operation, principal, activity_id=activity, team_id=team, **more)


def no(activities: ActivitiesHarness, operation: Any, who: UUID | Any, activity: UUID, team: UUID, **more: Any) -> Any:
    principal = member_account(who) if isinstance(who, UUID) else who
    return activities.refused(operation, principal, activity_id=activity, team_id=team, **more)


def joined(activities: ActivitiesHarness, activity: UUID, team: UUID, captain: UUID, *players: UUID) -> None:
    ask(activities, contract.invite_players, captain, activity, team, member_ids=list(players))
    for player in players:
        ask(activities, contract.answer_team_invitation, player, activity, team, accept=True)


@BOTH
def test_a_captain_asks_players_who_join_or_decline_and_confirms_the_line_up(activities: ActivitiesHarness):
    activity = for_teams(activities)
    captain, second, third, stranger = activities.members(4)
    team = found(activities, activity, captain)
    assert no(activities, contract.confirm_team, captain, activity, team).params == {"least": 2, "players": 1}
    ask(activities, contract.invite_players, captain, activity, team, member_ids=[second, third])
    assert {one["member_id"] for one in activities.events("team_invited")} == {str(second), str(third)}

    ask(activities, contract.answer_team_invitation, second, activity, team, accept=True)
    declined = ask(activities, contract.answer_team_invitation, third, activity, team, accept=False)
    again = ask(activities, contract.answer_team_invitation, second, activity, team, accept=True)
    confirmed = ask(activities, contract.confirm_team, captain, activity, team)

    assert declined["own_state"] == "declined"
    assert again["own_state"] == "accepted"
    assert [(one["joined"], one["captain_id"]) for one in activities.events("team_answered")] == [
        (True, str(captain)), (False, str(captain)),
    ]  # fmt: skip
    assert (confirmed["state"], confirmed["players"], confirmed["invited"]) == ("confirmed", 2, 0)
    (event,) = activities.events("team_confirmed")
    assert (event["players"], event["substitutes"], event["seats_taken"], event["seats_left"]) == (2, 0, 1, 3)
    assert set(event["member_ids"]) == {str(captain), str(second)}
    assert no(activities, contract.confirm_team, captain, activity, team).rule == "workflow.team"
    assert no(activities, contract.get_team, stranger, activity, team).rule == "teams.caller_is_of_the_team"
    assert no(activities, contract.invite_players, second, activity, team, member_ids=[stranger]).status == 403
    assert ask(activities, contract.get_team, AUDITOR, activity, team)["may_change"] is False


def test_every_player_is_in_the_audience_and_plays_in_one_team(activities: ActivitiesHarness):
    activity = for_teams(activities, audience={"units": [str(UNIT)], "employments": []})
    captain, other, player = activities.members(3)
    (foreign,) = activities.members(1, unit=OTHER_UNIT)
    team, second = found(activities, activity, captain), found(activities, activity, other, "闪电队")
    assert no(activities, contract.invite_players, captain, activity, team, member_ids=[foreign]).rule == (
        "registration.member_is_in_audience"
    )
    asked = {"activity_id": activity, "name": "外援队"}
    assert activities.refused(contract.found_team, member_account(foreign), **asked).rule == (
        "registration.member_is_in_audience"
    )
    ask(activities, contract.invite_players, captain, activity, team, member_ids=[player])
    ask(activities, contract.invite_players, other, activity, second, member_ids=[player])
    ask(activities, contract.answer_team_invitation, player, activity, team, accept=True)
    twice = no(activities, contract.answer_team_invitation, player, activity, second, accept=True)
    assert twice.rule == "teams.plays_in_one_team"
    taken = activities.refused(contract.found_team, member_account(player), **{**asked, "name": "我的队"})
    assert taken.rule == "teams.plays_in_one_team"
    free = activities.members(1)[0]
    named = activities.refused(contract.found_team, member_account(free), **{**asked, "name": "旋风队"})
    assert named.rule == "teams.name_is_free"


def test_a_team_has_no_more_players_and_substitutes_than_it_may(activities: ActivitiesHarness):
    activity = for_teams(activities)
    captain, *players = activities.members(6)
    team = found(activities, activity, captain)
    many = no(activities, contract.invite_players, captain, activity, team, member_ids=players[:3])
    assert (many.rule, many.params) == ("teams.team_has_room", {"role": "player", "most": 3})
    joined(activities, activity, team, captain, *players[:2])
    spare = {"role": "substitute", "member_ids": [players[2]]}
    ask(activities, contract.invite_players, captain, activity, team, **spare)
    told = ask(activities, contract.answer_team_invitation, players[2], activity, team, accept=True)
    assert (told["players"], told["substitutes"]) == (3, 1)
    more = no(activities, contract.invite_players, captain, activity, team, **{**spare, "member_ids": [players[3]]})
    assert more.params == {"role": "substitute", "most": 1}


def test_a_unit_has_no_more_teams_than_the_organiser_says(activities: ActivitiesHarness):
    activity = for_teams(activities, most_of_unit=1)
    first, second = activities.members(2)
    (foreign,) = activities.members(1, unit=OTHER_UNIT)
    team = found(activities, activity, first)
    asked = {"activity_id": activity, "name": "二队"}
    assert activities.refused(contract.found_team, member_account(second), **asked).params == {"most": 1}
    found(activities, activity, foreign, "外院队")
    ask(activities, contract.end_team, first, activity, team)
    found(activities, activity, second, "二队")


@pytest.mark.databases("postgresql", "sqlite")
def test_teams_that_confirm_at_once_take_no_seat_too_many(activities: ActivitiesHarness):
    activity = for_teams(activities, capacity=2, least=1)
    captains = activities.members(6)
    teams = [found(activities, activity, one, f"{number}队") for number, one in enumerate(captains)]

    answers = together(
        *[
            lambda one=one, team=team: activities.answer(
                contract.confirm_team, member_account(one), activity_id=activity, team_id=team
            )
            for one, team in zip(captains, teams, strict=True)
        ]
    )

    assert sum("ok" in one for one in answers) == 2
    assert {one["problem"]["rule"] for one in answers if "problem" in one} == {"teams.seat_is_left"}
    assert activities.activity(activity)["seats_taken"] == 2
    fewer = {"activity_id": activity, "capacity": 1, "move_overflow": True}
    smaller = activities.refused(calendar.update_activity, OFFICER, **fewer)
    assert smaller.rule == "registration.others_keep_their_places"
    winner = next(number for number, one in enumerate(answers) if "ok" in one)
    ask(activities, contract.end_team, captains[winner], activity, teams[winner])
    assert activities.activity(activity)["seats_taken"] == 1


def test_line_ups_lock_and_organisers_alone_change_them_with_a_reason(activities: ActivitiesHarness):
    activity = for_teams(activities)
    captain, second, late, asked_before = activities.members(4)
    team = found(activities, activity, captain)
    joined(activities, activity, team, captain, second)
    ask(activities, contract.invite_players, captain, activity, team, member_ids=[asked_before])
    ask(activities, contract.confirm_team, captain, activity, team)
    alone = found(activities, activity, late, "独行队")
    with frozen(now() + timedelta(days=6)):
        for operation, who, more in (
            (contract.invite_players, captain, {"member_ids": [late]}),
            (contract.remove_player, captain, {"member_id": second}),
            (contract.remove_player, second, {}),
            (contract.end_team, captain, {}),
            (contract.answer_team_invitation, asked_before, {"accept": True}),
        ):
            assert no(activities, operation, who, activity, team, **more).rule == "teams.line_up_is_open"
        activities.run_timer("lapse_teams")
        assert [one["cause"] for one in activities.events("team_ended")] == ["not_confirmed"]
        assert ask(activities, contract.get_team, OFFICER, activity, alone)["state"] == "withdrawn"
        swap = {"member_ids": [late], "role": "substitute"}
        assert no(activities, contract.invite_players, OFFICER, activity, team, **swap).rule == (
            "teams.change_has_a_reason"
        )
        ask(activities, contract.invite_players, OFFICER, activity, team, **swap, reason="队员受伤，替补顶上")
        told = ask(activities, contract.answer_team_invitation, late, activity, team, accept=True)
        assert told["substitutes"] == 1
        small = no(activities, contract.remove_player, OFFICER, activity, team, member_id=second, reason="伤病")
        assert small.rule == "teams.team_is_complete"


@BOTH
def test_players_who_leave_the_union_leave_their_team_and_a_captains_team_ends(activities: ActivitiesHarness):
    activity = for_teams(activities)
    captain, second = activities.members(2)
    team = found(activities, activity, captain)
    joined(activities, activity, team, captain, second)
    ask(activities, contract.confirm_team, captain, activity, team)

    def leave(member: UUID) -> None:
        gone = {**MemberUpdated.example, "member_id": str(member), "unit_id": str(UNIT), "standing": "withdrawn"}
        activities.receive("release_player", activities.message(MemberUpdated, **gone))

    leave(second)
    assert ask(activities, contract.get_team, OFFICER, activity, team)["players"] == 1
    leave(captain)
    leave(captain)
    assert [one["cause"] for one in activities.events("team_ended")] == ["left"]
    assert activities.activity(activity)["seats_taken"] == 0


def test_teams_are_listed_by_everybody_and_set_up_by_organisers(activities: ActivitiesHarness):
    activity, plain = for_teams(activities), activities.schedule()
    captain, other = activities.members(2)
    (foreign,) = activities.members(1, unit=OTHER_UNIT)
    found(activities, activity, captain, "乙队")
    found(activities, activity, foreign, "甲队")
    asked = {"activity_id": activity}
    names = [one["name"] for one in activities.ask(contract.list_teams, member_account(other), **asked)["items"]]
    assert sorted(names) == ["乙队", "甲队"]
    mine = activities.ask(contract.list_teams, member_account(captain), **asked, mine=True)["items"]
    assert [one["name"] for one in mine] == ["乙队"]
    of_unit = activities.ask(contract.list_teams, AUDITOR, **asked, unit_id=OTHER_UNIT)["items"]
    assert [one["name"] for one in of_unit] == ["甲队"]
    none = activities.refused(contract.found_team, member_account(other), activity_id=plain, name="丙队")
    assert none.rule == "teams.activity_is_for_teams"
    assert activities.ask(contract.get_team_setting, AUDITOR, activity_id=plain)["setting"] is None
    setting = {"least": 1, "most": 2, "locks_at": at(days=5)}
    denied = activities.refused(contract.set_teams, chair_of(OTHER_UNIT), activity_id=activity, **setting)
    assert denied.status == 403
    late = activities.refused(contract.set_teams, OFFICER, activity_id=activity, **{**setting, "locks_at": at(days=11)})
    assert late.rule == "teams.lock_precedes_start"
    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason_code="weather", reason="大雨")
    activities.run_timer("end_with_activity")
    assert {one["cause"] for one in activities.events("team_ended")} == {"activity_cancelled"}
    closed = activities.refused(contract.found_team, member_account(other), activity_id=activity, name="丙队")
    assert closed.rule == "teams.activity_is_to_come"
