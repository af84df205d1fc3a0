"""The suggestions box: by name and without, answered, passed on, published; who sees what; what time brings."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.tables import OutboxEvent as Outbox
from services.chassis.errors import NotAllowed, NotFound, Refused
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.governance.suggestions import operations as contract
from services.contracts.membership.joining.operations import MemberJoined
from services.governance.suggestions.tables import Suggestion, SuggestionEntry
from tests.component.governance.harness import GovernanceHarness
from tests.support.at_once import at_once
from tests.support.principals import chair_of, member_account, officer

pytestmark = pytest.mark.databases("sqlite")
WORDS: dict[str, Any] = {"topic": "welfare", "title": "母婴室的开放时间", "text": "图书馆的母婴室能否开到九点？"}
UNIT, OTHER = uuid4(), uuid4()


@pytest.fixture
def author(funded: GovernanceHarness) -> Principal:
    """A member of `UNIT`, of whom the service heard."""
    one = member_account()
    funded.tell("on_member_joined", MemberJoined, 1, member_id=one.member_id, unit_id=UNIT)
    return one


def made(governance: GovernanceHarness, author: Principal, **words: Any) -> dict[str, Any]:
    return dict(governance.ask(contract.make_suggestion, author, **{**WORDS, **words}))


@pytest.mark.databases("postgresql", "sqlite")
def test_a_suggestion_by_name_is_answered_and_published(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author, may_publish=True)
    assert (one["number"], one["due_on"], one["state"], one["unit_id"]) == (
        "2026-000001",
        "2026-04-01",
        "received",
        None,
    )
    by = officer()
    answered = funded.ask(contract.answer_suggestion, by, suggestion_id=one["id"], answer="从下月起开到九点。")
    assert (answered["state"], answered["answered_on"], answered["due_on"]) == ("answered", "2026-03-11", None)
    assert funded.ask(contract.list_suggestion_answers, author)["items"] == []
    funded.ask(contract.publish_suggestion, by, suggestion_id=one["id"], question="母婴室能否开得更晚？")

    told = funded.ask(contract.list_suggestion_answers, author, q="开到九点")["items"]
    assert [(row["question"], row["answer"]) for row in told] == [("母婴室能否开得更晚？", "从下月起开到九点。")]
    assert "member_id" not in told[0]
    seen = funded.ask(contract.get_suggestion, author, suggestion_id=one["id"])
    assert [step["step"] for step in seen["history"]] == ["make", "answer", "publish"]
    moved = funded.events("suggestion_moved")
    assert [(event["state"], event["member_id"]) for event in moved] == [("answered", str(author.member_id))]
    funded.ask(contract.unpublish_suggestion, by, suggestion_id=one["id"])
    assert funded.ask(contract.list_suggestion_answers, author)["items"] == []


def test_only_what_the_author_agreed_to_is_published(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author)
    funded.ask(contract.answer_suggestion, suggestion_id=one["id"], answer="好的。")
    refused = funded.refused(contract.publish_suggestion, suggestion_id=one["id"], question="能公开的问题")
    assert refused.rule == "suggestions.author_agreed"
    assert "publish" not in funded.ask(contract.get_suggestion, suggestion_id=one["id"])["actions"]


def test_a_replaced_answer_keeps_the_day_of_the_first(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author)
    funded.ask(contract.answer_suggestion, suggestion_id=one["id"], answer="正在研究。")
    with clock.frozen(datetime(2026, 3, 20, 2, 0, tzinfo=UTC)):
        again = funded.ask(contract.answer_suggestion, suggestion_id=one["id"], answer="已经办好。")
    assert (again["answer"], again["answered_on"]) == ("已经办好。", "2026-03-11")
    assert [step["step"] for step in again["history"]] == ["make", "answer", "revise"]


def test_who_answers_sees_a_suggestion_and_nobody_else(funded: GovernanceHarness, author: Principal) -> None:
    to_unit = made(funded, author, to_unit=True)
    to_union = made(funded, author, title="给校工会的建议")
    chair, other = chair_of(UNIT), chair_of(OTHER)
    listed = funded.ask(contract.list_suggestions, chair)["items"]
    assert [(row["id"], row["member_id"]) for row in listed] == [(to_unit["id"], str(author.member_id))]
    assert funded.ask(contract.list_suggestions, other)["items"] == []
    for who, which in ((other, to_unit), (chair, to_union), (member_account(), to_union)):
        assert isinstance(funded.refused(contract.get_suggestion, who, suggestion_id=which["id"]), NotAllowed)
        if who.has("chair"):
            refused = funded.refused(contract.answer_suggestion, who, suggestion_id=which["id"], answer="不该由我答")
            assert isinstance(refused, NotAllowed)


def test_nobody_answers_the_own_suggestion(funded: GovernanceHarness) -> None:
    by = officer()
    one = made(funded, by)
    seen = funded.ask(contract.get_suggestion, by, suggestion_id=one["id"])
    assert (seen["own"], seen["actions"]) == (True, ["withdraw"])
    assert isinstance(
        funded.refused(contract.answer_suggestion, by, suggestion_id=one["id"], answer="自问自答"), NotAllowed
    )


def test_a_unit_does_not_see_whose_suggestion_was_passed_on(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author)
    chair = chair_of(UNIT)
    passed = funded.ask(contract.pass_suggestion_on, suggestion_id=one["id"], unit_id=str(UNIT), note="请你们答复")
    assert passed["member_id"] == str(author.member_id)
    seen = funded.ask(contract.get_suggestion, chair, suggestion_id=one["id"])
    assert (seen["member_id"], seen["anonymous"]) == (None, False)
    again = funded.refused(contract.pass_suggestion_on, chair, suggestion_id=one["id"], unit_id=str(UNIT))
    assert again.rule == "suggestions.another_answers"
    funded.ask(contract.pass_suggestion_on, chair, suggestion_id=one["id"], unit_id=None)
    assert isinstance(funded.refused(contract.get_suggestion, chair, suggestion_id=one["id"]), NotAllowed)
    assert [event["unit_id"] for event in funded.events("suggestion_moved")] == [str(UNIT), None]


def test_an_anonymous_suggestion_is_followed_by_its_code(funded: GovernanceHarness) -> None:
    given = funded.ask(contract.make_anonymous_suggestion, ANONYMOUS, **WORDS)
    assert len(given["code"].replace("-", "")) == 20
    assert funded.events("suggestion_received") == []
    funded.run_timer("announce_anonymous_suggestions")
    funded.run_timer("announce_anonymous_suggestions")
    (event,) = funded.events("suggestion_received")
    assert event["member_id"] is None
    (row,) = funded.ask(contract.list_suggestions)["items"]
    assert (row["anonymous"], row["member_id"], row["number"]) == (True, None, given["number"])
    funded.ask(contract.close_suggestion, suggestion_id=row["id"], reason="不属于工会的职责，请向图书馆反映。")

    told = funded.ask(contract.follow_suggestion, ANONYMOUS, code=f" {given['code'].lower()} ")
    assert (told["state"], told["reason"]) == ("closed", "不属于工会的职责，请向图书馆反映。")
    unknown = funded.refused(contract.follow_suggestion, ANONYMOUS, code="AAAAA-AAAAA-AAAAA-AAAAA")
    assert isinstance(unknown, NotFound)
    assert unknown.rule == "suggestions.code_is_known"


def test_nothing_stored_joins_an_anonymous_suggestion_with_a_person(funded: GovernanceHarness) -> None:
    given = funded.ask(contract.make_anonymous_suggestion, ANONYMOUS, **WORDS)
    funded.run_timer("announce_anonymous_suggestions")
    with funded.database.session() as session:
        row = session.scalars(sa.select(Suggestion)).one()
        entries = session.scalars(sa.select(SuggestionEntry)).all()
        told = session.scalars(sa.select(Outbox)).all()
    assert row.id.version == 4
    assert given["code"] not in json.dumps([str(value) for value in vars(row).values()])
    assert {type(value) for name, value in vars(row).items() if name.endswith("_on") and value} == {date}
    assert [type(entry.day) for entry in entries] == [date]
    (received,) = (one for one in told if one.type == "suggestion_received")
    assert received.causation_id is None
    assert received.correlation_id not in {one.correlation_id for one in told if one is not received}


def test_a_full_box_takes_no_more(
    funded: GovernanceHarness, author: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.governance.suggestions.rules.MOST_ANONYMOUS", 1)
    monkeypatch.setattr("services.governance.suggestions.rules.MOST_WAITING", 1)
    funded.ask(contract.make_anonymous_suggestion, ANONYMOUS, **WORDS)
    assert funded.refused(contract.make_anonymous_suggestion, ANONYMOUS, **WORDS).rule == "suggestions.box_is_not_full"
    one = made(funded, author)
    assert funded.refused(contract.make_suggestion, author, **WORDS).rule == "suggestions.few_of_one_wait"
    funded.ask(contract.withdraw_suggestion, author, suggestion_id=one["id"])
    assert made(funded, author)["state"] == "received"


def test_without_a_rule_there_is_no_last_day(governance: GovernanceHarness) -> None:
    assert made(governance, member_account())["due_on"] is None


def test_a_member_whose_unit_is_unknown_writes_to_the_union_only(funded: GovernanceHarness) -> None:
    refused = funded.refused(contract.make_suggestion, member_account(), **WORDS, to_unit=True)
    assert (type(refused), refused.field) == (NotFound, "to_unit")


def test_what_waits_too_long_is_told_once(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author)
    with clock.frozen(datetime(2026, 4, 1, 8, 0, tzinfo=UTC)):
        funded.run_timer("tell_overdue_suggestions")
    assert funded.events("suggestion_overdue") == []
    with clock.frozen(datetime(2026, 4, 1, 17, 0, tzinfo=UTC)):  # the second of April in China
        for _ in range(2):
            funded.run_timer("tell_overdue_suggestions")
        late = funded.ask(contract.list_suggestions, show="overdue")["items"]
    assert [(row["id"], row["overdue"]) for row in late] == [(one["id"], True)]
    assert len(funded.events("suggestion_overdue")) == 1


def test_words_are_erased_after_their_time_and_what_all_may_read_stays(
    funded: GovernanceHarness, author: Principal
) -> None:
    both = [made(funded, author, may_publish=True), made(funded, author)]
    for one in both:
        funded.ask(contract.answer_suggestion, suggestion_id=one["id"], answer="已经办好。")
    funded.ask(contract.publish_suggestion, suggestion_id=both[0]["id"], question="能公开的问题")
    with clock.frozen(datetime(2029, 3, 12, 2, 0, tzinfo=UTC)):
        funded.run_timer("forget_ended_suggestions")
        assert funded.ask(contract.my_suggestions, author)["items"] == []
        shown, hidden = (funded.ask(contract.get_suggestion, suggestion_id=one["id"]) for one in both)
        published = funded.ask(contract.list_suggestion_answers, author)["items"]
    assert (shown["text"], shown["member_id"], shown["answer"]) == (None, None, "已经办好。")
    assert (hidden["text"], hidden["title"], hidden["answer"]) == (None, "", None)
    assert [row["question"] for row in published] == ["能公开的问题"]


def test_figures_count_by_topic(funded: GovernanceHarness, author: Principal) -> None:
    first = made(funded, author)
    made(funded, author, topic="rights")
    with clock.frozen(datetime(2026, 3, 15, 2, 0, tzinfo=UTC)):
        funded.ask(contract.answer_suggestion, suggestion_id=first["id"], answer="已经办好。")
    told = funded.ask(contract.suggestion_figures, year=2026)
    assert (told["received"], told["answered"], told["overdue"]) == (2, 1, 0)
    assert {row["topic"]: (row["received"], row["waiting"], row["days"]) for row in told["topics"]} == {
        "welfare": (1, 0, 4), "rights": (1, 1, None),
    }  # fmt: skip
    assert funded.ask(contract.suggestion_figures, year=2025)["topics"] == []


@pytest.mark.databases("postgresql", "sqlite")
def test_of_two_who_answer_at_once_the_second_replaces(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author)

    def act(order: int) -> Any:
        return funded.ask(contract.answer_suggestion, officer(), suggestion_id=one["id"], answer=f"答复{order}")

    assert [answer["state"] for answer in at_once(2, act)] == ["answered", "answered"]
    seen = funded.ask(contract.get_suggestion, suggestion_id=one["id"])
    assert [step["step"] for step in seen["history"]] == ["make", "answer", "revise"]


@pytest.mark.databases("postgresql", "sqlite")
def test_an_answer_and_a_withdrawal_at_once_leave_one(funded: GovernanceHarness, author: Principal) -> None:
    one = made(funded, author)
    acts = {
        0: lambda: funded.ask(contract.answer_suggestion, suggestion_id=one["id"], answer="好的。"),
        1: lambda: funded.ask(contract.withdraw_suggestion, author, suggestion_id=one["id"]),
    }
    answers = at_once(2, lambda order: acts[order]())
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert UUID(one["id"])
