"""From a programme to an approved cycle: who is on the list, who is not and why, and what approval looks at."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.errors import Conflict, InvalidInput, NoRuleInForce, NotAllowed, Refused
from services.contracts.governance.rulebook.events import RulePublished
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import entitlements
from services.contracts.welfare.decisions import get_decision
from services.contracts.welfare.programmes import operations as goods
from services.welfare.decisions.use_cases.recomputing import Recomputation
from services.welfare.programmes.use_cases import computing
from tests.component.welfare.goods import (
    approved,
    compute,
    cycle,
    mine,
    open_cycle,
    package,
    programme,
    read,
    turn,
)
from tests.component.welfare.harness import WelfareHarness
from tests.support.at_once import at_once
from tests.support.principals import auditor, member_account


def left(welfare: WelfareHarness, member_id: Any, standing: str = "withdrawn") -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    welfare.receive("on_member_updated", welfare.message(MemberUpdated, **data))


def listed(welfare: WelfareHarness, cycle_id: str, **filters: Any) -> list[dict[str, Any]]:
    request = {"cycle_id": cycle_id, "limit": 100, **filters}
    return welfare.ask(goods.list_goods_entitlements, **request)["items"]  # type: ignore[no-any-return]


def excluded(welfare: WelfareHarness, cycle_id: str) -> dict[str, str]:
    items = welfare.ask(goods.list_exclusions, cycle_id=cycle_id, limit=100)["items"]
    return {item["member_id"]: item["reason"] for item in items}


def ready(welfare: WelfareHarness, **changes: Any) -> str:
    """Return the id of a computed cycle with one package for everybody."""
    made = cycle(welfare, **changes)
    package(welfare, made["id"], is_default=True)
    return str(compute(welfare, made["id"])["id"])


def check_of(found: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(check for check in found["checks"] if check["rule"] == rule)


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_excluded_has_a_rule_and_who_is_listed_a_number(welfare: WelfareHarness) -> None:
    entitled = [welfare.joined(), welfare.joined(welfare.other_unit)]
    agency, retained = welfare.joined(employment="dispatched"), welfare.joined()
    left(welfare, retained, "retained")
    gone = welfare.joined()
    left(welfare, gone)
    cycle_id = ready(welfare)
    found = read(welfare, cycle_id)
    assert (found["state"], found["entitled"], found["excluded"], found["done"]) == ("computed", 2, 2, 4)
    rows = listed(welfare, cycle_id)
    assert {row["member_id"] for row in rows} == {str(one) for one in entitled}
    assert [row["number"] for row in rows] == [1, 2]
    assert excluded(welfare, cycle_id) == {
        str(agency): "programmes.employment_has_benefit",
        str(retained): "programmes.standing_is_served",
    }
    told = welfare.ask(get_decision, member_account(entitled[0]), decision_id=_of(rows, entitled[0])["decision_id"])
    assert (told["outcome"], told["amount"], told["kind"]) == ("granted", "200.00", "programmes.entitlement")


def _of(rows: list[dict[str, Any]], member_id: Any) -> dict[str, Any]:
    return next(row for row in rows if row["member_id"] == str(member_id))


def test_the_audience_narrows_by_unit_employment_and_standing(welfare: WelfareHarness) -> None:
    inside, outside = welfare.joined(), welfare.joined(welfare.other_unit)
    agency = welfare.joined(employment="agency")
    retained = welfare.joined()
    left(welfare, retained, "retained")
    audience = {"unit_ids": [welfare.unit], "employments": ["contract"], "standings": ["active", "retained"]}
    cycle_id = ready(welfare, audience=audience)
    assert {row["member_id"] for row in listed(welfare, cycle_id)} == {str(inside), str(retained)}
    assert excluded(welfare, cycle_id) == {
        str(outside): "programmes.unit_is_served",
        str(agency): "programmes.employment_is_served",
    }


def test_the_day_of_joining_is_asked_in_bulk_for_its_purpose(welfare: WelfareHarness) -> None:
    early, late = welfare.joined(), welfare.joined()
    days = {str(early): "2022-12-31", str(late): "2023-02-01"}
    asked: list[dict[str, Any]] = []

    def answer(payload: dict[str, Any]) -> dict[str, Any]:
        asked.append(payload)
        items = [{"member_id": one, "joined_on": days[one]} for one in payload["member_ids"]]
        return {"items": items, "unknown_ids": [], "next_cursor": None}

    welfare.answers["membership.facts_of_members"] = answer
    cycle_id = ready(welfare, audience={"joined_by": date(2022, 12, 31)})
    assert [row["member_id"] for row in listed(welfare, cycle_id)] == [str(early)]
    assert excluded(welfare, cycle_id) == {str(late): "programmes.joined_in_time"}
    assert [(one["purpose"], one["facts"], len(one["member_ids"])) for one in asked] == [
        ("goods_list", ["joined_on"], 2)
    ]


def test_a_list_is_computed_in_parts_and_goes_on_after_a_crash(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computing, "PAGE", 2)
    for _ in range(5):
        welfare.joined()
    made = cycle(welfare)
    package(welfare, made["id"], is_default=True)
    job_id = welfare.ask(goods.compute_cycle, cycle_id=made["id"])["job_id"]
    welfare.work()
    half = read(welfare, made["id"])
    assert (half["computing"], half["done"], half["total"]) == (True, 2, 5)
    whole = _decide_breaks_once(welfare, monkeypatch, job_id, made["id"])
    assert (whole["state"], whole["entitled"], whole["done"]) == ("computed", 5, 5)
    assert [row["number"] for row in listed(welfare, made["id"])] == [1, 2, 3, 4, 5]


def _decide_breaks_once(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch, job_id: str, cycle_id: str
) -> dict[str, Any]:
    with monkeypatch.context() as broken:
        broken.setattr(computing, "insert_rows", lambda *_: 1 / 0)
        welfare.work()
    assert welfare.job(job_id).attempts == 1
    with welfare.transaction() as tx:
        job = tx.session.merge(welfare.job(job_id))
        job.next_at = tx.now
    welfare.run_job(job_id)
    return read(welfare, cycle_id)


def test_computed_again_it_takes_the_place_of_the_list_before(welfare: WelfareHarness) -> None:
    welfare.joined()
    cycle_id = ready(welfare)
    welfare.joined()
    welfare.ask(goods.compute_cycle, cycle_id=cycle_id)
    found = compute(welfare, cycle_id)
    assert (found["entitled"], len(listed(welfare, cycle_id))) == (2, 2)


def test_computed_by_several_at_once_everybody_stands_once(welfare: WelfareHarness) -> None:
    for _ in range(20):
        welfare.joined()
    made = cycle(welfare)
    package(welfare, made["id"], is_default=True)
    at_once(4, lambda _: welfare.ask(goods.compute_cycle, cycle_id=made["id"]))
    while welfare.work():
        pass
    assert (read(welfare, made["id"])["state"], len(listed(welfare, made["id"]))) == ("computed", 20)


def test_without_a_rule_nothing_is_computed(welfare_without_rules: WelfareHarness) -> None:
    welfare = welfare_without_rules
    made = cycle(welfare, programme(welfare, festival=None)["id"])
    problem = welfare.refused(goods.compute_cycle, cycle_id=made["id"])
    assert isinstance(problem, NoRuleInForce)
    assert problem.rule == "benefit.holiday.cap"


def test_a_festival_a_price_and_a_year_are_held_to_the_rules(welfare: WelfareHarness) -> None:
    made = cycle(welfare, price="2000.01")
    assert welfare.refused(goods.compute_cycle, cycle_id=made["id"]).rule == "benefit.amount_is_within_cap"
    again = {**made, "audience": {}}
    same = {name: again[name] for name in ("programme_id", "year", "title", "as_of", "price", "choose_until",
                                           "collect_from", "collect_until")}  # fmt: skip
    assert welfare.refused(goods.create_cycle, **same).rule == "programmes.one_cycle_a_year"
    welfare.ask(goods.cancel_cycle, cycle_id=made["id"], reason="价格有误")
    assert welfare.ask(goods.create_cycle, **same)["state"] == "draft"
    assert isinstance(welfare.refused(goods.create_programme, name="春节慰问品"), Conflict)
    backwards = {**same, "choose_until": "2023-03-30"}
    assert isinstance(welfare.refused(goods.create_cycle, **backwards), InvalidInput)


def test_a_list_is_computed_by_the_cap_of_its_festival(welfare: WelfareHarness) -> None:
    example = {**RulePublished.load(RulePublished.example), "rule_id": uuid4(), "ruleset": "own", "scope": None}
    cap = {"key": "benefit.holiday.cap", "value": "150.00", "unit": "yuan", "basis": "per_member_year",
           "qualifiers": "festival=spring_festival", "valid_from": date(2023, 1, 1), "valid_to": None}  # fmt: skip
    welfare.tell(RulePublished, **{**example, **cap})
    spring = cycle(welfare)
    assert welfare.refused(goods.compute_cycle, cycle_id=spring["id"]).rule == "benefit.amount_is_within_cap"
    autumn = cycle(welfare, programme(welfare, name="中秋慰问品", festival="mid_autumn")["id"])
    assert welfare.ask(goods.compute_cycle, cycle_id=autumn["id"])["computing"]


def test_a_package_costs_no_more_than_the_cycle_gives(welfare: WelfareHarness) -> None:
    made = cycle(welfare)
    values = {"cycle_id": made["id"], "name": "贵", "contents": "-", "stock": 1}
    for price, aid in (("200.01", "0.00"), ("100.00", "100.01")):
        problem = welfare.refused(goods.add_package, **values, price=price, paired_aid=aid)
        assert problem.rule == "programmes.package_price_fits"


@pytest.mark.databases("postgresql", "sqlite")
def test_approval_checks_stock_default_and_the_cap_of_the_year(welfare: WelfareHarness) -> None:
    for _ in range(3):
        welfare.joined()
    made = cycle(welfare, price="1500.00")
    package(welfare, made["id"], price="1500.00", stock=2)
    found = compute(welfare, made["id"])
    assert not check_of(found, "programmes.one_package_is_default")["holds"]
    refused = welfare.refused(goods.approve_cycle, cycle_id=made["id"], entitled=3)
    assert refused.rule == "programmes.one_package_is_default"
    package(welfare, made["id"], name="乙", price="1500.00", stock=0 + 1, is_default=True)
    assert read(welfare, made["id"])["entitled"] == 3
    assert approved(welfare, made["id"])["state"] == "choosing"
    other = cycle(welfare, programme(welfare, name="中秋慰问品", festival="mid_autumn")["id"], price="500.01")
    package(welfare, other["id"], price="500.00", is_default=True)
    found = compute(welfare, other["id"])
    check = check_of(found, "programmes.cap_of_year_is_kept")
    assert (check["holds"], check["params"]) == (False, {"members": 3, "cap": "2000.00"})
    refused = welfare.refused(goods.approve_cycle, cycle_id=other["id"], entitled=3)
    assert refused.rule == "programmes.cap_of_year_is_kept"


def test_approval_charges_the_accounts_of_the_year(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    open_cycle(welfare)
    account = welfare.ask(entitlements.my_entitlements, member_account(member_id))
    holiday = next(item for item in account["items"] if item["benefit_key"] == "holiday")
    assert (holiday["used"], holiday["remaining"]) == ("200.00", "1800.00")


def test_who_left_or_died_since_is_taken_off_at_approval(welfare: WelfareHarness) -> None:
    stays, leaves, dies = welfare.joined(), welfare.joined(), welfare.joined()
    cycle_id = ready(welfare)
    left(welfare, leaves)
    death = {"member_id": dies, "standing": "deceased", "on": date(2023, 3, 1)}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, **death))
    found = read(welfare, cycle_id)
    assert (found["entitled"], found["gone"]) == (1, 2)
    assert check_of(found, "programmes.list_is_current")["params"] == {"gone": 2}
    refused = welfare.refused(goods.approve_cycle, cycle_id=cycle_id, entitled=3)
    assert refused.rule == "programmes.approval_is_of_what_was_seen"
    approved(welfare, cycle_id)
    assert [row["member_id"] for row in listed(welfare, cycle_id, state="entitled")] == [str(stays)]
    assert len(listed(welfare, cycle_id, state="withdrawn")) == 2
    assert [event["member_id"] for event in welfare.events("entitlement_granted")] == [str(stays)]


def test_a_share_of_paired_aid_too_small_is_warned_of_and_does_not_stop(welfare: WelfareHarness) -> None:
    welfare.joined()
    made = cycle(welfare)
    package(welfare, made["id"], paired_aid="59.00", is_default=True)
    check = check_of(compute(welfare, made["id"]), "programmes.share_of_paired_aid")
    assert (check["holds"], check["warning"], check["params"]) == (False, True, {"percent": 29, "least": 30})
    assert approved(welfare, made["id"])["state"] == "choosing"


def test_approved_by_several_at_once_it_is_approved_once(welfare: WelfareHarness) -> None:
    welfare.joined()
    cycle_id = ready(welfare)

    def approve(_: int) -> bool:
        try:
            welfare.ask(goods.approve_cycle, cycle_id=cycle_id, entitled=1)
        except Refused:
            return False
        return True

    assert sum(at_once(4, approve)) == 1
    assert len(welfare.events("cycle_approved")) == 1
    assert len(welfare.stored("SELECT id FROM entitlement_use")) == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_everybody_is_told_once_whatever_is_repeated(welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.welfare.programmes.use_cases.turns.AT_ONCE", 2)
    people = [welfare.joined() for _ in range(5)]
    cycle_id = ready(welfare)
    welfare.ask(goods.approve_cycle, cycle_id=cycle_id, entitled=5)
    assert read(welfare, cycle_id)["state"] == "approved"
    turn(welfare, "tell_entitled_members", 6)
    assert read(welfare, cycle_id)["state"] == "choosing"
    told = [event["member_id"] for event in welfare.events("entitlement_granted")]
    assert sorted(told) == sorted(str(one) for one in people)


def test_nothing_is_seen_or_chosen_before_approval(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    cycle_id = ready(welfare)
    (row,) = listed(welfare, cycle_id)
    account = member_account(member_id)
    assert welfare.ask(goods.my_goods, account)["items"] == []
    package_id = read(welfare, cycle_id)["packages"][0]["id"]
    welfare.refused(goods.choose_package, account, entitlement_id=row["id"], package_id=package_id)
    assert listed(welfare, cycle_id)[0]["state"] == "entitled"
    assert welfare.refused(goods.add_package, cycle_id=_approved_id(welfare, cycle_id), name="晚", contents="-",
                           price="1.00", stock=1).rule == "programmes.cycle_can_be_changed"  # fmt: skip
    assert welfare.refused(goods.compute_cycle, cycle_id=cycle_id).rule == "workflow.cycle"
    assert mine(welfare, member_id)["state"] == "entitled"


def _approved_id(welfare: WelfareHarness, cycle_id: str) -> str:
    approved(welfare, cycle_id)
    return cycle_id


def test_a_chair_sees_the_own_units_part_and_others_rights_hold(welfare: WelfareHarness) -> None:
    own, other = welfare.joined(), welfare.joined(welfare.other_unit)
    cycle_id = ready(welfare)
    seen = welfare.ask(goods.list_goods_entitlements, welfare.chair, cycle_id=cycle_id)["items"]
    assert [row["member_id"] for row in seen] == [str(own)]
    assert other
    request = {"cycle_id": cycle_id, "unit_id": welfare.other_unit}
    assert isinstance(welfare.refused(goods.list_goods_entitlements, welfare.chair, **request), NotAllowed)
    for operation in (goods.compute_cycle, goods.approve_cycle):
        assert isinstance(welfare.refused(operation, auditor(), cycle_id=cycle_id, entitled=2), NotAllowed)
    assert isinstance(welfare.refused(goods.list_exclusions, welfare.chair, cycle_id=cycle_id), NotAllowed)
    assert isinstance(welfare.refused(goods.my_goods, member_account(uuid4()), limit=1000), InvalidInput)


def test_decisions_of_a_list_come_out_the_same_again(welfare: WelfareHarness) -> None:
    for employment in ("contract", "dispatched", "established"):
        welfare.joined(employment=employment)
    ready(welfare, audience={"standings": ["active"]})
    with welfare.transaction() as tx:
        run = Recomputation()
        assert run.part(tx, 100) == []
    assert run.compared == 3
