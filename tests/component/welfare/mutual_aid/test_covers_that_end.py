"""Covers that ended, in a period that is cancelled, or before their first day; and fees of units that changed."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.statement import my_statement
from tests.component.welfare.mutual_aid.plans import Plan, on
from tests.support.principals import chair_of, member_account


def leave(plan: Plan, member_id: object, standing: str = "deceased", day: str = "2026-05-04") -> None:
    known = {"member_id": member_id, "unit_id": plan.welfare.unit, "standing": standing, "on": day}
    plan.welfare.tell(MemberLeft, **known)


def come_back(plan: Plan, member_id: object) -> None:
    known = {"member_id": member_id, "unit_id": plan.welfare.unit, "standing": "active", "on": "2026-05-04"}
    plan.welfare.tell(MemberReinstated, **known)


@pytest.mark.databases("postgresql", "sqlite")
def test_nobody_is_covered_by_a_period_that_was_cancelled(plan: Plan) -> None:
    member_id = plan.member()
    plan.enrol(member_id)
    with on(date(2026, 6, 20)):
        leave(plan, member_id, day="2026-06-20")
        plan.welfare.ask(contract.cancel_cover_period, period_id=plan.period)
        come_back(plan, member_id)
        assert [one["state"] for one in plan.covers()] == ["withdrawn"]
        claim = {"plan_id": plan.id, "event_on": "2026-06-10", "details": "住院"}
        by = member_account(member_id)
        assert plan.welfare.refused(contract.submit_mutual_aid_claim, by, **claim).rule == "mutual_aid.event_is_covered"


def test_who_died_before_the_first_day_is_not_covered_and_not_paid_for(plan: Plan) -> None:
    dead, alive = plan.member(), plan.member()
    plan.enrol(dead, alive)
    leave(plan, dead)
    assert plan.close()["members"] == 1
    (asked,) = plan.welfare.events("payment_requested")
    assert (asked["amount"], asked["people"]) == ("50.00", 1)
    lines = plan.welfare.ask(my_statement, member_account(dead), year_from=2026)["lines"]
    assert [one for one in lines if one["kind"] == "mutual_aid"] == []


def test_a_mistaken_death_before_the_first_day_leaves_the_cover_as_it_was(plan: Plan) -> None:
    member_id = plan.member()
    plan.enrol(member_id)
    leave(plan, member_id)
    come_back(plan, member_id)
    (cover,) = plan.covers()
    assert (cover["state"], cover["starts_on"], cover["ends_on"]) == ("covered", "2026-06-01", "2027-05-31")


def test_a_cover_that_a_claim_rests_on_stays_on_the_list(plan: Plan) -> None:
    late = plan.open(
        starts_on="2026-04-01", ends_on="2026-05-31", enrol_from="2026-04-01", enrol_until="2026-05-31", title="补充期"
    )
    member_id = plan.member()
    plan.enrol(member_id, period_id=late["id"])
    by = member_account(member_id)
    claim = plan.submit(by, date(2026, 4, 20))
    cover_id = plan.welfare.ask(contract.list_covers, period_id=late["id"])["items"][0]["id"]
    problem = plan.welfare.refused(contract.withdraw_cover, cover_id=cover_id)
    assert problem.rule == "mutual_aid.cover_is_not_claimed"
    plan.welfare.ask(contract.withdraw_mutual_aid_claim, by, claim_id=claim["id"])
    assert plan.welfare.ask(contract.withdraw_cover, cover_id=cover_id)["state"] == "withdrawn"


def test_the_covers_of_a_merged_unit_are_kept_by_the_one_it_was_merged_into(plan: Plan) -> None:
    other = plan.welfare.other_unit
    plan.enrol(plan.member())
    plan.welfare.receive(
        "move_claims_of_merged_unit",
        plan.welfare.example_message(UnitMerged, unit_id=plan.welfare.unit, into_unit_id=other),
    )
    assert [one["unit_id"] for one in plan.covers(chair_of(other))] == [str(other)]
    assert plan.covers(chair_of(uuid4())) == []
