"""Questions: asked when their conditions are met, checked all at once, kept encrypted, changed until the deadline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.activities.questions.tables import RegistrationAnswers
from services.contracts.activities.options import operations as options
from services.contracts.activities.questions import operations as contract
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.harness import (
    AUDITOR,
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    ActivitiesHarness,
    at,
    chair_of,
    member_account,
)
from tests.component.activities.test_options import form

DIET, WHICH, AGE, DAY, NOTE, SEAT = range(1, 7)
QUESTIONS: list[dict[str, Any]] = [
    {"text": "是否有忌口", "kind": "yes_no", "required": True},
    {"text": "忌口", "kind": "choices", "choices": ["海鲜", "花生", "其他"], "required": True, "if_question": 1,
     "if_answers": ["yes"]},
    {"text": "鞋码", "kind": "number"},
    {"text": "哪天方便", "kind": "date"},
    {"text": "说明", "kind": "line", "required": True, "if_question": 2, "if_answers": ["其他"]},
    {"text": "坐前排还是后排", "kind": "choice", "choices": ["前排", "后排"], "if_option": 1, "required": True},
]  # fmt: skip


def asking(activities: ActivitiesHarness, *, with_options: bool = True, **changes: Any) -> UUID:
    activity = activities.schedule(**changes)
    asked = QUESTIONS if with_options else QUESTIONS[:5]
    if with_options:
        activities.ask(options.set_options, OFFICER, activity_id=activity, **form())
    activities.ask(contract.set_questions, OFFICER, activity_id=activity, questions=asked)
    return activity


def questions(activities: ActivitiesHarness, activity: UUID) -> list[dict[str, Any]]:
    return activities.ask(contract.get_questions, OFFICER, activity_id=activity)["questions"]


def register(activities: ActivitiesHarness, activity: UUID, member: UUID, answers: dict, *chosen: int) -> Any:
    request = {"activity_id": activity, "answers": answers, "options": list(chosen)}
    return activities.ask(registration.register, member_account(member), **request)


def wrong(activities: ActivitiesHarness, activity: UUID, member: UUID, answers: dict, *chosen: int) -> dict[str, str]:
    request = {"activity_id": activity, "answers": answers, "options": list(chosen)}
    problem = activities.refused(registration.register, member_account(member), **request)
    return {field: texts[0].code for field, texts in problem.params["errors"].items()}


def answers_of(activities: ActivitiesHarness, activity: UUID, who: Any = OFFICER) -> list[dict[str, Any]]:
    return activities.ask(contract.list_answers, who, activity_id=activity)["items"]


def test_answers_are_kept_for_the_organisers_and_the_member_and_are_encrypted(activities: ActivitiesHarness):
    activity = asking(activities)
    [member] = activities.members(1)

    register(activities, activity, member, {"1": True, "2": ["花生"], "3": 42, "4": "2026-12-24", "6": "后排"}, 1)

    [row] = answers_of(activities, activity)
    assert [(one["text"], one["value"]) for one in row["answers"]] == [
        ("是否有忌口", "yes"), ("忌口", ["花生"]), ("鞋码", "42"), ("哪天方便", "2026-12-24"),
        ("坐前排还是后排", "后排"),
    ]  # fmt: skip
    assert row["missing"] == 0
    [mine] = activities.ask(registration.my_registrations, member_account(member))["items"]
    assert mine["answers"] == row["answers"]
    with activities.database.session() as session:
        [stored] = session.scalars(sa.text("SELECT answers FROM registration_answers")).all()
    assert "花生" not in stored


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_stored(activities: ActivitiesHarness):
    activity = asking(activities)
    [member] = activities.members(1)

    told = wrong(activities, activity, member, {"1": "yes", "2": ["螃蟹"], "3": "四十二", "4": "明天", "99": "?"}, 1)

    assert told == {
        "answers.2": "questions.answer_among_choices", "answers.3": "questions.answer_is_number",
        "answers.4": "questions.answer_is_date", "answers.6": "questions.answer_required",
        "answers.99": "questions.question_known",
    }  # fmt: skip
    assert activities.states(activity) == {}
    assert wrong(activities, activity, member, {}) == {"answers.1": "questions.answer_required"}


def test_what_is_not_asked_needs_no_answer_and_none_is_kept(activities: ActivitiesHarness):
    """A question hangs on a question that hangs on another: who is not asked the first is not asked the last."""
    activity = asking(activities)
    [member] = activities.members(1)

    register(activities, activity, member, {"1": "no", "2": ["其他"], "5": "不吃香菜", "6": "前排"})

    [row] = answers_of(activities, activity)
    assert [one["number"] for one in row["answers"]] == [1]


def test_a_question_that_hangs_on_a_no_is_asked_of_who_says_no(activities: ActivitiesHarness):
    activity = activities.schedule()
    asked = [{"text": "开车来", "kind": "yes_no"}, {"text": "在哪上车", "kind": "line", "required": True,
             "if_question": 1, "if_answers": ["no"]}]  # fmt: skip
    activities.ask(contract.set_questions, OFFICER, activity_id=activity, questions=asked)
    [member] = activities.members(1)

    assert wrong(activities, activity, member, {"1": False}) == {"answers.2": "questions.answer_required"}
    register(activities, activity, member, {})


def test_answers_are_changed_and_cleared_until_the_deadline(activities: ActivitiesHarness):
    activity = asking(activities, with_options=False)
    member, stranger = activities.members(2)
    account = member_account(member)
    register(activities, activity, member, {"1": "no", "3": "42"})

    changed = activities.ask(contract.set_answers, account, activity_id=activity, answers={"1": "no", "3": ""})
    assert changed["answers"] == {"1": "no"}
    refused = activities.refused(contract.set_answers, account, activity_id=activity, answers={})
    assert refused.errors["answers.1"][0].code == "questions.answer_required"
    assert activities.ask(contract.my_answers, account, activity_id=activity)["answers"] == {"1": "no"}
    unknown = activities.refused(contract.my_answers, member_account(stranger), activity_id=activity)
    assert unknown.rule == "registration.member_is_registered"
    with activities.database.session() as session:
        session.execute(sa.text("UPDATE activity SET cancel_until = :at"), {"at": at(minutes=-1)})
    late = activities.refused(contract.set_answers, account, activity_id=activity, answers={"1": "no"})
    assert late.rule == "questions.answers_can_be_changed"
    assert activities.ask(contract.my_answers, account, activity_id=activity)["may_change"] is False


def test_a_question_added_later_is_counted_as_missing_of_who_is_registered(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    activities.register(activity, member)

    activities.ask(contract.set_questions, OFFICER, activity_id=activity, questions=QUESTIONS[:1])

    check = activities.ask(registration.check_registrations, activity_id=activity, member_ids=[member])
    assert (check["items"][0]["missing_answers"], check["questions"][0]["text"]) == (1, "是否有忌口")
    assert answers_of(activities, activity)[0]["missing"] == 1
    assert activities.events("event_rescheduled")[-1]["changed"] == ["questions"]


def test_organisers_who_register_others_leave_questions_to_them(activities: ActivitiesHarness):
    activity = asking(activities, with_options=False)
    one, two = activities.members(2)

    reply = activities.ask(registration.register_members, OFFICER, activity_id=activity, member_ids=[one])
    bad = activities.ask(
        registration.register_members, OFFICER, activity_id=activity, member_ids=[two], answers={"3": "x"}
    )

    assert reply["outcomes"][0]["outcome"] == "confirmed"
    assert (bad["outcomes"][0]["outcome"], bad["outcomes"][0]["rule"]) == ("refused", "questions.answers_are_valid")


def test_a_batch_tells_each_what_is_wrong_and_registers_the_others(activities: ActivitiesHarness):
    activity = asking(activities, with_options=False)
    one, two = activities.members(2)
    choices = [{"answers": {"1": "yes"}}, {"answers": {"1": "no"}}]

    reply = activities.ask(registration.register_batch, activity_id=activity, member_ids=[one, two], choices=choices)

    assert [outcome["outcome"] for outcome in reply["outcomes"]] == ["refused", "confirmed"]
    [error] = reply["outcomes"][0]["params"]["errors"]
    assert (error["field"], error["code"]) == ("answers.2", "questions.answer_required")


def test_an_answered_question_stays_and_keeps_its_kind_and_can_be_closed(activities: ActivitiesHarness):
    activity = asking(activities, with_options=False)
    member, later = activities.members(2)
    register(activities, activity, member, {"1": "no", "3": "42"})
    stands = [{name: one[name] for name in one if name != "answered"} for one in questions(activities, activity)]

    def refused(asked: list[dict[str, Any]]) -> str:
        return activities.refused(contract.set_questions, OFFICER, activity_id=activity, questions=asked).rule

    assert refused([*stands[:2], *stands[3:]]) == "questions.answered_questions_stay"
    other_kind = [*stands[:2], {**stands[2], "kind": "text"}, *stands[3:]]
    assert refused(other_kind) == "questions.kinds_of_answered_questions_stay"
    closed = [*stands[:2], {**stands[2], "closed": True, "required": True}, stands[4]]
    activities.ask(contract.set_questions, OFFICER, activity_id=activity, questions=closed)
    register(activities, activity, later, {"1": "no", "3": "40"})
    first, second = answers_of(activities, activity)
    assert [one["text"] for one in first["answers"]] == ["是否有忌口", "鞋码"]
    assert [one["text"] for one in second["answers"]] == ["是否有忌口"]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ([{"text": "问", "kind": "choice", "choices": ["一"]}], "choices", "questions.enough_choices"),
        ([{"text": "问", "kind": "choice", "choices": ["一", "一"]}], "choices", "questions.choices_differ"),
        ([{"text": "问", "kind": "line", "if_question": 1, "if_answers": ["a"]}], "if_question",
         "questions.asked_before"),
        ([QUESTIONS[0], {"text": "问", "kind": "line", "if_question": 1, "if_answers": ["maybe"]}], "if_answers",
         "questions.answers_are_possible"),
        ([QUESTIONS[2], {"text": "问", "kind": "line", "if_question": 1, "if_answers": ["3"]}], "if_answers",
         "questions.answers_are_possible"),
    ],
)  # fmt: skip
def test_questions_nobody_can_answer_are_refused(activities: ActivitiesHarness, asked: list, field: str, code: str):
    activity = activities.schedule()

    problem = activities.refused(contract.set_questions, OFFICER, activity_id=activity, questions=asked)

    [errors] = problem.params["errors"]["questions"].values()
    assert errors[field][0].code == code


def test_a_question_can_not_hang_on_an_option_that_there_is_not(activities: ActivitiesHarness):
    activity = activities.schedule()
    asked = [{"text": "问", "kind": "line", "if_option": 3}]

    refused = activities.refused(contract.set_questions, OFFICER, activity_id=activity, questions=asked)

    assert refused.rule == "questions.options_of_questions_exist"


def test_only_its_organisers_set_questions_and_read_answers(activities: ActivitiesHarness):
    activity = activities.schedule(organiser_unit_id=UUID(int=1))
    request = {"activity_id": activity, "questions": QUESTIONS[:1]}

    stranger = chair_of(OTHER_UNIT)
    assert activities.refused(contract.set_questions, stranger, **request).rule == "own_unit"
    activities.ask(contract.set_questions, CHAIR, **request, version=1)
    stale = activities.refused(contract.set_questions, CHAIR, **request, version=1)
    assert stale.rule == "calendar.version_is_the_one_that_stands"
    assert activities.refused(contract.list_answers, stranger, activity_id=activity).rule == "own_unit"
    activities.refused(contract.list_answers, AUDITOR, activity_id=activity)
    [stands] = questions(activities, activity)
    same = [{name: one for name, one in stands.items() if name != "answered"}]
    activities.ask(contract.set_questions, CHAIR, activity_id=activity, questions=same)
    assert len(activities.events("event_rescheduled")) == 1


def test_answers_of_a_former_member_are_erased(activities: ActivitiesHarness):
    activity = asking(activities, with_options=False)
    [member] = activities.members(1)
    register(activities, activity, member, {"1": "no"})

    left = {"unit_id": UUID(int=1), "employment": "contract", "standing": "withdrawn", "fields_changed": ["standing"]}
    activities.tell(MemberUpdated, 2, member_id=member, **left)
    activities.tell(MemberAnonymised, 3, member_id=member)

    with activities.database.session() as session:
        assert session.scalars(sa.select(RegistrationAnswers)).all() == []
