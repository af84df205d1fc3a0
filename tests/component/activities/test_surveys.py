"""Surveys: written, opened on a frozen roll, answered once, closed with the count, published to those asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.registration.tables import Registration
from services.activities.surveys.tables import SurveyAnswer, SurveyRoll, SurveySheet
from services.chassis import clock
from services.chassis.database.history import AccessLog
from services.chassis.errors import NotAllowed, PreconditionFailed
from services.chassis.rules.rulebook import PolicyRule
from services.chassis.security.principal import ANONYMOUS
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys.results import my_survey_answers
from services.contracts.membership.facts import facts_of_members
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.harness import AUDITOR, CHAIR, OFFICER, OTHER_UNIT, UNIT, ActivitiesHarness, at
from tests.component.activities.surveys import BLANK, QUESTIONS, Surveys, answers
from tests.support.blind_keys import give_keys
from tests.support.principals import chair_of, member_account


@pytest.fixture(autouse=True)
def four_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four keys for all surveys, each group of a survey another one."""
    give_keys(monkeypatch, 4)


@pytest.fixture
def surveys(activities: ActivitiesHarness) -> Surveys:
    return Surveys(activities)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_anonymous_survey_from_draft_to_published(surveys: Surveys, activities: ActivitiesHarness) -> None:
    members = activities.members(6)
    survey = surveys.opened(closes_at=at(days=7))
    assert (survey["entitled"], survey["smallest"], survey["rule"]) == (6, 5, None)
    activities.run_timer("tell_survey_members")
    [called] = surveys.told(survey, "survey_called")
    assert (called["call"], sorted(called["member_ids"])) == ("called", sorted(map(str, members)))
    for place, one in enumerate(members[:5]):
        surveys.fill_in(survey, one, answers(place < 3, (1, 2), 1 + place, "意见" if place == 4 else None))
    assert surveys.get(survey)["sheets"] == 5
    assert surveys.get(survey, member_account(members[0]))["sheets"] is None
    result = surveys.close(survey)
    assert (result["sheets"], result["turnout"], result["shown"]) == (5, "83.3", True)
    taken, liked, points, said = result["questions"]
    assert [(one["option"], one["count"], one["percent"]) for one in taken["options"]] == [
        ("是", 3, "60.0"), ("否", 2, "40.0"),
    ]  # fmt: skip
    assert (liked["answered"], [one["count"] for one in liked["options"]]) == (3, [3, 3, 0])
    assert (points["mean"], said["answered"], said["options"]) == ("3.00", 1, [])
    activities.run_timer("tell_survey_members")
    assert [one["end"] for one in surveys.told(survey, "survey_told")] == ["closed"]
    mine = member_account(members[5])
    assert surveys.refused("get_survey_result", survey, mine).rule == "surveys.reader_is_told"
    surveys.ask("publish_survey", survey, with_texts=False)
    assert surveys.ask("get_survey_result", survey, mine)["sheets"] == 5
    assert surveys.refused("list_survey_texts", survey, mine).rule == "surveys.reader_is_told"
    assert surveys.refused("get_survey_result", survey, member_account(uuid4())).rule == "surveys.reader_is_told"
    with activities.database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SurveySheet)) == 0, "sheets are erased"


def test_a_named_survey_keeps_the_last_answers(surveys: Surveys, activities: ActivitiesHarness) -> None:
    members = activities.members(3)
    survey = surveys.opened(anonymous=False)
    surveys.answer(survey, members[0], answers(said="第一次"))
    surveys.answer(survey, members[0], answers(said="第二次"))
    assert surveys.get(survey, member_account(members[0]))["own_answers"][3]["text"] == "第二次"
    assert [one["member_ids"] for one in surveys.told(survey, "survey_answered")] == [[str(members[0])]]
    assert surveys.refused("open_survey_answers", survey).rule == "surveys.result_is_out"
    result = surveys.close(survey)
    assert (result["sheets"], result["shown"]) == (1, True)
    [row] = surveys.ask("open_survey_answers", survey)["items"]
    assert (row["member_id"], row["answers"]) == (str(members[0]), ["是", "球类", "4", "第二次"])
    with activities.database.session() as session:
        assert [one.field for one in session.scalars(sa.select(AccessLog))] == ["1 answers"]
    mine = activities.ask(my_survey_answers, member_account(members[0]))["items"]
    assert [one["text"] for one in mine] == ["您参加过吗：是；喜欢哪些：球类；打几分：4；还有什么建议：第二次"]
    problem = surveys.refused("answer_survey", survey, member_account(members[0]), answers=answers())
    assert problem.rule == "surveys.survey_is_open"


def test_an_answer_to_a_question_that_is_not_asked_is_not_kept(surveys: Surveys, activities: ActivitiesHarness) -> None:
    """LimeSurvey keeps answers given before the condition changed, and exports and counts them."""
    (one,) = activities.members(1)
    survey = surveys.opened(anonymous=False)
    surveys.answer(survey, one, answers(True, (1, 3)))
    surveys.answer(survey, one, answers(False, (1, 3)))
    assert surveys.get(survey, member_account(one))["own_answers"][1]["choices"] == []
    assert surveys.close(survey)["questions"][1]["answered"] == 0


def test_days_and_numbers_come_back_as_they_were_given(surveys: Surveys, activities: ActivitiesHarness) -> None:
    (one,) = activities.members(1)
    questions = [{"question": "哪一天", "kind": "date"}, {"question": "几个", "kind": "number"}]
    survey = surveys.opened(anonymous=False, questions=questions)
    given = [{**BLANK, "day": "2026-12-05"}, {**BLANK, "number": "2.50"}]
    surveys.answer(survey, one, given)
    assert surveys.get(survey, member_account(one))["own_answers"] == given
    day, number = surveys.close(survey)["questions"]
    assert (day["answered"], number["mean"]) == (1, "2.50")


def test_conditions_follow_each_other_and_required_counts_only_where_asked(
    surveys: Surveys, activities: ActivitiesHarness
) -> None:
    (one,) = activities.members(1)
    last = {"question": "为什么是书画", "kind": "line", "required": True, "condition": {"question": 2, "choices": [3]}}
    survey = surveys.opened(anonymous=False, questions=[*QUESTIONS, last])
    assert surveys.answer(survey, one, [*answers(False, (3,)), BLANK]) == {"taken": True}
    by = member_account(one)
    problem = surveys.refused("answer_survey", survey, by, answers=[*answers(True, (3,)), BLANK])
    assert problem.rule == "surveys.required_is_answered"
    assert (problem.params["number"], problem.params["wrong"]) == (5, {"5": "surveys.required_is_answered"})


@pytest.mark.parametrize(
    "changes",
    [
        {"questions": [{"question": "单选", "kind": "choice", "options": ["一项"]}]},
        {"questions": [{"question": "单选", "kind": "choice", "options": ["同", "同"]}]},
        {"questions": [{"question": "打分", "kind": "rating", "options": ["好", "差"]}]},
    ],
)
def test_options_fit_the_kind(surveys: Surveys, activities: ActivitiesHarness, changes: dict[str, Any]) -> None:
    problem = activities.refused(contract.write_survey, OFFICER, title="选项", **changes)
    assert (problem.rule, problem.params["number"]) == ("surveys.options_fit", 1)


@pytest.mark.parametrize("condition", [{"question": 2, "choices": [1]}, {"question": 1, "choices": [3]}])
def test_a_condition_names_options_of_an_earlier_question(
    surveys: Surveys, activities: ActivitiesHarness, condition: dict[str, Any]
) -> None:
    second = {"question": "第二题", "kind": "line", "condition": condition}
    problem = activities.refused(contract.write_survey, OFFICER, title="条件", questions=[QUESTIONS[0], second])
    assert problem.rule == "surveys.conditions_fit"


def test_neither_anonymity_nor_questions_change_once_opened(surveys: Surveys, activities: ActivitiesHarness) -> None:
    activities.members(5)
    draft = surveys.write()
    terms = {"title": "改名", "questions": QUESTIONS, "anonymous": False}
    assert surveys.ask("change_survey", draft, **terms, version=draft["version"])["anonymous"] is False
    with pytest.raises(PreconditionFailed):
        surveys.ask("change_survey", draft, **terms, version=draft["version"])
    opened = surveys.opened()
    assert surveys.refused("change_survey", opened, **terms, version=opened["version"]).rule == "workflow.survey"
    assert surveys.get(opened)["anonymous"] is True


def test_an_opened_survey_asks_something_of_enough_people(surveys: Surveys, activities: ActivitiesHarness) -> None:
    activities.members(4)
    assert surveys.refused("open_survey", surveys.write(questions=[])).rule == "surveys.something_is_asked"
    problem = surveys.refused("open_survey", surveys.write())
    assert (problem.rule, problem.params["least"], problem.params["entitled"]) == (
        "surveys.survey_is_large_enough", 5, 4,
    )  # fmt: skip
    assert surveys.open(surveys.write(anonymous=False))["entitled"] == 4


def test_the_smallest_group_is_a_dated_rule(surveys: Surveys, activities: ActivitiesHarness) -> None:
    members = activities.members(3)
    with activities.database.session() as session:
        session.add(
            PolicyRule(
                ruleset="own", key="surveys.smallest_group", value=3, unit="sheets", title="本校问卷办法",
                valid_from=clock.today() - timedelta(days=1),
            )
        )  # fmt: skip
    survey = surveys.opened()
    assert (survey["smallest"], survey["rule"]["document"]) == (3, "本校问卷办法")
    for one in members[:2]:
        surveys.fill_in(survey, one, answers(said="只有两份"))
    result = surveys.close(survey)
    assert (result["sheets"], result["shown"], result["questions"]) == (2, False, [])
    assert surveys.ask("list_survey_texts", survey)["items"] == []


def test_units_are_told_only_where_nothing_small_follows(surveys: Surveys, activities: ActivitiesHarness) -> None:
    large, small = activities.members(6), activities.members(2, OTHER_UNIT)
    survey = surveys.opened(by_unit=True)
    assert len(surveys.keys(survey)) == 2, "a key for the unit, one for the rest"
    for one in (*large, *small):
        surveys.fill_in(survey, one)
    result = surveys.close(survey)
    groups = {one["unit_id"]: (one["shown"], one["sheets"], len(one["questions"])) for one in result["groups"]}
    assert groups == {None: (False, None, 0), str(UNIT): (False, None, 0)}, "6 of 8 would tell the other two"
    assert result["questions"][0]["answered"] == 8
    lines = surveys.ask("list_survey_figures", survey, limit=100)["items"]
    assert [one["count"] for one in lines] == [8, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0]
    assert surveys.ask("list_survey_figures", survey, unit_id=UNIT)["items"] == []


def test_large_units_are_told(surveys: Surveys, activities: ActivitiesHarness) -> None:
    first, second = activities.members(5), activities.members(5, OTHER_UNIT)
    survey = surveys.opened(by_unit=True)
    for one in (*first, *second):
        surveys.fill_in(survey, one, answers(one in first))
    result = surveys.close(survey)
    yes = {one["unit_id"]: one["questions"][0]["options"][0]["count"] for one in result["groups"]}
    assert yes == {str(UNIT): 5, str(OTHER_UNIT): 0}
    lines = surveys.ask("list_survey_figures", survey, unit_id=OTHER_UNIT, limit=2)["items"]
    assert [one["count"] for one in lines] == [0, 5]


def test_the_roll_is_that_of_the_opening(surveys: Surveys, activities: ActivitiesHarness) -> None:
    activities.members(5)
    survey = surveys.opened(anonymous=False)
    (late,) = activities.members(1)
    with pytest.raises(NotAllowed):
        surveys.get(survey, member_account(late))
    problem = surveys.refused("answer_survey", survey, member_account(late), answers=answers())
    assert problem.rule == "surveys.member_is_on_the_roll"
    assert surveys.refused("request_survey_token", survey, member_account(late), blinded="AAAA").rule == (
        "surveys.way_fits"
    )


def test_the_audience_is_that_of_activities(surveys: Surveys, activities: ActivitiesHarness) -> None:
    inside, _ = activities.members(2), activities.members(2, OTHER_UNIT)
    audience = {"units": [UNIT], "employments": ["contract"], "joined_since": "2010-01-01"}
    survey = surveys.opened(anonymous=False, audience=audience)
    with activities.database.session() as session:
        on_roll = set(
            session.scalars(sa.select(SurveyRoll.member_id).where(SurveyRoll.survey_id == UUID(survey["id"])))
        )
    assert on_roll == set(inside)


def test_an_audience_by_facts_is_asked_of_membership(surveys: Surveys, activities: ActivitiesHarness) -> None:
    women, man = activities.members(2), activities.members(1)[0]
    asked: list[dict[str, Any]] = []

    def facts(payload: Any) -> dict[str, Any]:
        asked.append(payload)
        told = [{"member_id": str(one), "sex": "female"} for one in women] + [{"member_id": str(man), "sex": "male"}]
        more = {"unit_id": str(UNIT), "employment": "contract", "standing": "active"}
        return {"items": [{**one, **more} for one in told], "next_cursor": None}

    activities.answers[facts_of_members.id] = facts
    survey = surveys.opened(anonymous=False, audience={"sex": "female"})
    assert survey["entitled"] == 2
    assert (asked[0]["purpose"], asked[0]["about"]) == ("activity_audience", f"survey/{survey['id']}")


def test_those_registered_for_an_activity_are_asked(surveys: Surveys, activities: ActivitiesHarness) -> None:
    activity_id = activities.schedule()
    came, gone, _ = activities.members(3)
    for one in (came, gone):
        activities.register(activity_id, one)
    activities.cancel(activity_id, gone)
    survey = surveys.opened(anonymous=False, electorate="activity", activity_id=activity_id)
    assert survey["entitled"] == 1
    assert surveys.answer(survey, came) == {"taken": True}
    with activities.database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 2
    named = {"title": "两种范围", "electorate": "activity"}
    for wrong in ({}, {"activity_id": activity_id, "audience": {"units": [UNIT]}}):
        problem = activities.refused(contract.write_survey, OFFICER, **named, **wrong)
        assert problem.rule == "surveys.electorate_is_named"


def test_a_chair_asks_the_own_people_only(surveys: Surveys, activities: ActivitiesHarness) -> None:
    activities.members(3), activities.members(3, OTHER_UNIT)
    own = {"audience": {"units": [UNIT]}, "unit_id": UNIT, "anonymous": False}
    survey = surveys.opened(CHAIR, **own)
    assert survey["entitled"] == 3
    for wrong in ({**own, "audience": {"units": [UNIT, OTHER_UNIT]}}, {**own, "audience": {}}):
        problem = activities.refused(contract.write_survey, CHAIR, title="越界", **wrong)
        assert problem.rule == "surveys.chair_asks_own_people"
    for wrong_unit in (None, OTHER_UNIT):
        with pytest.raises(NotAllowed):
            surveys.write(CHAIR, **{**own, "unit_id": wrong_unit})
    other = chair_of(OTHER_UNIT)
    for name in ("get_survey", "close_survey", "copy_survey", "remind_survey"):
        assert surveys.refused(name, survey, other).code == "not_allowed"
    assert surveys.get(survey, AUDITOR)["actions"] == []
    assert activities.ask(contract.list_surveys, other)["items"] == []
    activities.receive(
        "hand_over_surveys",
        activities.message(UnitMerged, unit_id=UNIT, into_unit_id=OTHER_UNIT, kind="unit", on=clock.today(), members=3),
    )
    assert surveys.get(survey, other)["actions"], "the heir's chair runs it on"


def test_reminders_reach_who_has_not_answered_once_a_day(
    surveys: Surveys, activities: ActivitiesHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, waits = activities.members(2)
    survey = surveys.opened(anonymous=False)
    activities.run_timer("tell_survey_members")
    surveys.answer(survey, done)
    assert surveys.refused("remind_survey", survey).rule == "surveys.reminder_is_due"
    later = at(days=1, minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    surveys.ask("remind_survey", survey)
    activities.run_timer("tell_survey_members")
    calls = surveys.told(survey, "survey_called")
    assert [(one["call"], one["member_ids"]) for one in calls[1:]] == [("again", [str(waits)])]


def test_a_survey_opens_and_closes_by_the_clock(
    surveys: Surveys, activities: ActivitiesHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = activities.members(1)
    draft = surveys.write(anonymous=False, opens_at=at(hours=1), closes_at=at(hours=3))
    activities.run_timer("open_due_surveys")
    assert surveys.get(draft)["state"] == "draft"
    now = at(hours=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    activities.run_timer("open_due_surveys")
    assert surveys.get(draft)["state"] == "open"
    sooner = {"closes_at": at(minutes=30)}
    assert surveys.refused("extend_survey", draft, **sooner).rule == "surveys.extension_is_later"
    later = now + timedelta(hours=5)
    surveys.ask("extend_survey", draft, closes_at=later)
    activities.run_timer("tell_survey_members")
    assert [one["call"] for one in surveys.told(draft, "survey_called")] == ["extended"]
    monkeypatch.setattr(clock, "now", lambda: later)
    problem = surveys.refused("answer_survey", draft, member_account(one), answers=answers())
    assert problem.rule == "surveys.survey_is_open", "to the second, before the work runs"
    activities.run_timer("close_due_surveys")
    assert surveys.get(draft)["state"] == "closed"
    activities.run_timer("tell_survey_members")
    assert surveys.told(draft, "survey_told") == [], "an end in time surprises nobody"


def test_a_cancelled_survey_erases_answers_and_tells_why(surveys: Surveys, activities: ActivitiesHarness) -> None:
    (one,) = activities.members(1)
    survey = surveys.opened(anonymous=False)
    surveys.answer(survey, one)
    cancelled = surveys.ask("cancel_survey", survey, reason="题目有误")
    assert (cancelled["state"], cancelled["reason"]) == ("cancelled", "题目有误")
    activities.run_timer("tell_survey_members")
    assert [told["end"] for told in surveys.told(survey, "survey_told")] == ["cancelled"]
    with activities.database.session() as session:
        assert session.scalars(sa.select(SurveyAnswer)).all() == []
    assert surveys.refused("publish_survey", survey).rule == "workflow.survey"


def test_texts_are_moderated_before_they_are_published(surveys: Surveys, activities: ActivitiesHarness) -> None:
    members = activities.members(5)
    survey = surveys.opened()
    for place, one in enumerate(members):
        surveys.fill_in(survey, one, answers(said=f"意见{place}"))
    surveys.close(survey)
    texts = surveys.ask("list_survey_texts", survey)["items"]
    assert sorted(one["text"] for one in texts) == [f"意见{place}" for place in range(5)]
    hidden = texts[0]
    told = surveys.ask("moderate_survey_text", survey, text_id=hidden["id"], reason="提到了具体的人")
    assert (told["hidden"], told["reason"]) == (True, "提到了具体的人")
    surveys.ask("publish_survey", survey, with_texts=True)
    read = surveys.ask("list_survey_texts", survey, member_account(members[0]), hidden=True)["items"]
    assert hidden["id"] not in [one["id"] for one in read]
    assert len(read) == 4
    assert len(surveys.ask("list_survey_texts", survey, hidden=True)["items"]) == 1
    assert surveys.ask("moderate_survey_text", survey, text_id=hidden["id"])["hidden"] is False
    steps = [one["step"] for one in surveys.get(survey)["history"]]
    assert steps[:3] == ["show_text", "publish", "hide_text"]
    assert surveys.refused("moderate_survey_text", surveys.write(), text_id=hidden["id"]).code == "not_found"


def test_a_copy_asks_the_same_in_a_new_draft(surveys: Surveys, activities: ActivitiesHarness) -> None:
    activities.members(5)
    survey = surveys.opened(closes_at=at(days=1), by_unit=True)
    copied = surveys.ask("copy_survey", survey)
    assert (copied["state"], copied["title"], copied["closes_at"]) == ("draft", "文体活动意愿调查（副本）", None)
    assert (copied["questions"], copied["by_unit"]) == (survey["questions"], True)
    assert copied["id"] != survey["id"]
    long = surveys.ask("copy_survey", surveys.write(title="长" * 80))
    assert len(long["title"]) == 80


def test_lists_are_searched_and_filtered(surveys: Surveys, activities: ActivitiesHarness) -> None:
    (one,) = activities.members(1)
    surveys.write(title="食堂满意度")
    surveys.opened(title="100%匿名吗", anonymous=False)
    found = {
        name: [row["title"] for row in activities.ask(contract.list_surveys, OFFICER, **filters)["items"]]
        for name, filters in {"q": {"q": "0%"}, "state": {"state": "draft"}, "all": {"sort": "title"}}.items()
    }
    assert found["q"] == ["100%匿名吗"]
    assert found["state"] == ["食堂满意度"]
    assert len(found["all"]) == 2
    mine = activities.ask(contract.my_surveys, member_account(one))["items"]
    assert [(row["title"], row["mine"]) for row in mine] == [("100%匿名吗", "open")], "drafts are nobody's yet"


def test_a_member_who_is_forgotten_is_on_no_roll_and_has_no_answers(
    surveys: Surveys, activities: ActivitiesHarness
) -> None:
    members = activities.members(6)
    named, sheet = surveys.opened(anonymous=False), surveys.opened()
    surveys.answer(named, members[0])
    for one in members:
        surveys.fill_in(sheet, one)
    activities.receive("forget_survey_answers", activities.example_message(MemberAnonymised, member_id=members[0]))
    with activities.database.session() as session:
        assert session.scalars(sa.select(SurveyAnswer)).all() == []
    assert surveys.close(sheet)["sheets"] == 6, "what was handed in by nobody known is counted"
    activities.receive("forget_survey_answers", activities.example_message(MemberAnonymised, 2, member_id=members[0]))
    with activities.database.session() as session:
        left = sa.select(SurveyRoll.survey_id).where(SurveyRoll.member_id == members[0])
        assert [str(one) for one in session.scalars(left)] == [named["id"]], "of the open one until it is closed"


def test_a_repeated_command_changes_nothing(surveys: Surveys, activities: ActivitiesHarness) -> None:
    terms = {"title": "一次", "questions": QUESTIONS}
    made = [activities.ask_keyed("key-1", contract.write_survey, OFFICER, **terms)["id"] for _ in range(2)]
    assert made[0] == made[1]
    assert surveys.refused("hand_in_answers", {"id": made[0]}, ANONYMOUS, **_sheet()).rule == "surveys.survey_is_open"


def _sheet() -> dict[str, Any]:
    return {"group": 1, "token": "A" * 86 + "==", "signature": "A" * 512, "answers": answers()}
