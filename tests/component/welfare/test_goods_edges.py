"""Goods between the steps: money of a cheaper package, lists that come late, deaths, stock that is lowered, erasure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, Problem
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import entitlements
from services.contracts.welfare.programmes import operations as goods
from services.welfare.programmes.use_cases import approving, setting_up
from tests.component.welfare.goods import (
    COLLECT_FROM,
    COLLECT_UNTIL,
    choose,
    compute,
    cycle,
    desk_open,
    hand_out,
    mine,
    on,
    open_cycle,
    package,
    read,
    turn,
)
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.test_goods_handed_out import reconciled
from tests.component.welfare.test_goods_lists import ready
from tests.support.at_once import at_once
from tests.support.principals import auditor, member_account


def used(welfare: WelfareHarness, member_id: UUID, as_of: date = COLLECT_UNTIL) -> str:
    account = welfare.ask(entitlements.my_entitlements, member_account(member_id), as_of=as_of.isoformat())
    return next(one["used"] for one in account["items"] if one["benefit_key"] == "holiday")  # type: ignore[no-any-return]


def sync(welfare: WelfareHarness, cycle_id: str, *lines: dict[str, Any]) -> dict[str, Any]:
    return welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="A", lines=list(lines))  # type: ignore


def dies(welfare: WelfareHarness, member_id: UUID, day: date) -> None:
    death = {"member_id": member_id, "standing": "deceased", "on": day}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, **death))


def cheaper(welfare: WelfareHarness) -> tuple[str, str, str]:
    """Return an open cycle of 200 yuan, its default package, and one of 150."""
    made = cycle(welfare)
    default = package(welfare, made["id"], is_default=True)["id"]
    cheap = package(welfare, made["id"], name="水果", price="150.00", paired_aid="0.00")["id"]
    entitled = compute(welfare, made["id"])["entitled"]
    welfare.ask(goods.approve_cycle, cycle_id=made["id"], entitled=entitled)
    turn(welfare, "tell_entitled_members")
    return made["id"], default, cheap


@pytest.mark.databases("postgresql", "sqlite")
def test_a_cheaper_package_is_charged_its_own_price(welfare: WelfareHarness) -> None:
    shown, listed, dearer = welfare.joined(), welfare.joined(), welfare.joined()
    cycle_id, _, cheap = cheaper(welfare)
    for member_id in (shown, listed):
        choose(welfare, member_id, cheap)
    with desk_open(welfare):
        number = mine(welfare, listed)["number"]
        for member_id in (shown, dearer):
            hand_out(welfare, mine(welfare, member_id)["code"])
        assert sync(welfare, cycle_id, {"number": number})["recorded"] == 1
    assert [used(welfare, one) for one in (shown, listed, dearer)] == ["150.00", "150.00", "200.00"]
    claims = welfare.events("benefit_granted")
    assert sorted(claim["amount"] for claim in claims) == ["150.00", "150.00", "200.00"]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_list_signed_on_the_last_day_counts_when_it_is_recorded_later(welfare: WelfareHarness) -> None:
    timed, untimed, forgotten = (welfare.joined() for _ in range(3))
    cycle_id, _, cheap = cheaper(welfare)
    choose(welfare, timed, cheap)
    with on(COLLECT_UNTIL):
        turn(welfare, "choose_default_packages")
        signed_at = clock.now()
        numbers = [mine(welfare, one)["number"] for one in (timed, untimed)]
    with on(COLLECT_UNTIL + timedelta(days=2)):
        turn(welfare, "expire_goods")
        assert (mine(welfare, timed)["state"], used(welfare, timed)) == ("expired", "0.00")
        result = sync(welfare, cycle_id, {"number": numbers[0], "handed_at": signed_at}, {"number": numbers[1]})
        assert (result["recorded"], result["refused"]) == (2, [])
        again = sync(welfare, cycle_id, *({"number": one} for one in numbers))
        assert (again["recorded"], len(again["duplicates"])) == (0, 2)
    assert [mine(welfare, one)["state"] for one in (timed, untimed, forgotten)] == ["collected", "collected", "expired"]
    assert [used(welfare, one) for one in (timed, untimed, forgotten)] == ["150.00", "200.00", "0.00"]
    assert {claim["granted_on"] for claim in welfare.events("benefit_granted")} == {COLLECT_UNTIL.isoformat()}
    found = reconciled(welfare, cycle_id)
    assert (found["hand_outs"], [one["chosen"] for one in found["packages"]]) == (2, [1, 1])


def test_a_line_signed_after_the_last_day_or_later_than_now_does_not_count(welfare: WelfareHarness) -> None:
    welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        later = {"number": 1, "handed_at": clock.now() + timedelta(hours=1)}
        assert sync(welfare, cycle_id, later)["refused"][0]["rule"] == "programmes.signed_in_the_days"
    with on(COLLECT_UNTIL + timedelta(days=1)):
        line = {"number": 1, "handed_at": clock.now()}
        assert sync(welfare, cycle_id, line)["refused"][0]["rule"] == "programmes.signed_in_the_days"
    assert reconciled(welfare, cycle_id)["hand_outs"] == 0


def test_what_was_signed_before_a_death_stays_and_after_it_does_not_count(welfare: WelfareHarness) -> None:
    before, after = welfare.joined(), welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        signed_at = clock.now()
        numbers = [mine(welfare, one)["number"] for one in (before, after)]
    with on(COLLECT_FROM + timedelta(days=3)):
        dies(welfare, before, COLLECT_FROM + timedelta(days=1))
        dies(welfare, after, COLLECT_FROM - timedelta(days=1))
        result = sync(welfare, cycle_id, *({"number": one, "handed_at": signed_at} for one in numbers))
    assert result["recorded"] == 1
    assert [(line["number"], line["rule"]) for line in result["refused"]] == [(numbers[1], "programmes.member_belongs")]


@pytest.mark.databases("postgresql", "sqlite")
def test_stock_is_not_lowered_below_the_list_after_approval(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(3)]
    cycle_id, (first, second) = open_cycle(welfare, 3, 2)
    choose(welfare, people[0], second)
    welfare.ask(goods.set_package_stock, package_id=second, stock=1)
    problem = welfare.refused(goods.set_package_stock, package_id=first, stock=1)
    assert (problem.rule, problem.params) == ("programmes.stock_suffices", {"stock": 2, "entitled": 3})
    with desk_open(welfare):
        assert read(welfare, cycle_id)["state"] == "handing_out"
    with on(COLLECT_UNTIL + timedelta(days=1)):
        turn(welfare, "expire_goods")
        problem = welfare.refused(goods.set_package_stock, package_id=first, stock=50)
    assert problem.rule == "programmes.cycle_can_be_changed"


def test_a_death_during_the_approval_leaves_number_sum_and_accounts_equal(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [welfare.joined() for _ in range(3)]
    cycle_id = ready(welfare)
    check = approving.checks

    def checks_while_somebody_dies(*arguments: Any) -> Any:
        found = check(*arguments)
        dies(welfare, people[0], date(2023, 3, 1))
        return found

    monkeypatch.setattr(approving, "checks", checks_while_somebody_dies)
    welfare.ask(goods.approve_cycle, cycle_id=cycle_id, entitled=3)
    (event,) = welfare.events("cycle_approved")
    (charged,) = welfare.stored("SELECT count(*) FROM entitlement_use")
    (entitled,) = welfare.stored("SELECT count(*) FROM goods_entitlement WHERE state = 'entitled'")
    assert event["entitled"] == charged[0] == entitled[0] == read(welfare, cycle_id)["entitled"]


def test_a_cycle_whose_days_are_over_is_not_approved(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id = ready(welfare)
    with on(COLLECT_UNTIL + timedelta(days=1)):
        problem = welfare.refused(goods.approve_cycle, cycle_id=cycle_id, entitled=1)
        assert problem.rule == "programmes.days_are_ahead"
    assert used(welfare, member_id) == "0.00"


def test_only_the_proxy_who_was_named_signs(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        found = mine(welfare, member_id)
        welfare.ask(goods.name_proxy, member_account(member_id), entitlement_id=found["id"], name="Li Na")
        problem = welfare.refused(goods.record_hand_out, code=found["code"], signature="另一人", by_proxy=True)
        assert (problem.rule, problem.params) == ("programmes.proxy_is_named", {})
        assert hand_out(welfare, found["code"], signature="li  na", by_proxy=True)["method"] == "proxy"


def test_names_of_proxies_and_signers_are_erased_with_the_member(welfare: WelfareHarness) -> None:
    former, stays = welfare.joined(), welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        for member_id in (former, stays):
            found = mine(welfare, member_id)
            account = member_account(member_id)
            welfare.ask(goods.name_proxy, account, entitlement_id=found["id"], name="同事甲")
            hand_out(welfare, found["code"], signature="同事甲", by_proxy=True)
    welfare.receive("on_member_anonymised", welfare.message(MemberAnonymised, member_id=former))
    assert mine(welfare, former)["proxy_name"] is None
    assert mine(welfare, stays)["proxy_name"] == "同事甲"
    assert welfare.stored("SELECT count(*) FROM hand_out WHERE signature IS NULL") == [(1,)]


def test_an_answer_about_another_claim_changes_nothing(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        given = hand_out(welfare, mine(welfare, member_id)["code"])
    welfare.answered(ExpenseRefused, given["id"], "benefit", claim=2, sequence=5)
    assert welfare.stored("SELECT claim_state FROM hand_out") == [("pending",)]


def test_a_cycle_has_no_more_choices_than_a_page_holds(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting_up, "MOST_PACKAGES", 1)
    monkeypatch.setattr(setting_up, "MOST_SLOTS", 0)
    cycle_id = cycle(welfare)["id"]
    package(welfare, cycle_id)
    values = {"cycle_id": cycle_id, "name": "乙", "contents": "-", "price": "1.00", "stock": 1}
    problem = welfare.refused(goods.add_package, **values)
    assert (problem.rule, problem.params) == ("programmes.choices_are_few", {"most": 1})
    at = clock.now()
    slot = {"point": "活动室", "starts_at": at, "ends_at": at + timedelta(hours=1), "capacity": 1}
    assert welfare.refused(goods.add_pick_up_slot, cycle_id=cycle_id, **slot).rule == "programmes.choices_are_few"


@pytest.mark.databases("postgresql", "sqlite")
def test_refused_and_reversed_claims_are_shown_and_put_again_once(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(3)]
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        refused, undone, stands = (hand_out(welfare, mine(welfare, one)["code"])["id"] for one in people)
    rule = "benefit.holiday.line"
    welfare.answered(ExpenseRefused, refused, "benefit", sequence=5, rule=rule)
    welfare.answered(ExpenseReversed, undone, "benefit", sequence=5)
    welfare.answered(ExpenseRecorded, stands, "benefit", sequence=5)
    found = reconciled(welfare, cycle_id)
    assert found["claims"] == {"refused": 1, "reversed": 1, "recorded": 1}
    assert found["refused_claims"] == [
        {"claim_state": "refused", "rule": rule, "count": 1, "amount": "200.00"},
        {"claim_state": "reversed", "rule": None, "count": 1, "amount": "200.00"},
    ]
    answers = at_once(3, lambda _: welfare.ask(goods.claim_goods_again, cycle_id=cycle_id))
    rules = [one.rule for one in answers if isinstance(one, Problem)]
    assert rules == ["programmes.claims_can_be_put_again"] * 2
    put_again = [event for event in welfare.events("benefit_granted") if event["claim"] == 2]
    assert {event["grant_id"] for event in put_again} == {refused, undone}
    assert reconciled(welfare, cycle_id)["claims"] == {"pending": 2, "recorded": 1}
    welfare.answered(ExpenseRefused, refused, "benefit", sequence=6, claim=1)
    welfare.answered(ExpenseRecorded, refused, "benefit", sequence=7, claim=2)
    assert reconciled(welfare, cycle_id)["claims"] == {"pending": 1, "recorded": 2}


def test_only_an_officer_puts_claims_again(welfare: WelfareHarness) -> None:
    welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    for by in (welfare.chair, auditor()):
        assert isinstance(welfare.refused(goods.claim_goods_again, by, cycle_id=cycle_id), NotAllowed)
