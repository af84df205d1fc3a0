"""Lists of a cover period: who can be covered, each once, by units; periods of a plan never overlap."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis.errors import InvalidInput, NotAllowed, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import decisions
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.mutual_aid.vocabulary import UNIT_COVER_ORDERS
from services.welfare.mutual_aid.tables import CoveredDay
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.mutual_aid.plans import Plan, on
from tests.support.at_once import at_once
from tests.support.principals import auditor, chair_of, member_account


def rule_of(plan: Plan, *arguments: Any, **request: Any) -> str | None:
    return plan.welfare.refused(*arguments, **request).rule


def outcomes(reply: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(line["outcome"], line.get("rule")) for line in reply["items"]]


def test_a_unit_enrols_its_members_once_whatever_is_sent_again(plan: Plan) -> None:
    one, other = plan.member(), plan.member()

    first = plan.enrol(one)
    again = plan.enrol(one, other, one)

    assert (first["new"], again["new"], again["duplicates"]) == (1, 1, 1)
    assert [line["outcome"] for line in again["items"]] == ["duplicate", "new"]
    assert [cover["state"] for cover in plan.covers()] == ["covered", "covered"]
    told = plan.welfare.events("mutual_aid_cover_changed")
    assert sorted(event["member_id"] for event in told) == sorted([str(one), str(other)])
    assert {"starts_on": "2026-06-01", "ends_on": "2027-05-31", "state": "covered"}.items() <= told[0].items()
    assert all(question["purpose"] == "mutual_aid" and question["facts"] == ["age"] for question in plan.questions)


def test_each_line_says_why_not_and_the_refusal_is_a_decision(plan: Plan) -> None:
    young, unknown, elsewhere, nobody = plan.member(age=17), plan.member(age=None), plan.member(uuid4()), uuid4()
    asked = {"period_id": plan.period, "unit_id": plan.welfare.unit}
    asked["member_ids"] = [young, unknown, elsewhere, nobody]

    checked = plan.welfare.ask(contract.check_cover_list, plan.welfare.chair, **asked)
    assert plan.covers() == []
    assert plan.welfare.stored("SELECT id FROM decision") == []
    enrolled = plan.enrol(young, unknown, elsewhere, nobody)

    told = {line["member_id"]: line.get("rule") for line in enrolled["items"]}
    assert told == {
        str(young): "mutual_aid.age_is_covered", str(unknown): "mutual_aid.age_is_known",
        str(elsewhere): "mutual_aid.member_is_of_the_unit", str(nobody): "mutual_aid.member_is_of_the_unit",
    }  # fmt: skip
    assert outcomes(checked) == outcomes(enrolled)
    ((decision_id,),) = plan.welfare.stored("SELECT id FROM decision WHERE reason = 'mutual_aid.age_is_covered'")
    decided = plan.welfare.ask(decisions.get_decision, decision_id=UUID(str(decision_id)))
    assert decided["inputs"]["age"] == 17
    assert "职工互助保障计划条款" in decided["inputs"]["plan_document"]


def test_a_plan_for_women_asks_for_the_sex_and_no_other_does(welfare_without_rules: WelfareHarness) -> None:
    plan = Plan(welfare_without_rules, kind="women", name="女职工特殊疾病互助保障")
    reply = plan.enrol(plan.member(sex="male"), plan.member())

    assert outcomes(reply) == [("refused", "mutual_aid.plan_is_for_women"), ("new", None)]
    assert plan.questions[0]["facts"] == ["age", "sex"]


def test_everybody_of_a_unit_is_enrolled_as_many_as_were_seen(plan: Plan) -> None:
    members = {str(plan.member()) for _ in range(3)}
    plan.member(uuid4())
    ask = {"period_id": plan.period, "unit_id": plan.welfare.unit, "everybody": True}

    assert rule_of(plan, contract.enrol_members, plan.welfare.chair, **ask, expected=2) == "many.number_is_as_seen"
    assert plan.enrol(everybody=True, expected=3)["new"] == 3
    assert {cover["member_id"] for cover in plan.covers()} == members
    assert plan.enrol(everybody=True)["items"] == []


def test_a_list_is_renewed_from_the_period_before(plan: Plan) -> None:
    stays, leaves, moved = plan.member(), plan.member(), plan.member()
    plan.enrol(stays, leaves, moved)
    plan.close()
    welfare, before = plan.welfare, plan.period
    left = welfare.example_message(MemberLeft, member_id=leaves, standing="withdrawn", on=date(2026, 12, 1))
    welfare.receive("on_member_left", left)
    dates = {"starts_on": "2027-06-01", "ends_on": "2028-05-31", "enrol_until": "2027-05-31"}
    plan.period = plan.open(title="2027 年度", **dates)["id"]
    welfare.joined(uuid4(), moved, sequence=9)

    renewed = plan.enrol(from_period_id=before)
    assert [line["member_id"] for line in renewed["items"] if line["outcome"] == "new"] == [str(stays)]
    other = Plan(plan.welfare)
    wrong = {"period_id": other.period, "unit_id": welfare.unit, "from_period_id": before}
    assert rule_of(plan, contract.enrol_members, **wrong) == "mutual_aid.renewal_is_of_the_plan"


def test_a_list_is_said_in_one_way(plan: Plan) -> None:
    ask = {"period_id": plan.period, "unit_id": plan.welfare.unit}
    assert isinstance(plan.welfare.refused(contract.enrol_members, **ask), InvalidInput)
    both = {**ask, "everybody": True, "member_ids": [uuid4()]}
    assert isinstance(plan.welfare.refused(contract.enrol_members, **both), InvalidInput)


def test_a_list_is_the_units_own_within_the_days_and_until_it_is_closed(plan: Plan) -> None:
    welfare, member_id = plan.welfare, plan.member()
    ask = {"period_id": plan.period, "unit_id": welfare.unit, "member_ids": [member_id]}
    for stranger in (chair_of(uuid4()), auditor(), member_account()):
        assert isinstance(welfare.refused(contract.enrol_members, stranger, **ask), NotAllowed)
    with on(date(2026, 6, 2)):
        assert rule_of(plan, contract.enrol_members, welfare.chair, **ask) == "mutual_aid.units_enrol_now"
        assert plan.enrol(member_id, by=welfare.officer)["new"] == 1
    plan.close()
    assert rule_of(plan, contract.enrol_members, **ask) == "mutual_aid.list_is_open"


def test_who_was_taken_off_the_list_can_be_put_on_it_again(plan: Plan) -> None:
    member_id = plan.member()
    plan.enrol(member_id)
    (cover,) = plan.covers()
    plan.welfare.ask(contract.withdraw_cover, plan.welfare.chair, cover_id=cover["id"])
    assert [one["state"] for one in plan.covers()] == ["withdrawn"]

    assert plan.enrol(member_id)["new"] == 1
    assert [(one["id"], one["state"]) for one in plan.covers()] == [(cover["id"], "covered")]
    foreign = chair_of(uuid4())
    assert isinstance(plan.welfare.refused(contract.withdraw_cover, foreign, cover_id=cover["id"]), NotAllowed)


def test_no_day_of_a_plan_belongs_to_two_periods(plan: Plan) -> None:
    with pytest.raises(Refused) as told:
        plan.open(starts_on="2027-05-31", ends_on="2028-05-30")
    assert told.value.rule == "mutual_aid.periods_are_apart"
    for changes in ({"ends_on": "2026-05-31"}, {"enrol_from": "2026-06-01"}, {"ends_on": "2029-12-31"}):
        with pytest.raises(Refused):
            plan.open(**{"starts_on": "2026-06-01", **changes})
    day = {"plan_id": UUID(plan.id), "day": date(2026, 6, 1), "period_id": UUID(plan.period)}
    with pytest.raises(sa.exc.IntegrityError), plan.welfare.transaction() as tx:
        tx.session.add(CoveredDay(**day))

    plan.welfare.ask(contract.cancel_cover_period, period_id=plan.period)
    assert plan.open()["state"] == "open"


def test_two_lists_at_once_cover_a_member_once(plan: Plan) -> None:
    members = [plan.member() for _ in range(4)]

    replies = at_once(4, lambda _: plan.enrol(*members))

    assert sum(reply["new"] for reply in replies) == 4
    assert len(plan.covers()) == len(plan.welfare.events("mutual_aid_cover_changed")) == 4


def test_candidates_are_the_members_of_the_units_one_sees(plan: Plan) -> None:
    here, covered, elsewhere = plan.member(), plan.member(), plan.member(uuid4())
    plan.enrol(covered)

    def listed(by: Any = None, **filters: Any) -> set[str]:
        found = plan.welfare.ask(contract.list_cover_candidates, by, period_id=plan.period, **filters)["items"]
        return {one["member_id"] for one in found}

    assert listed(plan.welfare.chair) == {str(here), str(covered)}
    assert listed(plan.welfare.chair, covered=False) == {str(here)}
    assert listed(covered=True) == {str(covered)}
    assert listed() == {str(here), str(covered), str(elsewhere)}


def test_a_closed_list_fixes_number_and_sum_and_is_told_once(plan: Plan) -> None:
    assert rule_of(plan, contract.close_cover_list, period_id=plan.period) == "mutual_aid.somebody_is_covered"
    plan.enrol(plan.member(), plan.member())

    closed = plan.close()

    assert (closed["state"], closed["members"], closed["amount"]) == ("closed", 2, "100.00")
    assert rule_of(plan, contract.close_cover_list, period_id=plan.period) == "workflow.mutual_aid_period"
    (told,) = plan.welfare.events("mutual_aid_list_closed")
    assert (told["members"], told["amount"], told["payer"]) == (2, "100.00", "union")


def test_fees_are_noted_where_members_pay_themselves(welfare_without_rules: WelfareHarness, plan: Plan) -> None:
    ask = {"unit_id": plan.welfare.unit, "paid_on": "2026-05-04"}
    by = plan.welfare.chair
    assert rule_of(plan, contract.note_cover_fees, by, period_id=plan.period, **ask) == "mutual_aid.members_pay"

    own = Plan(welfare_without_rules, payer="own")
    own.enrol(own.member(), own.member())
    first = own.covers()[0]["id"]
    noted = own.welfare.ask(contract.note_cover_fees, by, period_id=own.period, **ask, cover_ids=[first])
    rest = own.welfare.ask(contract.note_cover_fees, by, period_id=own.period, **ask)
    again = own.welfare.ask(contract.note_cover_fees, by, period_id=own.period, **ask)

    assert (noted["noted"], rest["noted"], again["noted"]) == (1, 1, 0)
    assert {cover["fee_paid_on"] for cover in own.covers()} == {"2026-05-04"}
    assert own.close()["payment_state"] == "none"


def test_coverage_is_counted_by_unit(plan: Plan) -> None:
    plan.enrol(plan.member())
    plan.member()
    plan.member(plan.welfare.other_unit)

    figures = plan.welfare.ask(contract.coverage_figures, period_id=plan.period)
    counted = {one["unit_id"]: (one["member_count"], one["covered_count"], one["percent"]) for one in figures["units"]}
    assert counted == {str(plan.welfare.unit): (2, 1, 50), str(plan.welfare.other_unit): (1, 0, 0)}
    own = plan.welfare.ask(contract.coverage_figures, plan.welfare.chair, period_id=plan.period)
    assert [one["unit_id"] for one in own["units"]] == [str(plan.welfare.unit)]
    assert own["years"] == []


@pytest.mark.databases("postgresql", "sqlite")
def test_coverage_is_listed_by_unit_in_every_order(plan: Plan) -> None:
    plan.enrol(plan.member())
    for unit_id in (None, None, plan.welfare.other_unit):
        plan.member(unit_id)
    mine = {"unit_id": str(plan.welfare.unit), "member_count": 3, "covered_count": 1, "percent": 33}
    theirs = {"unit_id": str(plan.welfare.other_unit), "member_count": 1, "covered_count": 0, "percent": 0}

    def listed(by: Any = None, **asked: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = plan.welfare.ask(contract.list_unit_covers, by, period_id=plan.period, **asked)[
            "items"
        ]
        return items

    assert listed() == [theirs, mine]
    for order in UNIT_COVER_ORDERS:
        assert listed(sort=order) == ([theirs, mine] if order == "percent" else [mine, theirs])
    assert listed(plan.welfare.chair) == listed(unit_id=plan.welfare.unit) == [mine]
    first = plan.welfare.ask(contract.list_unit_covers, period_id=plan.period, limit=1)
    assert listed(limit=1, cursor=first["next_cursor"]) == [mine]


def test_a_plan_that_was_ended_opens_no_period(plan: Plan) -> None:
    plan.welfare.ask(contract.end_mutual_aid_plan, plan_id=plan.id)
    with pytest.raises(Refused) as told:
        plan.open(starts_on="2027-06-01", ends_on="2028-05-31")
    assert told.value.rule == "mutual_aid.plan_is_offered"
    assert plan.welfare.ask(contract.list_mutual_aid_plans, member_account(), offered=True)["items"] == []


def test_what_the_union_pays_is_asked_of_the_funds_once_and_again_after_a_refusal(plan: Plan) -> None:
    plan.enrol(plan.member(), plan.member())
    without = plan.welfare.refused(contract.close_cover_list, period_id=plan.period)
    assert (without.rule, without.field) == ("mutual_aid.line_is_named", "line_code")

    assert plan.close("other.reserve")["payment_state"] == "pending"

    (asked,) = plan.welfare.events("payment_requested")
    told = {"source_type": "mutual_aid", "source_id": plan.period, "claim": 1, "amount": "100.00", "people": 2}
    assert {**told, "line_code": "other.reserve", "funding_source": "union"}.items() <= asked.items()
    again = {"period_id": plan.period}
    assert rule_of(plan, contract.ask_cover_payment_again, **again) == "payments.can_be_put_again"
    refused = {"rule": "funds.line_has_enough_left", "reason_code": "budget_exhausted", "claim": 1}
    plan.welfare.answered(ExpenseRefused, plan.period, "mutual_aid", **refused)
    shown = plan.welfare.ask(contract.get_cover_period, **again)
    assert (shown["payment_state"], shown["refused_rule"]) == ("refused", "funds.line_has_enough_left")
    assert plan.welfare.ask(contract.ask_cover_payment_again, **again)["payment_state"] == "pending"
    plan.welfare.answered(ExpenseRecorded, plan.period, "mutual_aid", claim=2)
    assert plan.welfare.ask(contract.get_cover_period, **again)["payment_state"] == "recorded"
    assert [event["claim"] for event in plan.welfare.events("payment_requested")] == [1, 2]
