"""Rounds of ratings from the questionnaire to the result: who may, what is told, what is hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.ratings import operations as contract
from services.contracts.governance.rulebook import operations as rulebook
from services.governance.ratings.use_cases import closing, creating, opening, reading
from tests.component.governance.ballots import FIRST_UNIT, SECOND_UNIT, chair, member, people
from tests.component.governance.harness import NOW, GovernanceHarness
from tests.component.governance.ratings import GOOD, POOR, close, create, fill_in, hand_in, opened, refused
from tests.support.blind_keys import give_keys

pytestmark = pytest.mark.databases("postgresql", "sqlite")
THIRD_UNIT = uuid4()
AUDITOR = Principal("account", uuid4(), uuid4(), (Grant("auditor"),))
LEADERS = [{"name": "甲某某", "post": "校长"}, {"name": "乙某某", "post": "副校长"}]


@pytest.fixture
def union(governance: GovernanceHarness) -> GovernanceHarness:
    """The service with the national rules."""
    governance.ask(rulebook.adopt_rule_set, ruleset="national")
    return governance


@pytest.fixture(autouse=True)
def four_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four keys for all rounds: making one takes longer than a whole round."""
    give_keys(monkeypatch, 4)


def of_unit(result: dict[str, Any], unit_id: UUID) -> dict[str, Any]:
    return next(one for one in result["groups"] if one["unit_id"] == str(unit_id))


def rule_of(governance: GovernanceHarness, operation: Any, by: Principal | None = None, **request: Any) -> str | None:
    return governance.refused(operation, by, **request).rule


def test_from_the_questionnaire_to_the_result(union: GovernanceHarness) -> None:
    first, second = people(union, 6), people(union, 7, SECOND_UNIT)
    made = create(union)
    assert [one["criteria"][0] for one in made["subjects"]] == ["维护职工权益", "履行职责"]
    assert made["preview"] == {"entitled": 13, "groups": 2, "small_units": 0}
    rating_id = opened_again(union, made)
    for one in first:
        fill_in(union, rating_id, one, GOOD, remark="多办活动")
    for one in second[:5]:
        fill_in(union, rating_id, one, POOR)
    shown = union.ask(contract.get_rating, rating_id=rating_id)
    assert (shown["received"], shown["entitled"]) == (11, 13)
    result = close(union, rating_id)
    assert (result["sheets"], result["turnout"], result["shown"]) == (11, "84.6", True)
    rights = result["subjects"][0]["results"][0]
    assert (rights["counts"], rights["satisfied_percent"], rights["mean"]) == ([6, 0, 0, 5], "54.5", "2.64")
    assert of_unit(result, FIRST_UNIT)["subjects"][1]["results"][2] == {
        "criterion": "工作作风", "counts": [0, 0, 0, 0], "abstained": 6, "mean": None, "satisfied_percent": None,
    }  # fmt: skip
    assert of_unit(result, SECOND_UNIT)["subjects"][1]["satisfied_percent"] == "0.0"
    assert result["rules"][0]["key"] == "rating.smallest_group"
    remarks = union.ask(contract.list_rating_remarks, rating_id=rating_id)["items"]
    assert [(one["unit_id"], one["text"]) for one in remarks] == [(str(FIRST_UNIT), "多办活动")] * 6
    assert union.stored("SELECT * FROM rating_sheet") == union.stored("SELECT * FROM rating_mark") == []
    assert union.stored("SELECT signing_key FROM rating_group WHERE signing_key IS NOT NULL") == []


def opened_again(governance: GovernanceHarness, made: dict[str, Any]) -> str:
    governance.ask(contract.open_rating, rating_id=made["id"])
    governance.run_timer("prepare_ratings")
    return str(made["id"])


def test_a_small_group_is_hidden_and_not_derivable_by_subtraction(union: GovernanceHarness) -> None:
    units = (FIRST_UNIT, 9), (SECOND_UNIT, 5), (THIRD_UNIT, 6)
    known = {unit_id: people(union, count, unit_id) for unit_id, count in units}
    rating_id = opened(union)
    for unit_id, sheets in ((FIRST_UNIT, 8), (SECOND_UNIT, 3), (THIRD_UNIT, 6)):
        for one in known[unit_id][:sheets]:
            fill_in(union, rating_id, one, remark=f"意见 {unit_id}")
    result = close(union, rating_id)
    assert result["shown"]
    assert {one["unit_id"]: one["shown"] for one in result["groups"]} == {
        str(FIRST_UNIT): True, str(SECOND_UNIT): False, str(THIRD_UNIT): False,
    }  # fmt: skip
    hidden = of_unit(result, SECOND_UNIT)
    assert (hidden["sheets"], hidden["subjects"]) == (None, [])
    assert union.stored("SELECT DISTINCT group_number FROM rating_figure ORDER BY 1") == [
        (0,), (numbered(union, rating_id, FIRST_UNIT),),
    ]  # fmt: skip
    remarks = union.ask(contract.list_rating_remarks, rating_id=rating_id, limit=50)["items"]
    assert sum(one["unit_id"] is None for one in remarks) == 9
    assert all(one["unit_id"] == str(FIRST_UNIT) for one in remarks if one["unit_id"])
    own = union.ask(contract.get_rating_result, chair(SECOND_UNIT), rating_id=rating_id)
    assert [one["shown"] for one in own["groups"]] == [False]


def numbered(governance: GovernanceHarness, rating_id: str, unit_id: UUID) -> int:
    groups = governance.ask(contract.get_rating, rating_id=rating_id)["groups"]
    return next(one["group"] for one in groups if one["unit_id"] == str(unit_id))


def test_units_that_can_not_be_told_share_a_key_and_rate_no_chair(union: GovernanceHarness) -> None:
    people(union, 6)
    few = [*people(union, 3, SECOND_UNIT), *people(union, 4, THIRD_UNIT)]
    rating_id = opened(union)
    shown = union.ask(contract.get_rating, rating_id=rating_id)
    assert [(one["unit_id"], one["entitled"]) for one in shown["groups"]] == [(None, 7), (str(FIRST_UNIT), 6)]
    for one in few:
        fill_in(union, rating_id, one, [[2, 2, 2, 2, 2], [0, 0, 0]])
    with pytest.raises(Refused) as problem:
        fill_in(union, rating_id, extra(union, rating_id), GOOD)
    assert problem.value.rule == "ratings.answers_fit"
    result = close(union, rating_id)
    assert [(one["unit_id"], one["sheets"], len(one["subjects"])) for one in result["groups"] if one["shown"]] == [
        (None, 7, 1)
    ]


def extra(governance: GovernanceHarness, rating_id: str) -> UUID:
    """Put somebody onto the roll of the group of small units."""
    someone = uuid4()
    with governance.transaction() as tx:
        tx.session.execute(
            opening.RatingRoll.__table__.insert().values(rating_id=UUID(rating_id), member_id=someone, group_number=1)
        )
    return someone


def test_too_few_sheets_in_all_tell_nothing(union: GovernanceHarness) -> None:
    known = people(union, 8)
    rating_id = opened(union)
    for one in known[:4]:
        fill_in(union, rating_id, one, remark="只有四份")
    result = close(union, rating_id)
    assert (result["sheets"], result["shown"], result["subjects"]) == (4, False, [])
    assert union.stored("SELECT * FROM rating_figure") == union.stored("SELECT * FROM rating_remark") == []


def test_who_sees_what(union: GovernanceHarness) -> None:
    first, second = people(union, 6), people(union, 6, SECOND_UNIT)
    rating_id = opened(union)
    for one in (*first, *second):
        fill_in(union, rating_id, one)
    assert rule_of(union, contract.get_rating_result, rating_id=rating_id) == "ratings.result_is_out"
    stranger = member(uuid4())
    assert rule_of(union, contract.get_rating, stranger, rating_id=rating_id) == "ratings.reader_is_entitled"
    close(union, rating_id)
    of_chair = union.ask(contract.get_rating_result, chair(FIRST_UNIT), rating_id=rating_id)
    of_member = union.ask(contract.get_rating_result, member(second[0]), rating_id=rating_id)
    for told, unit_id in ((of_chair, FIRST_UNIT), (of_member, SECOND_UNIT)):
        assert [one["unit_id"] for one in told["groups"]] == [str(unit_id)]
        assert [one["kind"] for one in told["subjects"]] == ["union"], "of all chairs together nothing is told"
        assert [one["kind"] for one in told["groups"][0]["subjects"]] == ["union", "chair"]
    of_auditor = union.ask(contract.get_rating_result, AUDITOR, rating_id=rating_id)
    assert len(of_auditor["groups"]) == 2
    of_stranger = union.ask(contract.get_rating_result, stranger, rating_id=rating_id)
    assert (of_stranger["groups"], [one["kind"] for one in of_stranger["subjects"]]) == ([], ["union"])
    refusal = union.refused(contract.list_rating_remarks, chair(FIRST_UNIT), rating_id=rating_id,
                                 unit_id=SECOND_UNIT)  # fmt: skip
    assert refusal.status == 403
    trend = union.ask(contract.rating_trend, member(first[0]))
    assert [(one["year"], one["unit_percent"]) for one in trend["items"]] == [(2026, "100.0")]
    assert rule_of(union, contract.rating_trend, member(first[0]), unit_id=SECOND_UNIT) == (
        "ratings.reader_is_entitled"
    )
    units = union.ask(contract.list_rating_units, rating_id=rating_id)["items"]
    assert [one["chair_percent"] for one in units] == ["100.0", "100.0"]


def test_leaders_are_assessed_by_delegates_and_told_when_published(union: GovernanceHarness) -> None:
    delegates = people(union, 6)
    with union.transaction() as tx:
        row = creating.call_rating(
            tx, origin=("session", uuid4()), title="民主评议", subjects=LEADERS, electorate=delegates, year=2026
        )
        opening.open_now(tx, row.id)
        rating_id = str(row.id)
    union.run_timer("prepare_ratings")
    for one in delegates:
        fill_in(union, rating_id, one, [[1, 1, 1, 1, 2], [2, 2, 3, 4, 0]])
    result = close(union, rating_id)
    assert [(one["name"], one["post"], one["satisfied_percent"]) for one in result["subjects"]] == [
        ("甲某某", "校长", "100.0"), ("乙某某", "副校长", "50.0"),
    ]  # fmt: skip
    delegate = member(delegates[0])
    assert rule_of(union, contract.get_rating_result, delegate, rating_id=rating_id) == ("ratings.result_is_published")
    assert rule_of(union, contract.get_rating, chair(FIRST_UNIT), rating_id=rating_id) == ("ratings.reader_is_entitled")
    union.ask(contract.publish_rating, rating_id=rating_id)
    assert len(union.ask(contract.get_rating_result, delegate, rating_id=rating_id)["subjects"]) == 2
    assert rule_of(union, contract.publish_rating, rating_id=rating_id) == "ratings.result_can_be_published"
    with union.transaction() as tx:
        assert reading.rating_of(tx, UUID(rating_id))["sheets"] == 6
    assert "甲某某" not in str(union.stored("SELECT name FROM rating_subject"))


def test_paper_sheets_are_counted_as_an_aggregate(union: GovernanceHarness) -> None:
    known = people(union, 8)
    rating_id = opened(union)
    number = numbered(union, rating_id, FIRST_UNIT)
    for one in known[:5]:
        fill_in(union, rating_id, one)
    given = {"rating_id": rating_id}
    assert union.ask(contract.give_paper, **given, member_id=known[6])["given"] == 1
    assert union.ask(contract.give_paper, **given, member_id=known[6])["given"] == 1
    assert rule_of(union, contract.give_paper, **given, member_id=known[0]) == "ratings.request_is_the_first"
    with pytest.raises(Refused) as problem:
        fill_in(union, rating_id, known[6])
    assert problem.value.rule == "ratings.request_is_the_first"
    counts = [[[0, 0, 1, 0]] * 5, [[0, 0, 0, 1]] * 3]
    entered = {**given, "group": number}
    assert rule_of(union, contract.enter_papers, **entered, sheets=2, counts=counts) == "ratings.papers_were_given"
    over = [[[1, 0, 1, 0]] * 5, [[0, 0, 0, 1]] * 3]
    assert rule_of(union, contract.enter_papers, **entered, sheets=1, counts=over) == "ratings.papers_fit"
    told = union.ask(contract.enter_papers, **entered, sheets=1, counts=counts)
    assert next(one for one in told["groups"] if one["group"] == number)["entered"] == 1
    result = close(union, rating_id)
    assert (result["sheets"], result["paper"]) == (6, 1)
    assert result["subjects"][0]["results"][0]["counts"] == [5, 0, 1, 0]


def test_paper_does_not_make_few_sheets_of_this_system_many(union: GovernanceHarness) -> None:
    """Who entered the paper counts could subtract them."""
    known = people(union, 12)
    others = people(union, 9, SECOND_UNIT)
    rating_id = opened(union)
    fill_in(union, rating_id, known[0], POOR)
    for one in others:
        fill_in(union, rating_id, one)
    for one in known[1:9]:
        union.ask(contract.give_paper, rating_id=rating_id, member_id=one)
    counts = [[[8, 0, 0, 0]] * 5, [[8, 0, 0, 0]] * 3]
    number = numbered(union, rating_id, FIRST_UNIT)
    union.ask(contract.enter_papers, rating_id=rating_id, group=number, sheets=8, counts=counts)
    result = close(union, rating_id)
    assert [one["shown"] for one in result["groups"]] == [False, False]


def test_earlier_years_are_entered_from_paper(union: GovernanceHarness) -> None:
    people(union, 6)
    made = create(union, year=2024, way="paper", title="2024 年会员评家")
    told = union.ask(contract.open_rating, rating_id=made["id"])
    assert told["state"] == "open"
    number = next(one["group"] for one in told["groups"] if one["unit_id"] == str(FIRST_UNIT))
    counts = [[[20, 10, 5, 1]] * 5, [[20, 10, 5, 1]] * 3]
    entered = {"rating_id": made["id"], "group": number, "sheets": 36, "counts": counts}
    assert rule_of(union, contract.enter_papers, **entered, issued=30) == "ratings.papers_were_given"
    union.ask(contract.enter_papers, **entered, issued=50)
    result = close(union, made["id"])
    assert (result["turnout"], result["subjects"][0]["satisfied_percent"]) == ("72.0", "83.3")
    assert union.events("raters_called", "raters_told") == []
    body = {"rating_id": made["id"], "blinded": "AAAA"}
    assert rule_of(union, contract.request_rating_token, member(uuid4()), **body) == "ratings.round_is_online"


def test_everybody_is_called_and_reminded_alike(union: GovernanceHarness) -> None:
    known = people(union, 7)
    rating_id = opened(union)
    union.run_timer("tell_raters")
    fill_in(union, rating_id, known[0])
    assert rule_of(union, contract.remind_raters, rating_id=rating_id) == "ratings.reminder_is_due"
    with union.transaction() as tx:
        opening.held(tx, UUID(rating_id)).opened_at = NOW - timedelta(days=2)
    union.ask(contract.remind_raters, rating_id=rating_id)
    union.run_timer("tell_raters")
    close(union, rating_id)
    union.run_timer("tell_raters")
    called = union.events("raters_called")
    assert [one["again"] for one in called] == [False, True]
    assert all(sorted(one["member_ids"]) == sorted(map(str, known)) for one in called)
    [told] = union.events("raters_told")
    assert (told["end"], len(told["member_ids"])) == ("closed", 7)
    assert [one["rating_id"] for one in union.events("rating_opened", "rating_closed")] == [rating_id] * 2


def test_times_years_and_words_must_fit(union: GovernanceHarness) -> None:
    people(union, 6)
    base = {"title": "评家", "kind": "union", "year": 2026}
    for changes, rule in (
        ({"year": 2024}, "ratings.year_fits"),
        ({"grades": ["好", "好"]}, "ratings.words_differ"),
        ({"grades": ["好", "差"], "satisfied": 2}, "ratings.satisfied_is_below_all"),
        ({"kind": "leaders"}, "ratings.subjects_are_named"),
        ({"leaders": LEADERS}, "ratings.subjects_are_named"),
        ({"electorate": "list", "member_ids": [str(uuid4())]}, "ratings.electorate_fits"),
        ({"closes_at": (NOW - timedelta(days=1)).isoformat()}, "ratings.times_are_in_order"),
    ):
        assert rule_of(union, contract.create_rating, **{**base, **changes}) == rule, changes
    made = create(union)
    assert rule_of(union, contract.create_rating, **base) == "ratings.year_is_free"
    changed = {**base, "rating_id": made["id"], "version": made["version"], "union_criteria": ["服务"],
               "chair_criteria": []}  # fmt: skip
    changed.pop("kind")
    told = union.ask(contract.change_rating, **changed)
    assert [one["criteria"] for one in told["subjects"]] == [["服务"]]
    assert rule_of(union, contract.change_rating, **changed) == "version_is_current"
    union.ask(contract.cancel_rating, rating_id=made["id"], reason="改期")
    assert create(union)["state"] == "prepared"


def test_a_round_opens_and_closes_by_the_clock(union: GovernanceHarness) -> None:
    known = people(union, 6)
    made = create(union, opens_at=(NOW + timedelta(hours=1)).isoformat(),
                  closes_at=(NOW + timedelta(hours=5)).isoformat())  # fmt: skip
    rating_id = made["id"]
    with union.transaction() as tx:
        opening.held(tx, UUID(rating_id)).opens_at = NOW - timedelta(minutes=1)
    union.run_timer("open_due_ratings")
    union.run_timer("prepare_ratings")
    bodies = [fill_in(union, rating_id, one) for one in known]
    with union.transaction() as tx:
        opening.held(tx, UUID(rating_id)).closes_at = NOW - timedelta(minutes=1)
    assert refused(union, bodies[0]).rule == "ratings.round_is_open", "to the second, whenever the clock's turn is"
    union.run_timer("close_due_ratings")
    assert union.ask(contract.get_rating_result, rating_id=rating_id)["sheets"] == 6


def test_many_sheets_are_counted_in_pages(union: GovernanceHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "COUNTED_AT_ONCE", 3)
    known = people(union, 8)
    rating_id = opened(union)
    for one in known:
        fill_in(union, rating_id, one)
    assert union.ask(contract.close_rating, rating_id=rating_id)["state"] == "counting"
    union.run_timer("count_ratings")
    result = union.ask(contract.get_rating_result, rating_id=rating_id)
    assert (result["sheets"], result["subjects"][0]["results"][0]["counts"]) == (8, [8, 0, 0, 0])


def test_without_the_rule_nothing_is_opened(governance: GovernanceHarness) -> None:
    people(governance, 6)
    made = create(governance)
    assert made["blocked"]["rule"] == "rating.smallest_group"
    problem = governance.refused(contract.open_rating, rating_id=made["id"])
    assert (problem.code, problem.rule) == ("no_rule_in_force", "rating.smallest_group")


def test_the_same_sheet_again_gets_the_same_answer(union: GovernanceHarness) -> None:
    known = people(union, 6)
    rating_id = opened(union)
    body = fill_in(union, rating_id, known[0])
    assert hand_in(union, body) == {"taken": True}
    assert union.ask(contract.get_rating, rating_id=rating_id)["received"] == 1
