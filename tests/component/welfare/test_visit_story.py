"""The whole story of a visit: reported, required, assigned, made, claimed, closed; and what stops it on the way."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import (
    InvalidInput,
    NoRuleInForce,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    Refused,
)
from services.chassis.security.principal import Principal
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.welfare import entitlements
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.harness import NOON, WelfareHarness
from tests.support.principals import chair_of, member_account

NOTE = {"kind": "note", "text": "Went to see the family."}


@pytest.mark.databases("postgresql", "sqlite")
def test_from_report_to_the_ledger(welfare: WelfareHarness) -> None:
    visited, visitor = welfare.joined(), welfare.joined()

    reported = welfare.report(visited, note="A girl, both are well.")
    visit_id = reported["visit_id"]
    assert (reported["visit_state"], reported["due_at"]) == ("required", "2023-03-03T04:00:00+00:00")
    assigned = welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=visitor)
    assert (assigned["state"], assigned["assignee_id"]) == ("assigned", str(visitor))
    made = welfare.complete(visit_id, member_account(visitor))
    assert (made["state"], made["claim_state"], made["visited_in_time"]) == ("visited", "pending", True)
    entry_id = uuid4()
    welfare.answered(ExpenseRecorded, visit_id, entry_id=entry_id)

    closed = welfare.ask(visits.get_visit, visit_id=visit_id)
    assert (closed["state"], closed["claim_state"], closed["entry_id"]) == ("closed", "recorded", str(entry_id))
    assert [step["state"] for step in closed["steps"]] == ["required", "assigned", "visited", "claimed", "closed"]
    told = [event["type"] for event in welfare.events() if event["type"] != "entitlement_opened"]
    assert told == ["life_event_reported", "visit_required", "visit_assigned", "visit_completed", "visit_closed"]


def test_the_claim_says_what_the_funds_need_and_not_who(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    visit_id = welfare.report(visited)["visit_id"]
    welfare.complete(visit_id)

    (claim,) = welfare.events("visit_completed")
    assert claim == {
        "type": "visit_completed",
        "visit_id": visit_id,
        "unit_id": str(welfare.unit),
        "benefit_key": "birth",
        "amount": "500.00",
        "form": "goods",
        "completed_on": "2023-03-01",
        "beneficiary": claim["beneficiary"],
        "evidence_kinds": ["note", "signature"],
        "rule_key": "benefit.birth.cap",
        "claim": 1,
    }
    assert len(claim["beneficiary"]) == 32
    assert str(visited) not in str(welfare.events("visit_completed", "life_event_reported", "visit_required"))


def test_one_member_has_one_pseudonym_a_year(welfare: WelfareHarness) -> None:
    visited, other = welfare.joined(), welfare.joined()
    for member_id, occasion, happened_on in [
        (visited, "birth", date(2023, 2, 27)),
        (visited, "hospitalisation", date(2022, 12, 30)),
        (other, "birth", date(2023, 2, 27)),
    ]:
        visit_id = welfare.report(member_id, occasion, happened_on=happened_on)["visit_id"]
        welfare.complete(visit_id, visited_on=happened_on, amount="100.00")

    same, last_year, another = (event["beneficiary"] for event in welfare.events("visit_completed"))
    assert len({same, last_year, another}) == 3
    again = welfare.report(visited, "wedding", happened_on=date(2023, 2, 20))["visit_id"]
    welfare.complete(again, amount="100.00")
    assert welfare.events("visit_completed")[-1]["beneficiary"] == same


def test_a_visit_without_a_gift_closes_without_asking_the_funds(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    made = welfare.complete(visit_id, amount=None, form=None)
    assert (made["state"], made["claim_state"], made["amount"]) == ("closed", "none", "0.00")
    assert welfare.events("visit_completed")[0]["amount"] == "0.00"
    assert [event["entry_id"] for event in welfare.events("visit_closed")] == [None]


def test_late_evidence_is_marked_late_and_closes_a_claimed_visit(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined(), "hospitalisation")["visit_id"]
    welfare.complete(visit_id, amount="300.00")
    welfare.answered(ExpenseRecorded, visit_id)
    waiting = welfare.ask(visits.get_visit, visit_id=visit_id)
    assert (waiting["state"], waiting["evidence_missing"]) == ("claimed", ["document"])

    with clock.frozen(NOON + timedelta(days=9)):
        closed = welfare.ask(
            visits.add_visit_evidence, welfare.chair, visit_id=visit_id, kind="document", text="Slip 7."
        )
    assert (closed["state"], closed["evidence_missing"]) == ("closed", [])
    assert [(piece["kind"], piece["late"]) for piece in closed["evidence"]] == [
        ("note", False),
        ("signature", False),
        ("document", True),
    ]
    with pytest.raises(Refused, match="no more evidence"):
        welfare.ask(visits.add_visit_evidence, welfare.chair, visit_id=visit_id, kind="photo", text="A photo.")


def test_evidence_gathered_before_counts_when_the_visit_is_completed(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.ask(visits.add_visit_evidence, welfare.chair, visit_id=visit_id, kind="signature", text="Sheet 3.")
    made = welfare.complete(visit_id, evidence=[NOTE])
    assert [piece["late"] for piece in made["evidence"]] == [False, False]


def test_evidence_the_type_asks_for_is_missed_by_name(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, evidence=[NOTE])
    assert refused.value.rule == "visits.evidence_is_given"
    assert refused.value.params["missing"] == ["signature"]
    assert welfare.events("visit_completed") == []
    assert welfare.ask(visits.get_visit, visit_id=visit_id)["evidence"] == []


def test_an_amount_above_the_cap_is_refused_with_the_rule_it_breaks(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, amount="500.01")
    assert (refused.value.rule, refused.value.field) == ("benefit.amount_is_within_cap", "amount")
    assert refused.value.params["cap"] == "500.00"
    assert refused.value.params["ruleset"] == "demo"
    assert "Demonstration" in refused.value.detail


def test_a_form_the_rules_do_not_allow_is_refused(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, form="cash")
    assert (refused.value.rule, refused.value.params["forms"]) == ("benefit.form_is_allowed", ["goods", "voucher"])


def test_where_no_rule_is_in_force_nothing_is_given_and_the_officer_reads_which(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined(), "hardship", welfare.officer)["visit_id"]
    with pytest.raises(NoRuleInForce) as missing:
        welfare.complete(visit_id, welfare.officer, form="cash", amount="100.00")
    assert missing.value.detail == "no rule in force for benefit.hardship.cap on 2023-03-01"
    shown = welfare.ask(visits.get_visit, visit_id=visit_id)
    assert shown["benefit"]["why_not"] == "no rule in force for benefit.hardship.cap on 2023-03-01"
    assert shown["benefit"]["missing_rule"] == "benefit.hardship.cap"
    made = welfare.complete(visit_id, welfare.officer, amount=None, form=None)
    assert made["state"] == "visited"


def test_the_rule_of_the_day_of_the_visit_counts(welfare: WelfareHarness) -> None:
    with clock.frozen(NOON - timedelta(days=400)):
        visit_id = welfare.report(welfare.joined(), happened_on=date(2021, 12, 1))["visit_id"]
    with pytest.raises(NoRuleInForce, match="on 2021-12-31"):
        welfare.complete(visit_id, welfare.officer, visited_on=date(2021, 12, 31))


def test_a_refused_claim_shows_its_rule_and_can_be_put_right(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.complete(visit_id)
    welfare.answered(ExpenseRefused, visit_id, rule="benefit.birth.cap", reason_code="budget_exhausted")
    refused = welfare.ask(visits.get_visit, visit_id=visit_id)
    assert (refused["state"], refused["claim_state"]) == ("visited", "refused")
    assert (refused["refused_rule"], refused["refused_code"]) == ("benefit.birth.cap", "budget_exhausted")
    assert "claim_again" in refused["actions"]
    assert [event["reason_code"] for event in welfare.events("visit_claim_refused")] == ["budget_exhausted"]

    again = welfare.ask(
        visits.claim_visit_again, visit_id=visit_id, amount="400.00", form="voucher", reason="a smaller gift"
    )
    assert (again["claim_state"], again["refused_rule"], again["amount"]) == ("pending", None, "400.00")
    assert [event["claim"] for event in welfare.events("visit_completed")] == [1, 2]
    welfare.answered(ExpenseRecorded, visit_id, claim=2)
    assert welfare.ask(visits.get_visit, visit_id=visit_id)["state"] == "closed"


def test_a_claim_that_was_not_refused_is_not_put_again(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.complete(visit_id)
    with pytest.raises(Refused) as refused:
        welfare.ask(visits.claim_visit_again, visit_id=visit_id, amount="1.00", form="goods", reason="once more")
    assert refused.value.rule == "visits.claim_can_be_put_again"


def test_an_answer_about_an_older_claim_changes_nothing(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.complete(visit_id)
    welfare.answered(ExpenseRefused, visit_id, sequence=1)
    welfare.ask(visits.claim_visit_again, visit_id=visit_id, amount="400.00", form="goods", reason="a smaller gift")
    welfare.answered(ExpenseRefused, visit_id, sequence=2, claim=1)
    assert welfare.ask(visits.get_visit, visit_id=visit_id)["claim_state"] == "pending"


def test_answers_that_come_out_of_order_end_in_the_latest(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.complete(visit_id)
    welfare.answered(ExpenseReversed, visit_id, sequence=2)
    welfare.answered(ExpenseRecorded, visit_id, sequence=1)
    shown = welfare.ask(visits.get_visit, visit_id=visit_id)
    assert (shown["state"], shown["claim_state"], shown["entry_id"]) == ("visited", "reversed", None)


def test_a_reversed_entry_opens_the_visit_again(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.complete(visit_id)
    welfare.answered(ExpenseRecorded, visit_id)
    welfare.answered(ExpenseReversed, visit_id)
    opened = welfare.ask(visits.get_visit, visit_id=visit_id)
    assert (opened["state"], opened["claim_state"], opened["closed_at"]) == ("visited", "reversed", None)
    welfare.ask(visits.claim_visit_again, visit_id=visit_id, amount="0.00", reason="it was given back")
    assert welfare.ask(visits.get_visit, visit_id=visit_id)["state"] == "closed"


def test_an_answer_about_an_unknown_visit_is_taken_calmly(welfare: WelfareHarness) -> None:
    welfare.answered(ExpenseRecorded, str(uuid4()))
    welfare.answered(ExpenseRecorded, str(uuid4()), "manual")
    assert welfare.events() == []


def test_the_same_event_is_not_reported_twice(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    welfare.report(visited, happened_on=date(2023, 2, 20))
    with pytest.raises(Refused) as refused:
        welfare.report(visited, happened_on=date(2023, 2, 25), by=welfare.officer)
    assert (refused.value.rule, refused.value.field) == ("visits.was_not_reported_before", "happened_on")
    welfare.report(visited, "hospitalisation", happened_on=date(2023, 2, 20))
    welfare.report(welfare.joined(), happened_on=date(2023, 2, 20))
    assert len(welfare.events("visit_required")) == 3


def test_a_wrong_report_is_withdrawn_and_can_be_made_anew(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    visit_id = welfare.report(visited)["visit_id"]
    cancelled = welfare.ask(
        visits.cancel_visit, welfare.chair, visit_id=visit_id, reason="the wrong Li Na", report_was_wrong=True
    )
    assert (cancelled["state"], cancelled["cancel_reason"], cancelled["actions"]) == ("cancelled", None, [])
    assert welfare.ask(visits.get_visit, visit_id=visit_id)["cancel_reason"] == "the wrong Li Na"
    assert welfare.report(visited)["visit_state"] == "required"


def test_a_visit_that_is_declined_stays_reported(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    visit_id = welfare.report(visited)["visit_id"]
    welfare.ask(visits.cancel_visit, welfare.chair, visit_id=visit_id, reason="wishes no visit")
    with pytest.raises(Refused, match="reported already"):
        welfare.report(visited)
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id)
    assert (refused.value.rule, refused.value.params["legal"]) == ("workflow.visit", [])


def test_a_member_reports_for_himself(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    reported = welfare.ask(visits.report_life_event, member_account(visited), occasion="bereavement", relation="parent",
                          happened_on=date(2023, 2, 27), note="Funeral on Friday.")  # fmt: skip
    assert (reported["reported_by_self"], reported["masked"], reported["occasion"]) == (True, True, None)
    (own,) = welfare.ask(visits.list_life_events, member_account(visited))["items"]
    assert (own["occasion"], own["relation"], own["masked"]) == ("bereavement", "parent", False)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"happened_on": date(2023, 3, 2)}, "visits.day_is_within_reach"),
        ({"occasion": "bereavement"}, "visits.relation_is_immediate"),
        ({"relation": "child"}, "visits.relation_is_immediate"),
    ],
)
def test_a_report_that_cannot_be_is_refused_by_its_rule(welfare: WelfareHarness, changes: dict, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        welfare.report(welfare.joined(), **changes)
    assert refused.value.rule == rule
    assert welfare.events("visit_required") == []


def test_nobody_is_visited_whom_membership_never_announced(welfare: WelfareHarness) -> None:
    with pytest.raises(NotFound, match="no such member"):
        welfare.report(uuid4())


def test_without_visit_types_nothing_can_be_reported(welfare_without_rules: WelfareHarness) -> None:
    welfare = welfare_without_rules
    with pytest.raises(NoRuleInForce, match=r"no rule in force for visit_type\.birth on 2023-03-01"):
        welfare.report(welfare.joined())


def test_assigning_again_sends_another_and_says_who_it_was(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    first, second = welfare.joined(), welfare.joined()
    for assignee in (first, second, second):
        welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=assignee)
    assert [
        (event["assignee_member_id"], event["previous_assignee_id"]) for event in welfare.events("visit_assigned")
    ] == [
        (str(first), None),
        (str(second), str(first)),
    ]


def test_a_units_visit_is_not_made_by_another_unit(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    stranger = welfare.joined(welfare.other_unit)
    with pytest.raises(Refused) as refused:
        welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=stranger)
    assert refused.value.rule == "visits.assignee_may_go"


def test_the_chair_who_is_visited_does_not_certify_his_own_visit(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    own_chair = chair_of(welfare.unit, member_id=visited)
    visit_id = welfare.report(visited, by=own_chair)["visit_id"]
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, own_chair)
    assert refused.value.rule == "visits.visitor_is_not_the_visited"
    assert welfare.ask(visits.get_visit, own_chair, visit_id=visit_id)["actions"] == []


def test_a_change_of_an_older_version_is_refused(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=welfare.joined(), version=1)
    with pytest.raises(PreconditionFailed):
        welfare.ask(visits.cancel_visit, welfare.chair, visit_id=visit_id, reason="not needed", version=1)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_amount_needs_its_form_and_money_is_exact(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    for wrong in ({"form": None}, {"amount": "-1.00"}, {"amount": "ten"}, {"amount": "NaN"}, {"weather": "fine"}):
        with pytest.raises(InvalidInput):
            welfare.complete(visit_id, **wrong)


def test_a_repeated_key_answers_the_same_and_reports_once(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    payload = {"member_id": visited, "occasion": "birth", "happened_on": date(2023, 3, 1)}
    first = welfare.ask_keyed("once", visits.report_life_event, welfare.chair, **payload)
    assert welfare.ask_keyed("once", visits.report_life_event, welfare.chair, **payload) == first
    assert len(welfare.events("visit_required")) == 1


def test_somebody_without_a_post_reports_only_his_own(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    with pytest.raises(NotAllowed, match="only what happened to yourself"):
        welfare.report(visited, by=member_account(welfare.joined()))
    with pytest.raises(NotAllowed, match="another unit"):
        welfare.report(visited, by=chair_of(welfare.other_unit))


@pytest.mark.databases("postgresql", "sqlite")
def test_what_was_given_at_a_visit_is_used_from_the_members_account(welfare: WelfareHarness) -> None:
    visited = welfare.joined()

    def used(by: Principal) -> str | None:
        account = welfare.ask(entitlements.entitlements_of, by, member_id=visited)
        return next((one["used"] for one in account["items"] if one["benefit_key"] == "birth"), None)

    visit_id = welfare.report(visited)["visit_id"]
    assert used(welfare.officer) in (None, "0.00")
    welfare.complete(visit_id)
    mine = welfare.ask(entitlements.my_entitlements, member_account(visited))
    assert [one["used"] for one in mine["items"] if one["benefit_key"] == "birth"] == ["500.00"]
    assert used(welfare.officer) == "500.00"
    assert used(welfare.chair) in (None, "0.00")
    welfare.answered(ExpenseRefused, visit_id)
    assert used(welfare.officer) in (None, "0.00")
