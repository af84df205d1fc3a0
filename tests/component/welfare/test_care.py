"""Standing care: gifts due by a date or an event, once each, whatever is repeated or comes in another order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NoRuleInForce, NotAllowed, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.governance.rulebook.events import RulePublished
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare import care, entitlements
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.harness import NOON, WelfareHarness
from tests.support.at_once import at_once
from tests.support.principals import auditor, chair_of, member_account

TODAY = date(2023, 3, 1)
MARCH = {"year": 2023, "month": 3}
RULE = RulePublished.load(RulePublished.example)
WEDDING = {"kind": "wedding", "amount": "500.00", "form": "goods"}


@pytest.fixture
def welfare(welfare: WelfareHarness) -> WelfareHarness:
    """A union that gives wedding gifts apart from visits, too."""
    own(welfare, "care.kinds", ["wedding", "retirement", "children_day"])
    return welfare


def own(welfare: WelfareHarness, key: str, value: Any, begins: date = date(2022, 1, 1)) -> None:
    """Let governance announce a figure of the union's own."""
    data = {**RULE, "rule_id": uuid4(), "key": key, "value": value, "valid_from": begins}
    welfare.receive("on_rule_published", welfare.message(RulePublished, **data))


def listed(welfare: WelfareHarness, **filters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = welfare.ask(care.list_care_gifts, **{**MARCH, "limit": 100, **filters})["items"]
    return items


def give(welfare: WelfareHarness, **changes: Any) -> dict[str, Any]:
    reply: dict[str, Any] = welfare.ask(care.give_care_gifts, **{**MARCH, **WEDDING, **changes})
    return reply


def retired(welfare: WelfareHarness, member_id: UUID, sequence: int = 3, day: date = TODAY) -> Callable[[], None]:
    body = welfare.message(MemberRetired, sequence, member_id=member_id, unit_id=welfare.unit, retired_on=day)
    return lambda: welfare.receive("on_member_retired", body)


def undone(welfare: WelfareHarness, member_id: UUID, sequence: int = 4) -> Callable[[], None]:
    body = welfare.message(RetirementUndone, sequence, member_id=member_id, unit_id=welfare.unit)
    return lambda: welfare.receive("on_retirement_undone", body)


def died(welfare: WelfareHarness, member_id: UUID, on: date = TODAY, sequence: int = 6) -> Callable[[], None]:
    data = {"member_id": member_id, "unit_id": welfare.unit, "standing": "deceased", "on": on}
    body = welfare.message(MemberLeft, sequence, **data)
    return lambda: welfare.receive("on_member_left", body)


def alive(welfare: WelfareHarness, member_id: UUID, sequence: int = 8) -> Callable[[], None]:
    data = {"member_id": member_id, "unit_id": welfare.unit, "standing": "active", "on": TODAY}
    body = welfare.message(MemberReinstated, sequence, **data)
    return lambda: welfare.receive("on_member_reinstated", body)


def has_children(welfare: WelfareHarness, children: Mapping[UUID, list[tuple[str, int]]], page: int = 1) -> None:
    """Let membership answer with members' children, a few members a page."""
    rows = sorted(children.items())

    def answer(request: Mapping[str, Any]) -> dict[str, Any]:
        assert (request["purpose"], request["on"]) == ("children_day", "2023-06-01")
        start = int(request["cursor"] or 0)
        items = [
            {"member_id": str(member), "unit_id": str(welfare.unit),
             "children": [{"key": key, "age": age} for key, age in known]}
            for member, known in rows[start : start + page]
        ]  # fmt: skip
        more = str(start + page) if start + page < len(rows) else None
        return {"items": items, "unknown_ids": [], "next_cursor": more}

    welfare.answers["membership.facts_of_members"] = answer


@pytest.mark.databases("postgresql", "sqlite")
def test_a_wedding_makes_one_gift_due_which_is_given_once_and_claimed(welfare: WelfareHarness) -> None:
    one, other = welfare.joined(), welfare.joined()
    for spouse in (one, other):
        welfare.report(spouse, "wedding")
    assert [(gift["member_id"], gift["state"]) for gift in listed(welfare)] == [(str(one), "due"), (str(other), "due")]
    assert give(welfare, expected=2) == {"given": 2, "due": 0}
    with pytest.raises(Refused) as refused:
        give(welfare)
    assert refused.value.rule == "care.somebody_is_due"
    claims = welfare.events("benefit_granted")
    assert {(claim["benefit_key"], claim["amount"], claim["claim"]) for claim in claims} == {("wedding", "500.00", 1)}
    assert len({claim["beneficiary"] for claim in claims}) == 2
    told = welfare.events("care_gift_given")
    assert {event["member_id"] for event in told} == {str(one), str(other)}
    assert "wedding" not in str(told)


@pytest.mark.databases("postgresql", "sqlite")
def test_what_is_standing_care_is_not_given_at_the_visit_too(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined(), "wedding")["visit_id"]
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id)
    assert refused.value.rule == "care.gift_is_not_given_twice"
    assert welfare.complete(visit_id, amount=None, form=None)["state"] == "visited"
    birth = welfare.report(welfare.joined(), "birth")["visit_id"]
    assert welfare.complete(birth)["claim_state"] == "pending"
    assert {gift["kind"] for gift in listed(welfare)} == {"wedding"}


def test_where_no_rule_names_a_kind_gifts_are_given_at_visits(welfare_without_rules: WelfareHarness) -> None:
    welfare = welfare_without_rules
    welfare.rules("national")
    member = welfare.joined()
    welfare.report(member, "wedding")
    retired(welfare, member)()
    assert listed(welfare) == []
    figures = welfare.ask(care.care_figures, **MARCH)
    assert figures["missing_rule"] == "care.kinds"
    assert not any(kind["offered"] for kind in figures["items"])
    with pytest.raises(NoRuleInForce) as missing:
        welfare.ask(care.give_care_gifts, **{**MARCH, **WEDDING})
    assert missing.value.rule == "benefit.wedding.cap"


def test_a_report_withdrawn_and_made_again_gives_one_gift(welfare: WelfareHarness) -> None:
    member = welfare.joined()

    def again(day: date) -> None:
        visit_id = welfare.report(member, "wedding", happened_on=day)["visit_id"]
        welfare.ask(visits.cancel_visit, visit_id=visit_id, reason="wrong day", report_was_wrong=True)

    again(TODAY)
    assert [gift["state"] for gift in listed(welfare)] == ["withdrawn"]
    welfare.report(member, "wedding", happened_on=TODAY - timedelta(days=1) + timedelta(days=2))
    give(welfare)
    visit = welfare.ask(visits.list_visits, member_id=member, open=True)["items"][0]["id"]
    welfare.ask(visits.cancel_visit, visit_id=visit, reason="wrong day", report_was_wrong=True)
    again(TODAY + timedelta(days=3))
    assert sorted(gift["state"] for gift in listed(welfare)) == ["given", "withdrawn"]


def test_two_who_give_at_once_give_once(welfare: WelfareHarness) -> None:
    for _ in range(3):
        welfare.report(welfare.joined(), "wedding")
    answers = at_once(4, lambda _: give(welfare))
    assert sum(answer["given"] for answer in answers if isinstance(answer, dict)) == 3
    assert len(welfare.events("benefit_granted")) == len(welfare.events("care_gift_given")) == 3


def test_what_may_be_given_the_rules_of_the_day_say(welfare: WelfareHarness) -> None:
    welfare.report(welfare.joined(), "wedding")
    for changes, rule in (
        ({"amount": "501.00"}, "benefit.amount_is_within_cap"),
        ({"form": "cash"}, "benefit.form_is_allowed"),
        ({"expected": 2}, "many.number_is_as_seen"),
    ):
        with pytest.raises(Refused) as refused:
            give(welfare, **changes)
        assert refused.value.rule == rule
    assert listed(welfare)[0]["state"] == "due"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_memento_not_money_is_due_at_retirement(welfare: WelfareHarness) -> None:
    member = welfare.joined()
    retired(welfare, member)()
    retired(welfare, member)()
    assert [(gift["kind"], gift["due_on"]) for gift in listed(welfare)] == [("retirement", "2023-03-01")]
    with pytest.raises(NoRuleInForce):
        give(welfare, kind="retirement")
    own(welfare, "benefit.retirement.cap", "300.00")
    with pytest.raises(Refused) as refused:
        give(welfare, kind="retirement", amount="300.00", form="cash")
    assert refused.value.rule == "benefit.form_is_allowed"
    assert give(welfare, kind="retirement", amount="300.00")["given"] == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_in_whatever_order_retirement_undoing_and_retirement_come_one_memento_is_due(
    welfare: WelfareHarness, order: tuple[int, ...]
) -> None:
    member, later = welfare.joined(), TODAY + timedelta(days=9)
    heard = [retired(welfare, member, 3), undone(welfare, member, 4), retired(welfare, member, 5, later)]
    for number in (*order, *reversed(order)):
        heard[number]()
    (gift,) = listed(welfare)
    assert (gift["state"], gift["due_on"]) == ("due", later.isoformat())


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_in_whatever_order_a_death_comes_nothing_is_due_until_it_is_undone(
    welfare: WelfareHarness, order: tuple[int, ...]
) -> None:
    member, returning = welfare.joined(), welfare.joined()
    for one, last in ((member, undone), (returning, alive)):
        sequence = {undone: 4, alive: 8}[last]
        heard = [retired(welfare, one, 3), died(welfare, one), last(welfare, one, sequence), retired(welfare, one, 3)]
        for number in order:
            heard[number]()
    states = {gift["member_id"]: gift["state"] for gift in listed(welfare)}
    assert states == {str(member): "withdrawn", str(returning): "due"}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_death_takes_back_what_was_given_after_it_and_a_mistaken_one_lets_it_be_claimed_again(
    welfare: WelfareHarness,
) -> None:
    gone, waiting = welfare.joined(), welfare.joined()
    for member in (gone, waiting):
        welfare.report(member, "wedding", happened_on=TODAY - timedelta(days=9))
    give(welfare, month=2)
    died(welfare, gone, TODAY - timedelta(days=2))()
    (claim,) = welfare.events("claim_withdrawn")
    assert (claim["source_type"], claim["benefit_key"], claim["claim"]) == ("benefit", "wedding", 1)
    welfare.answered(ExpenseRefused, claim["source_id"], "benefit", claim=1, reason_code="claim_withdrawn")
    assert welfare.ask(care.care_figures, year=2023, month=2)["items"][0]["due"] == 0
    alive(welfare, gone)()
    assert give(welfare, month=2) == {"given": 1, "due": 0}
    assert [event["claim"] for event in welfare.events("benefit_granted")] == [1, 1, 2]
    assert len(welfare.events("care_gift_given")) == 2


@pytest.mark.databases("postgresql", "sqlite")
def test_children_of_two_members_have_one_gift_each_however_often_the_list_is_drawn_up(
    welfare: WelfareHarness,
) -> None:
    mother, father, other = welfare.joined(), welfare.joined(), welfare.joined()
    both = [("elder", 9), ("younger", 3)]
    children = {mother: both, father: [*both, ("grown", 14)], other: [("only", 0)]}
    has_children(welfare, children)
    first = welfare.ask(care.draw_up_children_day, year=2023)
    assert (first["added"], first["listed"]) == (3, 3)
    answers = at_once(3, lambda _: welfare.ask(care.draw_up_children_day, year=2023))
    assert [answer["added"] for answer in answers] == [0, 0, 0]
    has_children(welfare, {**children, other: [("only", 0), ("twin", 0)]}, page=2)
    assert welfare.ask(care.draw_up_children_day, year=2023)["listed"] == 4
    june = {"month": 6, "kind": "children_day"}
    assert {gift["due_on"] for gift in listed(welfare, **june)} == {"2023-06-01"}
    with clock.frozen(NOON + timedelta(days=92)):
        assert give(welfare, **june, amount="100.00", expected=4)["given"] == 4


@pytest.mark.parametrize(("shares", "count"), [(["child"], 2), (["member"], 2), (["member", "child"], 4)])
def test_by_what_children_s_gifts_are_counted_a_rule_says(
    welfare: WelfareHarness, shares: list[str], count: int
) -> None:
    own(welfare, "care.children_day.counted_by", shares)
    has_children(welfare, {welfare.joined(): [("a", 1), ("b", 2)], welfare.joined(): [("a", 1), ("b", 2)]})
    assert welfare.ask(care.draw_up_children_day, year=2023)["listed"] == count


def test_without_its_rules_no_children_s_day_is_drawn_up(welfare: WelfareHarness) -> None:
    own(welfare, "care.kinds", ["wedding"], date(2022, 6, 1))
    has_children(welfare, {welfare.joined(): [("a", 1)]})
    with pytest.raises(Refused) as refused:
        welfare.ask(care.draw_up_children_day, year=2023)
    assert refused.value.rule == "care.kind_is_offered"
    with pytest.raises(Refused) as refused:
        welfare.ask(care.draw_up_children_day, year=2022)
    assert refused.value.rule == "care.year_can_be_drawn_up"


def test_a_refused_claim_is_put_again_and_late_answers_are_passed_over(welfare: WelfareHarness) -> None:
    welfare.report(welfare.joined(), "wedding")
    give(welfare)
    (gift,) = listed(welfare)
    welfare.answered(ExpenseRefused, gift["id"], "benefit", claim=1, sequence=1, rule="fund.line_has_money")
    assert (listed(welfare)[0]["claim_state"], listed(welfare)[0]["refused_rule"]) == ("refused", "fund.line_has_money")
    assert give(welfare, amount="400.00")["given"] == 1
    welfare.answered(ExpenseRefused, gift["id"], "benefit", claim=1, sequence=2)
    welfare.answered(ExpenseRecorded, gift["id"], "benefit", claim=2, sequence=3)
    (gift,) = listed(welfare)
    assert (gift["claim_state"], gift["amount"]) == ("recorded", "400.00")


def test_the_member_sees_the_gift_and_the_account_counts_it_others_do_not(welfare: WelfareHarness) -> None:
    member = welfare.joined()
    welfare.report(member, "wedding")
    give(welfare)
    me = member_account(member)
    assert [gift["kind"] for gift in welfare.ask(care.my_care_gifts, me)["items"]] == ["wedding"]
    items = welfare.ask(entitlements.my_entitlements, me)["items"]
    assert {item["benefit_key"]: item["used"] for item in items}["wedding"] == "500.00"
    shown = welfare.ask(entitlements.entitlements_of, chair_of(welfare.unit), member_id=member)["items"]
    assert "wedding" not in {item["benefit_key"] for item in shown}
    assert welfare.ask(care.list_care_gifts, auditor(), **MARCH)["items"]
    for other in (chair_of(welfare.unit), member_account()):
        with pytest.raises(NotAllowed):
            welfare.ask(care.list_care_gifts, other, **MARCH)


def test_a_gift_is_withdrawn_with_a_reason_before_it_was_given(welfare: WelfareHarness) -> None:
    welfare.report(welfare.joined(), "wedding")
    (gift,) = listed(welfare)
    withdrawn = welfare.ask(care.withdraw_care_gift, gift_id=gift["id"], reason="declined it")
    assert (withdrawn["state"], withdrawn["ended_by"]) == ("withdrawn", "officer")
    with pytest.raises(Refused) as refused:
        welfare.ask(care.withdraw_care_gift, gift_id=gift["id"], reason="declined it")
    assert refused.value.rule == "care.gift_can_be_withdrawn"
    with pytest.raises(Refused):
        give(welfare)
