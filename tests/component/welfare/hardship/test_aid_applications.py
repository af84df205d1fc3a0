"""Applications for aid: from the draft to the payment, and what each rule refuses on the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.errors import NoRuleInForce, NotAllowed, PreconditionFailed, Refused
from services.chassis.rules.rulebook import PolicyRule
from services.contracts.welfare import decisions
from services.contracts.welfare.hardship import operations as contract
from tests.component.welfare.hardship.aid import TODAY, Aid, refused
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import chair_of, member_account


@pytest.mark.databases("postgresql", "sqlite")
def test_from_the_draft_to_the_payment_with_asked_granted_and_paid_shown(aid: Aid) -> None:
    aid.under_review()
    granted = aid.decide()
    assert (granted["asked"], granted["granted"], granted["paid"], granted["state"]) == (
        "8000.00", "6000.00", None, "granted",
    )  # fmt: skip
    (asked_for,) = aid.welfare.events("payment_requested")
    assert (asked_for["source_type"], asked_for["line_code"], asked_for["amount"]) == ("aid", "aid.hardship", "6000.00")
    assert (asked_for["unit_id"], asked_for["beneficiary"]) == (None, None)

    aid.paid(claim=asked_for["claim"])
    shown = aid.look()
    assert (shown["state"], shown["paid"], shown["claim_state"]) == ("paid", "6000.00", "recorded")
    assert aid.do(contract.close_aid_application)["state"] == "closed"
    assert [one["state"] for one in aid.look()["steps"]] == [
        "draft", "submitted", "unit_forwarded", "under_review", "granted", "paid", "closed",
    ]  # fmt: skip
    assert aid.mine()["note"] == "The committee agreed after reading the bills."


def test_the_decision_is_stored_with_its_grounds_and_recomputable_inputs(aid: Aid) -> None:
    aid.under_review()
    decided = aid.look() | aid.decide()
    told = aid.welfare.ask(decisions.get_decision, decision_id=decided["decision_id"])
    assert (told["kind"], told["outcome"], told["amount"]) == ("hardship.aid", "granted", "6000.00")
    assert {ground["key"] for ground in told["grounds"]} == {"aid.grave_illness.cap", "aid.standings"}
    assert told["inputs"]["asked"] == "8000.00"
    assert aid.welfare.ask(decisions.get_decision, aid.applicant, decision_id=decided["decision_id"])["id"]
    with pytest.raises(NotAllowed) as hidden:
        aid.welfare.ask(decisions.get_decision, aid.welfare.chair, decision_id=decided["decision_id"])
    assert hidden.value.rule == "decisions.sensitive_is_for_few"


def test_a_committee_that_says_no_leaves_a_refused_decision_and_no_payment(aid: Aid) -> None:
    aid.under_review()
    told = aid.decide(outcome="refused", granted=None)
    assert (told["state"], told["granted"]) == ("refused", None)
    decision = aid.welfare.ask(decisions.get_decision, decision_id=aid.look()["decision_id"])
    assert (decision["outcome"], decision["reason"]) == ("refused", "hardship.committee_agrees")
    assert aid.welfare.events("payment_requested") == []
    assert aid.welfare.events("aid_granted") == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"granted": "20000.01"}, "hardship.sum_is_within_cap"),
        ({"granted": None}, "hardship.sum_is_named"),
        ({"outcome": "refused"}, "hardship.sum_is_named"),
        ({"decided_on": TODAY + timedelta(days=1)}, "hardship.decided_by_today"),
        ({"decided_on": TODAY - timedelta(days=1)}, "hardship.decided_by_today"),
    ],
)
def test_a_decision_that_breaks_a_rule_is_not_stored(aid: Aid, changes: dict[str, Any], rule: str) -> None:
    aid.under_review()
    assert refused(aid.decide, **changes) == rule
    assert aid.welfare.stored("SELECT id FROM decision") == []


def test_a_committee_is_complete_and_the_applicant_is_not_in_it(aid: Aid) -> None:
    aid.under_review()
    with pytest.raises(Refused) as told:
        aid.decide(present=aid.present[:2])
    assert (told.value.rule, told.value.params["least"]) == ("hardship.committee_is_complete", 3)
    assert told.value.params["document"]
    assert refused(aid.decide, present=[*aid.present[:2], aid.present[0]]) == "hardship.committee_is_complete"
    assert refused(aid.decide, present=[*aid.present, aid.member_id]) == "hardship.applicant_was_not_present"


def test_what_was_granted_before_in_the_year_counts_towards_the_cap_of_its_kind(aid: Aid) -> None:
    aid.under_review()
    aid.decide(granted="15000.00")
    aid.under_review()
    shown = aid.look()
    assert (shown["cap"], shown["given_this_year"]) == ("20000.00", "15000.00")
    assert refused(aid.decide, granted="5000.01") == "hardship.sum_is_within_cap"
    assert aid.decide(granted="5000.00")["state"] == "granted"


def test_without_rules_an_application_names_the_missing_one(welfare_without_rules: WelfareHarness) -> None:
    with pytest.raises(NoRuleInForce) as told:
        Aid(welfare_without_rules).draft()
    assert told.value.rule == "aid.standings"


def test_a_missing_cap_is_shown_before_the_decision_and_asked_for_by_it(aid: Aid) -> None:
    aid.under_review()
    with aid.welfare.transaction() as tx:
        tx.session.execute(sa.delete(PolicyRule).where(PolicyRule.key == "aid.grave_illness.cap"))
    assert aid.look()["missing_rule"] == "aid.grave_illness.cap"
    with pytest.raises(NoRuleInForce) as told:
        aid.decide()
    assert told.value.rule == "aid.grave_illness.cap"


def test_an_application_is_handed_in_with_a_paper_once_at_a_time(aid: Aid) -> None:
    aid.draft()
    assert refused(aid.do, contract.submit_aid_application, aid.applicant) == "hardship.papers_are_attached"
    assert refused(aid.draft) == "hardship.one_application_at_a_time"
    aid.attach()
    aid.do(contract.submit_aid_application, aid.applicant)
    assert refused(aid.attach) == "hardship.draft_can_be_changed"
    changed = {"kind": "hardship", "asked": "1.00", "reason": "something else"}
    assert refused(aid.do, contract.change_aid_draft, aid.applicant, **changed) == "hardship.draft_can_be_changed"


def test_what_is_withdrawn_loses_its_papers_and_makes_room_for_another(aid: Aid) -> None:
    aid.submitted()
    assert aid.do(contract.withdraw_aid_application, aid.applicant)["state"] == "withdrawn"
    assert aid.welfare.stored("SELECT id FROM stored_file") == []
    assert aid.draft()["state"] == "draft"


def test_what_is_given_back_is_completed_and_handed_in_again(aid: Aid) -> None:
    aid.under_review()
    aid.do(contract.return_aid_application, reason="Please add this year's bills.")
    mine = aid.mine()
    assert (mine["state"], mine["returned_because"]) == ("draft", "Please add this year's bills.")
    aid.attach()
    assert aid.do(contract.submit_aid_application, aid.applicant)["state"] == "submitted"


def test_nobody_moves_the_own_application_on(welfare: WelfareHarness) -> None:
    aid = Aid(welfare)
    officer_too = member_account(aid.member_id)
    both = welfare.officer.__class__(
        kind="account", account_id=officer_too.account_id, member_id=aid.member_id,
        grants=(*officer_too.grants, *welfare.officer.grants),
    )  # fmt: skip
    aid.applicant = both
    aid.submitted()
    assert refused(aid.do, contract.forward_aid_application, both) == "hardship.others_act_on_it"
    aid.do(contract.forward_aid_application, welfare.chair)
    aid.do(contract.take_up_aid_application)
    assert refused(aid.decide, both) == "hardship.others_act_on_it"


def test_another_units_chair_forwards_nothing_and_an_old_version_is_refused(aid: Aid) -> None:
    seen = aid.submitted()
    with pytest.raises(NotAllowed):
        aid.do(contract.forward_aid_application, chair_of(aid.welfare.other_unit))
    with pytest.raises(PreconditionFailed):
        aid.do(contract.forward_aid_application, aid.welfare.chair, version=seen["version"] - 1)
    assert refused(aid.decide) == "workflow.aid_application"


def test_a_refused_payment_comes_back_with_its_rule_and_is_put_again(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    aid.payment_refused(claim=1)
    shown = aid.look()
    assert (shown["state"], shown["claim_state"]) == ("granted", "refused")
    assert (shown["refused_rule"], shown["refused_code"]) == ("funds.budget_is_enough", "budget_exhausted")
    assert "pay_again" in shown["actions"]
    (listed,) = aid.welfare.ask(contract.list_aid_applications, payment_refused=True)["items"]
    assert listed["id"] == aid.id
    assert aid.welfare.events("aid_application_moved")[-1]["payment_refused"] is True

    aid.do(contract.pay_aid_again)
    assert [one["claim"] for one in aid.welfare.events("payment_requested")] == [1, 2]
    assert refused(aid.do, contract.pay_aid_again) == "hardship.payment_can_be_put_again"
    aid.payment_refused(claim=1)
    assert aid.look()["claim_state"] == "pending"
    aid.paid(claim=2)
    assert aid.look()["state"] == "paid"
    aid.reversed(claim=2)
    assert (aid.look()["state"], aid.look()["claim_state"], aid.look()["paid"]) == ("granted", "reversed", None)


def test_an_answer_that_is_heard_twice_pays_once(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    for _ in range(3):
        aid.paid(claim=1)
    assert len(aid.welfare.events("aid_granted")) == 1
    assert [one["state"] for one in aid.look()["steps"]].count("paid") == 1


def test_figures_add_up_asked_granted_and_paid_of_the_year(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    aid.paid(claim=1)
    waiting = Aid(aid.welfare)
    waiting.submitted()
    figures = aid.welfare.ask(contract.hardship_figures)
    assert (figures["asked"], figures["granted"], figures["paid"]) == ("8000.00", "6000.00", "6000.00")
    assert (figures["to_forward"], figures["to_review"]) == (1, 0)
    earlier = aid.welfare.ask(contract.hardship_figures, year=2022)
    assert Decimal(earlier["granted"]) == 0


def test_lists_are_narrowed_and_sorted(aid: Aid) -> None:
    aid.submitted()
    second = Aid(aid.welfare)
    second.submitted()
    oldest = aid.welfare.ask(contract.list_aid_applications, sort="created")["items"]
    assert [one["id"] for one in oldest] == [aid.id, second.id]
    assert [one["id"] for one in aid.welfare.ask(contract.list_aid_applications)["items"]] == [second.id, aid.id]
    assert aid.welfare.ask(contract.list_aid_applications, state="granted")["items"] == []
