"""Contests: settings, entries by facts, judges who step aside, locked sheets nobody sees, results, corrections."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.chassis.errors import InvalidInput
from services.contracts.activities.calendar.operations import cancel_activity
from services.contracts.activities.contests import entries, judging, settings
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.contesting import (
    CRITERIA,
    enter,
    hand_in,
    name_judges,
    set_up,
    sheet,
    step,
    table,
)
from tests.component.activities.harness import (
    AUDITOR,
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    UNIT,
    ActivitiesHarness,
    member_account,
)

CHOIR = {
    "scoring": "trimmed_mean", "scale": 10, "criteria": [{"name": "总分", "weight": "100"}], "groups": ["合唱"],
    "awards": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}],
}  # fmt: skip


def choir(union: ActivitiesHarness, judges: int = 5) -> tuple[UUID, list[str], list[UUID]]:
    """A choir contest of four choirs whose judging is open."""
    contest = set_up(union, union.schedule(), **CHOIR)
    choirs = enter(union, contest, "甲", "乙", "丙", "丁")
    named = name_judges(union, contest, judges)
    step(union, settings.open_contest, contest)
    return contest, choirs, named


def sing(union: ActivitiesHarness, contest: UUID, judges: list[UUID], entry: str, *points: str) -> None:
    for judge, one in zip(judges, points, strict=True):
        union.ask(judging.hand_in_sheet, member_account(judge), activity_id=contest, entry_id=entry, points=sheet(one))


@pytest.mark.databases("postgresql", "sqlite")
def test_a_choir_contest_from_the_first_sheet_to_the_published_awards(activities: ActivitiesHarness):
    contest, (a, b, c, d), judges = choir(activities)
    sing(activities, contest, judges, a, "9.5", "8.8", "9.0", "9.2", "8.0")
    sing(activities, contest, judges, b, "9.0", "9.0", "9.0", "9.0", "9.0")
    sing(activities, contest, judges, c, "9.9", "9.3", "9.3", "9.3", "9.1")
    assert step(activities, settings.get_contest, contest)["state"] == "judging"
    early = activities.refused(settings.close_group, OFFICER, activity_id=contest, group=1)
    assert (early.rule, early.params["number"]) == ("contests.has_enough_sheets", 4)
    sing(activities, contest, judges, d, "8.0", "8.1", "8.2", "8.3", "8.4")
    step(activities, entries.adjust_entry, contest, entry_id=c, amount="-0.50", reason="超时一分钟")

    closed = step(activities, settings.close_group, contest, group=1)
    assert closed["state"] == "provisional"
    published = step(activities, settings.publish_contest, contest)

    assert published["state"] == "published"
    # 甲 and 乙 have 9.00 in full, so both are first and get the first award; 丙: 9.30 - 0.50.
    assert table(activities, contest, member_account(judges[0])) == [
        ("甲", "9.00", 1, "一等奖"), ("乙", "9.00", 1, "一等奖"), ("丙", "8.80", 3, None), ("丁", "8.20", 4, None)
    ]  # fmt: skip
    decided = [one for one in activities.events(subject=f"contest/{contest}") if one["type"] == "contest_decided"]
    assert [(one["entries"], one["judges"], one["sheets"], one["awards"]) for one in decided] == [(4, 5, 20, 2)]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_sheet_is_unseen_until_all_of_its_entry_are_in(activities: ActivitiesHarness):
    contest, (a, *_), judges = choir(activities, judges=3)
    first, second, third = map(member_account, judges)

    def seen(by) -> int:
        return len(activities.ask(judging.list_sheets, by, activity_id=contest)["items"])

    def score() -> object:
        items = activities.ask(entries.list_entries, OFFICER, activity_id=contest)["items"]
        return next((one["sheets_in"], one["sheets_due"], one["score"]) for one in items if one["id"] == a)

    activities.ask(judging.hand_in_sheet, first, activity_id=contest, entry_id=a, points=sheet("9.1"))
    activities.ask(judging.save_sheet, second, activity_id=contest, entry_id=a, points=sheet("8.0"))
    assert [seen(one) for one in (first, second, third, OFFICER, AUDITOR)] == [1, 0, 0, 0, 0]
    assert score() == (1, 3, None)
    activities.ask(judging.hand_in_sheet, second, activity_id=contest, entry_id=a, points=sheet("8.2"))
    assert [seen(one) for one in (first, second, OFFICER)] == [1, 1, 0]
    activities.ask(judging.hand_in_sheet, third, activity_id=contest, entry_id=a, points=sheet("8.7"))

    assert [seen(one) for one in (first, second, third, OFFICER, AUDITOR)] == [3, 3, 3, 3, 3]
    assert score() == (3, 3, "8.70")
    stranger = activities.refused(judging.list_sheets, member_account(uuid4()), activity_id=contest)
    assert stranger.rule == "contests.caller_judges"


def test_a_sheet_that_was_handed_in_is_corrected_by_the_head_with_reason_only(activities: ActivitiesHarness):
    contest, (a, *_), judges = choir(activities, judges=3)
    sing(activities, contest, judges, a, "9.1", "8.2", "8.7")
    head, other = member_account(judges[0]), member_account(judges[1])
    again = activities.refused(judging.hand_in_sheet, other, activity_id=contest, entry_id=a, points=sheet("9.9"))
    assert again.rule == "contests.sheet_is_open"
    sheets = activities.ask(judging.list_sheets, head, activity_id=contest)["items"]
    wrong = next(one for one in sheets if one["total"] == "8.2")
    change = {"activity_id": contest, "sheet_id": wrong["id"], "points": sheet("8.8"), "reason": "笔误，与纸质表核对"}
    assert activities.refused(judging.correct_sheet, other, **change).rule == "contests.is_head"

    corrected = activities.ask(judging.correct_sheet, head, **change)

    assert (corrected["total"], corrected["corrected"]) == ("8.8", True)
    assert table(activities, contest)[0][:2] == ("甲", "8.80")
    history = activities.ask(settings.contest_history, OFFICER, activity_id=contest)["items"]
    found = next(one for one in history if one["what"] == "sheet/1")
    assert (found["before"], found["after"], found["reason"]) == ("总分 8.20", "总分 8.80", "笔误，与纸质表核对")


def test_all_that_is_wrong_with_a_sheet_is_told_at_once(activities: ActivitiesHarness):
    contest = set_up(activities)
    (entry,) = enter(activities, contest, "甲")
    (judge,) = name_judges(activities, contest, 1)
    step(activities, settings.open_contest, contest)
    problem = activities.refused(
        judging.hand_in_sheet, member_account(judge), activity_id=contest, entry_id=entry,
        points=sheet("101", None, "80"),
    )  # fmt: skip

    assert isinstance(problem, InvalidInput)
    assert {place: one["points"][0].code for place, one in problem.errors["points"].items()} == {
        "0": "contests.points_above", "1": "contests.points_missing",
    }  # fmt: skip
    draft = activities.ask(
        judging.save_sheet, member_account(judge), activity_id=contest, entry_id=entry, points=sheet("90.5", None, None)
    )
    assert (draft["state"], draft["points"], draft["total"]) == ("draft", [{"number": 1, "points": "90.50"}], None)
    handed_in = hand_in(activities, contest, judge, entry, "90", "88.5", "95")
    assert (handed_in["state"], handed_in["total"]) == ("handed_in", "89.125")


def test_judges_step_aside_for_their_own_unit_and_when_they_say_so(activities: ActivitiesHarness):
    contest = set_up(activities)
    own, other = (
        enter(activities, contest, name, unit_id=unit)[0] for name, unit in (("甲", UNIT), ("乙", OTHER_UNIT))
    )
    (near,) = name_judges(activities, contest, 1, UNIT)
    far = activities.members(1, UUID(int=9))[0]
    activities.ask(judging.add_judge, OFFICER, activity_id=contest, member_id=far, groups=[1])
    step(activities, settings.open_contest, contest)
    ask = {"activity_id": contest, "entry_id": own, "points": sheet("90", "90", "90")}

    refused = activities.refused(judging.hand_in_sheet, member_account(near), **ask)
    assert (refused.rule, refused.params["cause"]) == ("contests.judges_entry", "same_unit")
    hand_in(activities, contest, far, own, "80")
    assert table(activities, contest)[0][:2] == ("甲", "80.00")
    said = activities.ask(
        judging.step_aside, member_account(far), activity_id=contest, entry_id=other, reason="曾任其导师"
    )
    assert (said["state"], said["cause"]) == ("aside", "declared")
    hand_in(activities, contest, near, other, "70")
    assert [one[1] for one in table(activities, contest)] == ["80.00", "70.00"]


def test_a_contestant_is_of_the_age_of_the_contest_on_its_day(activities: ActivitiesHarness):
    contest = set_up(activities, most_age=40, age_on="2026-08-31")
    young, old, unknown = activities.members(3)
    asked = []

    def facts(payload):
        asked.append(payload)
        ages = {str(young): 40, str(old): 41}
        found = [{"member_id": one, "age": ages[one]} for one in payload["member_ids"] if one in ages]
        return {"items": found, "unknown_ids": []}

    activities.answers["membership.facts_of_members"] = facts
    make = {"activity_id": contest, "group": 1}
    entry = activities.ask(entries.enter_contest, OFFICER, member_id=young, **make)
    refused = activities.refused(entries.enter_contest, OFFICER, member_id=old, **make)
    missing = activities.refused(entries.enter_contest, OFFICER, member_id=unknown, **make)

    assert entry["unit_id"] == str(UNIT)
    assert (refused.rule, refused.params["most_age"]) == ("contests.is_young_enough", 40)
    assert missing.rule == "contests.age_is_known"
    assert {(one["purpose"], one["on"], *one["facts"]) for one in asked} == {("contest_age", "2026-08-31", "age")}


@pytest.mark.databases("postgresql", "sqlite")
def test_the_registered_are_entered_at_once_and_who_does_not_fit_is_told(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=None, kind="contest")
    contest = set_up(activities, activity, most_age=35, age_on="2026-08-31")
    members = activities.members(3)
    for one in members:
        activities.register(activity, one)
    ages = dict(zip(map(str, members), (30, 36, 35), strict=True))
    activities.answers["membership.facts_of_members"] = lambda payload: {
        "items": [{"member_id": one, "age": ages[one]} for one in payload["member_ids"]], "unknown_ids": []
    }  # fmt: skip

    reply = activities.ask(entries.enter_registered, OFFICER, activity_id=contest, group=2)
    again = activities.ask(entries.enter_registered, OFFICER, activity_id=contest, group=2)

    assert (reply["entered"], reply["more"]) == (2, False)
    assert reply["refused"] == [{"member_id": str(members[1]), "rule": "contests.is_young_enough"}]
    assert (again["entered"], len(again["refused"])) == (0, 1)
    items = activities.ask(entries.list_entries, OFFICER, activity_id=contest)["items"]
    assert [(one["number"], one["group"], one["member_id"]) for one in items] == [
        (1, 2, str(members[0])), (2, 2, str(members[2]))
    ]  # fmt: skip


def test_ranks_are_of_a_group_and_without_who_withdrew(activities: ActivitiesHarness):
    contest = set_up(activities)
    arts, science = enter(activities, contest, "甲", "乙", "丙"), enter(activities, contest, "丁", group=2)
    (judge,) = name_judges(activities, contest, 1)
    step(activities, settings.open_contest, contest)
    for entry, points in zip([*arts, *science], ("70", "95", "80", "60"), strict=True):
        hand_in(activities, contest, judge, entry, points)

    step(activities, entries.withdraw_entry, contest, entry_id=arts[1], reason="因病退赛")

    assert [one[:3] for one in table(activities, contest)] == [
        ("丙", "80.00", 1), ("甲", "70.00", 2), ("丁", "60.00", 1)
    ]  # fmt: skip


def test_a_judge_from_outside_has_paper_that_the_organiser_enters(activities: ActivitiesHarness):
    contest = set_up(activities)
    (entry,) = enter(activities, contest, "甲")
    guest = activities.ask(judging.add_judge, OFFICER, activity_id=contest, name="校外评委", groups=[1])
    (member,) = name_judges(activities, contest, 1)
    step(activities, settings.open_contest, contest)
    found = activities.ask(judging.list_judges, OFFICER, activity_id=contest)["items"]
    named = next(one for one in found if one["member_id"] == str(member))
    paper = {"activity_id": contest, "entry_id": entry, "points": sheet("80", "80", "80")}
    refused = activities.refused(judging.hand_in_sheet, OFFICER, judge_id=named["id"], **paper)
    assert refused.rule == "contests.paper_is_of_a_guest"
    activities.ask(judging.hand_in_sheet, OFFICER, judge_id=guest["id"], **paper)
    hand_in(activities, contest, member, entry, "90")

    assert table(activities, contest) == [("甲", "85.00", 1, None)]
    kept = activities.refused(judging.remove_judge, OFFICER, activity_id=contest, judge_id=guest["id"])
    assert kept.rule == "contests.judge_has_no_sheets"


def test_published_results_stand_until_an_officer_takes_them_back(activities: ActivitiesHarness):
    contest = set_up(activities, groups=["全部"])
    entry, _ = enter(activities, contest, "甲", "乙")
    (judge,) = name_judges(activities, contest, 1)
    step(activities, settings.open_contest, contest)
    for one in (entry, _):
        hand_in(activities, contest, judge, one, "80")
    early = activities.refused(entries.contest_results, member_account(judge), activity_id=contest)
    assert early.rule == "contests.results_are_published"
    step(activities, settings.close_group, contest, group=1)
    step(activities, settings.publish_contest, contest)
    change = {"activity_id": contest, "entry_id": entry, "amount": "1", "reason": "补记加分"}
    assert activities.refused(entries.adjust_entry, OFFICER, **change).rule == "contests.results_are_open"
    assert (
        activities.refused(settings.withdraw_results, OFFICER, activity_id=contest).rule == "contests.reason_is_given"
    )
    step(activities, settings.withdraw_results, contest, reason="漏记加分")
    activities.ask(entries.adjust_entry, OFFICER, **change)
    step(activities, settings.publish_contest, contest)

    assert [one[:3] for one in table(activities, contest)] == [("甲", "81.00", 1), ("乙", "80.00", 2)]
    types = [one["type"] for one in activities.events(subject=f"contest/{contest}")]
    assert types.count("contest_decided") == 2


def test_a_group_is_opened_again_with_a_reason(activities: ActivitiesHarness):
    contest, choirs, judges = choir(activities, judges=3)
    for entry in choirs:
        sing(activities, contest, judges, entry, "9", "9", "9")
    step(activities, settings.close_group, contest, group=1)
    late = activities.refused(entries.enter_contest, OFFICER, activity_id=contest, group=1, name="戊")
    assert late.rule == "contests.group_is_open"
    opened = step(activities, settings.reopen_group, contest, group=1, reason="漏了一支队伍")
    assert opened["state"] == "judging"
    enter(activities, contest, "戊")
    refused = activities.refused(settings.close_group, OFFICER, activity_id=contest, group=1)
    assert refused.params == {"number": 5, "sheets": 0, "least": 3}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"criteria": CRITERIA[:2]}, "contests.weights_sum_to_100"),
        ({"groups": ["文科", "文科"]}, "contests.names_differ"),
        ({"most_age": 40}, "contests.age_and_day_go_together"),
    ],
)
def test_settings_are_sound(activities: ActivitiesHarness, changes: dict, rule: str):
    values = {"scoring": "mean", "criteria": CRITERIA, "groups": ["文科"], **changes}
    assert activities.refused(settings.set_contest, OFFICER, activity_id=activities.schedule(), **values).rule == rule


def test_settings_change_until_judging_opens_and_groups_keep_their_entries(activities: ActivitiesHarness):
    contest = set_up(activities)
    enter(activities, contest, "甲", group=2)
    values = {"scoring": "mean", "criteria": CRITERIA, "activity_id": contest}
    stale = activities.refused(settings.set_contest, OFFICER, groups=["工科", "理科"], version=7, **values)
    assert stale.rule == "contests.version_is_the_one_that_stands"
    used = activities.refused(settings.set_contest, OFFICER, groups=["文科"], version=1, **values)
    assert used.rule == "contests.group_is_empty"
    changed = activities.ask(settings.set_contest, OFFICER, groups=["工科", "理科"], version=1, **values)
    assert [(one["number"], one["name"]) for one in changed["groups"]] == [(3, "工科"), (2, "理科")]
    without = activities.refused(settings.open_contest, OFFICER, activity_id=contest)
    assert (without.rule, without.params["name"]) == ("contests.groups_have_judges", "理科")
    name_judges(activities, contest, 1)
    step(activities, settings.open_contest, contest)
    late = activities.refused(settings.set_contest, OFFICER, groups=["理科"], version=2, **values)
    assert late.rule == "contests.is_prepared"


def test_only_who_organises_an_activity_manages_its_contest(activities: ActivitiesHarness):
    of_other = activities.schedule(organiser_unit_id=OTHER_UNIT)
    values = {"scoring": "mean", "criteria": CRITERIA, "groups": ["全部"]}
    refused = activities.refused(settings.set_contest, CHAIR, activity_id=of_other, **values)
    assert refused.rule is not None
    contest = set_up(activities, activities.schedule(organiser_unit_id=UNIT))
    assert activities.ask(entries.enter_contest, CHAIR, activity_id=contest, group=1, name="甲")["name"] == "甲"
    activities.ask(cancel_activity, OFFICER, activity_id=contest, reason="停办")
    late = activities.refused(entries.enter_contest, CHAIR, activity_id=contest, group=1, name="乙")
    assert late.rule == "contests.activity_stands"


def test_who_judges_and_takes_part_finds_it_and_is_forgotten(activities: ActivitiesHarness):
    contest = set_up(activities)
    contestant, judge = activities.members(2)
    activities.ask(entries.enter_contest, OFFICER, activity_id=contest, group=1, member_id=contestant)
    activities.ask(judging.add_judge, OFFICER, activity_id=contest, groups=[1], member_id=judge)
    roles = [
        [one["role"] for one in activities.ask(settings.my_contests, member_account(who))["items"]]
        for who in (contestant, judge)
    ]
    assert roles == [["contestant"], ["judge"]]
    activities.receive("forget_contests", activities.message(MemberAnonymised, 1, member_id=contestant))
    assert activities.ask(entries.list_entries, OFFICER, activity_id=contest)["items"][0]["member_id"] is None
    assert activities.ask(settings.my_contests, member_account(contestant))["items"] == []
