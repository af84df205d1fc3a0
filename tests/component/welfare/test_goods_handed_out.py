"""Choosing, the deadline, handing out, expiry: nobody gets two, no package is given twice, stock always agrees."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound, Problem, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import entitlements
from services.contracts.welfare.programmes import operations as goods
from services.contracts.welfare.programmes.vocabulary import PACKAGE_ORDERS
from services.welfare.programmes.use_cases import turns
from tests.component.welfare.goods import (
    CHOOSE_UNTIL,
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
from tests.support.at_once import at_once
from tests.support.principals import chair_of, member_account


def reconciled(welfare: WelfareHarness, cycle_id: str) -> dict[str, Any]:
    found = welfare.ask(goods.reconcile_cycle, cycle_id=cycle_id)
    assert found["agrees"], found
    for order in PACKAGE_ORDERS:
        listed = welfare.ask(goods.reconcile_packages, cycle_id=cycle_id, sort=order)["items"]
        assert sorted(listed, key=lambda one: one["package_id"]) == found["packages"]
    name = found["packages"][0]["name"]
    assert found["packages"][0] in welfare.ask(goods.reconcile_packages, cycle_id=cycle_id, q=name)["items"]
    assert welfare.ask(goods.reconcile_packages, cycle_id=cycle_id, q="%")["items"] == []
    return found  # type: ignore[no-any-return]


def slot(welfare: WelfareHarness, cycle_id: str, capacity: int) -> str:
    at = datetime(2023, 3, 12, 1, tzinfo=UTC)
    values = {"point": "工会活动室", "starts_at": at, "ends_at": at + timedelta(hours=2), "capacity": capacity}
    return str(welfare.ask(goods.add_pick_up_slot, cycle_id=cycle_id, **values)["slots"][-1]["id"])


@pytest.mark.databases("postgresql", "sqlite")
def test_stock_falls_when_a_package_is_chosen_and_returns_when_it_is_exchanged(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id, (first, second) = open_cycle(welfare, 5, 3)
    chosen = choose(welfare, member_id, first)
    assert (chosen["state"], chosen["package"], chosen["packages"][0]["free"]) == ("chosen", "礼包0", 4)
    exchanged = choose(welfare, member_id, second)
    assert [one["free"] for one in exchanged["packages"]] == [5, 2]
    choose(welfare, member_id, second)
    assert len(welfare.events("package_chosen")) == 2
    reconciled(welfare, cycle_id)


@pytest.mark.databases("postgresql", "sqlite")
def test_who_chooses_the_last_one_at_the_same_time_does_not_get_two(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(6)]
    cycle_id, (_, scarce) = open_cycle(welfare, 10, 2)
    answers = at_once(6, lambda order: choose(welfare, people[order], scarce))
    refused = [one for one in answers if isinstance(one, Problem)]
    assert {one.rule for one in refused} == {"programmes.package_is_in_stock"}
    assert len(answers) - len(refused) == 2
    assert [one["chosen"] for one in reconciled(welfare, cycle_id)["packages"]] == [0, 2]


def test_exchanged_crosswise_at_the_same_time_nothing_is_lost(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(6)]
    cycle_id, packages = open_cycle(welfare, 6, 6)
    for place, member_id in enumerate(people):
        choose(welfare, member_id, packages[place % 2])
    at_once(6, lambda order: choose(welfare, people[order], packages[(order + 1) % 2]))
    assert [one["chosen"] for one in reconciled(welfare, cycle_id)["packages"]] == [3, 3]


def test_a_slot_has_as_many_places_as_it_has(welfare: WelfareHarness) -> None:
    first, second = welfare.joined(), welfare.joined()
    made = cycle(welfare)
    package_id = package(welfare, made["id"], is_default=True)["id"]
    morning, noon = slot(welfare, made["id"], 1), slot(welfare, made["id"], 5)
    compute(welfare, made["id"])
    welfare.ask(goods.approve_cycle, cycle_id=made["id"], entitled=2)
    turn(welfare, "tell_entitled_members")
    choose(welfare, first, package_id, morning)
    with pytest.raises(Refused, match="full"):
        choose(welfare, second, package_id, morning)
    assert read(welfare, made["id"])["packages"][0]["chosen"] == 1
    choose(welfare, first, package_id, noon)
    assert choose(welfare, second, package_id, morning)["slot"] == "工会活动室"


def test_others_goods_and_others_packages_are_not_there(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    _, (package_id,) = open_cycle(welfare, 5)
    entitlement_id = mine(welfare, member_id)["id"]
    request = {"entitlement_id": entitlement_id, "package_id": package_id}
    assert isinstance(welfare.refused(goods.choose_package, member_account(uuid4()), **request), NotFound)
    request["package_id"] = str(uuid4())
    assert isinstance(welfare.refused(goods.choose_package, member_account(member_id), **request), NotFound)


@pytest.mark.databases("postgresql", "sqlite")
def test_after_the_deadline_the_default_is_chosen_and_another_where_it_is_used_up(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 2)
    people = [welfare.joined() for _ in range(5)]
    cycle_id, (first, second) = open_cycle(welfare, 3, 2)
    choose(welfare, people[0], first)
    with on(CHOOSE_UNTIL):
        turn(welfare, "choose_default_packages")
        assert mine(welfare, people[1])["state"] == "entitled"
    with on(CHOOSE_UNTIL + timedelta(days=1)):
        turn(welfare, "choose_default_packages", 5)
        refused = welfare.refused(
            goods.choose_package, member_account(people[1]), entitlement_id=mine(welfare, people[1])["id"],
            package_id=second,
        )  # fmt: skip
    assert refused.rule == "programmes.choosing_is_open"
    found = reconciled(welfare, cycle_id)
    assert (found["states"]["chosen"], [one["chosen"] for one in found["packages"]]) == (5, [3, 2])
    assert read(welfare, cycle_id)["state"] == "handing_out"
    assert sum(event["by_default"] for event in welfare.events("package_chosen")) == 4


@pytest.mark.databases("postgresql", "sqlite")
def test_the_second_hand_is_told_when_and_by_whom_the_first_was(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        code = mine(welfare, member_id)["code"]
        seen = welfare.ask(goods.look_up_goods, welfare.chair, code=code)
        assert (seen["member_id"], seen["package"], seen["state"]) == (str(member_id), "礼包0", "chosen")
        given = hand_out(welfare, code)
        assert (given["method"], given["member_id"]) == ("signature", str(member_id))
        problem = welfare.refused(goods.record_hand_out, welfare.chair, code=code, signature="另一人")
    assert problem.rule == "programmes.goods_are_handed_out_once"
    told = {"at": "2023-03-12 12:00", "method": "signature"}
    assert {name: problem.params[name] for name in told} == told
    assert problem.params["by"] in {str(one) for one in welfare.officer.own_ids}
    assert len(welfare.events("benefit_collected")) == 1
    assert mine(welfare, member_id)["code"] is None
    reconciled(welfare, cycle_id)


def test_an_answer_that_was_lost_is_had_again_with_the_same_key(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        code = mine(welfare, member_id)["code"]
        first, again = (
            welfare.ask_keyed("k1", goods.record_hand_out, code=code, signature="本人") for _ in range(2)
        )  # fmt: skip
    assert first == again
    assert mine(welfare, member_id)["state"] == "collected"
    assert len(welfare.events("benefit_collected")) == 1


def test_the_same_code_at_several_desks_at_once_counts_once(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        code = mine(welfare, member_id)["code"]
        answers = at_once(5, lambda _: hand_out(welfare, code))
    assert sum(not isinstance(one, Problem) for one in answers) == 1
    assert reconciled(welfare, cycle_id)["hand_outs"] == 1


def test_a_proxy_needs_the_members_consent_given_before(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    entitlement_id = mine(welfare, member_id)["id"]
    with desk_open(welfare):
        code = mine(welfare, member_id)["code"]
        problem = welfare.refused(goods.record_hand_out, code=code, signature="代领人", by_proxy=True)
        assert problem.rule == "programmes.proxy_has_consent"
        account = member_account(member_id)
        welfare.ask(goods.name_proxy, account, entitlement_id=entitlement_id, name="同事甲")
        assert welfare.ask(goods.look_up_goods, code=code)["proxy_name"] == "同事甲"
        assert hand_out(welfare, code, signature="同事甲", by_proxy=True)["method"] == "proxy"
        assert isinstance(welfare.refused(goods.name_proxy, account, entitlement_id=entitlement_id, name=None), Refused)
    stored = welfare.stored("SELECT proxy_name FROM goods_entitlement") + welfare.stored(
        "SELECT signature FROM hand_out"
    )
    assert "同事甲" not in str(stored)


def test_nothing_is_handed_out_before_or_after_the_days(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with on(CHOOSE_UNTIL + timedelta(days=1)):
        turn(welfare, "choose_default_packages")
        code = mine(welfare, member_id)["code"]
        assert welfare.refused(goods.record_hand_out, code=code, signature="-").rule == "programmes.handing_out_is_open"
    with on(COLLECT_UNTIL + timedelta(days=1)):
        assert welfare.refused(goods.record_hand_out, code=code, signature="-").rule == "programmes.code_is_in_time"
    with on(COLLECT_FROM):
        refused = welfare.refused(goods.record_hand_out, code=f"{code[:-2]}AA", signature="-")
        assert refused.rule == "programmes.code_is_genuine"
        for operation, more in ((goods.record_hand_out, {"signature": "-"}), (goods.look_up_goods, {})):
            assert isinstance(welfare.refused(operation, chair_of(uuid4()), code=code, **more), NotAllowed)


def test_nothing_is_handed_out_after_a_death(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        code = mine(welfare, member_id)["code"]
        death = {"member_id": member_id, "standing": "deceased", "on": date(2023, 3, 11)}
        welfare.receive("on_member_left", welfare.example_message(MemberLeft, **death))
        assert welfare.refused(goods.record_hand_out, code=code, signature="-").rule == "programmes.member_belongs"
    assert reconciled(welfare, cycle_id)["hand_outs"] == 0


@pytest.mark.databases("postgresql", "sqlite")
def test_lines_of_a_signed_list_count_once_and_duplicates_come_first(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(3)]
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        first = mine(welfare, people[0])
        hand_out(welfare, first["code"])
        lines = [{"number": number} for number in (1, 2, 3, 99)]
        result = welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="A-1", lines=lines)
        assert [line["number"] for line in result["duplicates"]] == [first["number"]]
        assert result["duplicates"][0]["params"]["method"] == "signature"
        assert [(line["number"], line["rule"]) for line in result["refused"]] == [(99, "programmes.line_is_known")]
        assert result["recorded"] == 2
        again = welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="A-1", lines=lines)
        assert ([line["number"] for line in again["duplicates"]], again["recorded"]) == ([1, 2, 3], 0)
        late = {"cycle_id": cycle_id, "sheet": "B", "lines": [{"number": 1}]}
        assert isinstance(welfare.refused(goods.sync_signed_list, chair_of(uuid4()), **late), NotAllowed)
    assert reconciled(welfare, cycle_id)["hand_outs"] == 3
    assert len(welfare.events("benefit_collected")) == 3


def test_a_line_is_signed_within_the_days(welfare: WelfareHarness) -> None:
    welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with desk_open(welfare):
        lines = [{"number": 1, "handed_at": clock.now() - timedelta(days=1)}]
        result = welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="A", lines=lines)
    assert [line["rule"] for line in result["refused"]] == ["programmes.signed_in_the_days"]


@pytest.mark.databases("postgresql", "sqlite")
def test_what_is_not_fetched_returns_to_stock_and_to_the_account(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    fetched, forgotten = welfare.joined(), welfare.joined()
    cycle_id, _ = open_cycle(welfare)
    with on(COLLECT_FROM):
        turn(welfare, "choose_default_packages", 4)
        hand_out(welfare, mine(welfare, fetched)["code"])
    with on(COLLECT_UNTIL + timedelta(days=1)):
        turn(welfare, "expire_goods", 4)
    assert (mine(welfare, forgotten)["state"], read(welfare, cycle_id)["state"]) == ("expired", "closed")
    found = reconciled(welfare, cycle_id)
    assert (found["packages"][0]["chosen"], found["packages"][0]["left"], found["amount"]) == (1, 99, "200.00")
    account = welfare.ask(entitlements.my_entitlements, member_account(forgotten), as_of="2023-03-21")
    assert next(one["used"] for one in account["items"] if one["benefit_key"] == "holiday") == "0.00"
    assert [event["member_id"] for event in welfare.events("entitlement_expired")] == [str(forgotten)]


def test_each_hand_out_is_a_claim_and_hears_the_funds_answer(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    with desk_open(welfare):
        given = hand_out(welfare, mine(welfare, member_id)["code"])
    (claim,) = welfare.events("benefit_granted")
    assert (claim["grant_id"], claim["benefit_key"], claim["amount"]) == (given["id"], "holiday", "200.00")
    assert str(member_id) not in str(claim)
    welfare.answered(ExpenseRefused, given["id"], "benefit", sequence=5, rule="benefit.holiday.line")
    assert welfare.stored("SELECT claim_state, refused_rule FROM hand_out") == [("refused", "benefit.holiday.line")]
    welfare.answered(ExpenseRecorded, given["id"], "benefit", sequence=4)
    assert welfare.stored("SELECT claim_state FROM hand_out") == [("refused",)]
    welfare.answered(ExpenseRecorded, given["id"], "benefit", sequence=6)
    assert welfare.stored("SELECT claim_state, refused_rule FROM hand_out") == [("recorded", None)]


def test_goods_of_the_administration_are_no_claim_on_union_funds(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    made = welfare.ask(goods.create_programme, name="行政福利", festival=None, funding="administration")
    open_cycle(welfare, programme_id=made["id"])
    with desk_open(welfare):
        hand_out(welfare, mine(welfare, member_id)["code"])
    assert welfare.events("benefit_granted") == []


def test_a_stock_is_never_set_below_what_was_chosen(welfare: WelfareHarness) -> None:
    people = [welfare.joined() for _ in range(2)]
    cycle_id, (package_id,) = open_cycle(welfare, 5)
    for member_id in people:
        choose(welfare, member_id, package_id)
    problem = welfare.refused(goods.set_package_stock, package_id=package_id, stock=1)
    assert (problem.rule, problem.params) == ("programmes.stock_covers_chosen", {"chosen": 2})
    assert welfare.ask(goods.set_package_stock, package_id=package_id, stock=2)["packages"][0]["free"] == 0
    reconciled(welfare, cycle_id)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.databases("sqlite")
def test_stock_and_entitlements_conserve_whatever_happens_in_which_order(welfare: WelfareHarness, seed: int) -> None:
    random = Random(seed)
    people = [welfare.joined() for _ in range(5)]
    cycle_id, packages = open_cycle(welfare, 3, 2, 1)
    codes: dict[UUID, str] = {}
    day = date(2023, 3, 1)

    def step() -> None:
        who = random.choice(people)
        code = codes.get(who) or mine(welfare, who)["code"]
        if code:
            codes[who] = code
        match random.randrange(5):
            case 0 | 1:
                choose(welfare, who, random.choice(packages))
            case 2:
                turn(welfare, random.choice(["choose_default_packages", "expire_goods"]), 1)
            case 3 if code:
                hand_out(welfare, code)
            case _:
                lines = [{"number": random.randint(1, 6)}]
                welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="A", lines=lines)

    for _ in range(60):
        day += timedelta(days=random.random() < 0.4)
        with on(day), suppress(Refused):
            step()
        found = reconciled(welfare, cycle_id)
        assert sum(found["states"].values()) == len(people)
        assert found["hand_outs"] == len(welfare.events("benefit_collected")) == len(welfare.events("benefit_granted"))
