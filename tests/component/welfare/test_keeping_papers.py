"""Papers of applications for aid and documents of claims are erased when the time a rule gives is over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.contracts.welfare.hardship import operations as hardship
from services.contracts.welfare.mutual_aid import operations as mutual_aid
from tests.component.welfare.hardship.aid import REASON, Aid
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.mutual_aid.plans import IN_HOSPITAL, SPRING, Plan, on
from tests.support.principals import officer

AID_TIMER, CLAIM_TIMER = "erase_kept_aid_papers", "erase_kept_claim_documents"


def papers(welfare: WelfareHarness) -> list[tuple[Any, ...]]:
    return welfare.stored("SELECT subject FROM stored_file")


@pytest.mark.databases("postgresql", "sqlite")
def test_papers_of_an_application_are_erased_after_the_decision_by_rule(welfare: WelfareHarness) -> None:
    refused, granted = Aid(welfare), Aid(welfare)
    for one, outcome in ((refused, {"outcome": "refused", "granted": None}), (granted, {})):
        one.under_review()
        one.decide(**outcome)  # 2023-03-01, kept 36 months by the demonstration's rule
    assert len(papers(welfare)) == 2
    with on(date(2026, 2, 28)):
        welfare.run_timer(AID_TIMER)
        assert len(papers(welfare)) == 2
    with on(date(2026, 3, 1)):
        for _ in range(2):
            welfare.run_timer(AID_TIMER)
        told, mine = refused.look(), refused.mine()

    assert papers(welfare) == [(f"aid_application/{granted.id}",)]  # still to be paid
    assert (told["papers_erased_on"], told["evidence"], mine["reason"]) == ("2026-03-01", [], REASON)
    assert [step["state"] for step in told["steps"]].count("papers_erased") == 1
    with on(date(2026, 3, 2)):
        granted.paid()
        welfare.run_timer(AID_TIMER)
    assert papers(welfare) == []


def test_documents_of_a_claim_are_erased_after_it_was_settled_by_rule(plan: Plan) -> None:
    welfare = plan.welfare
    with on(SPRING.date()):
        member = plan.covered()
    with on(IN_HOSPITAL):
        claim = plan.submit(member)
        plan.attach(claim["id"], member)
        ref = {"claim_id": claim["id"]}
        welfare.ask(mutual_aid.forward_mutual_aid_claim, welfare.chair, **ref)
        welfare.ask(mutual_aid.send_on_mutual_aid_claim, officer(), **ref)
        welfare.ask(mutual_aid.record_claim_refused, officer(), **ref, reason="不在保障范围")
    with on(date(2029, 7, 3)):
        welfare.run_timer(CLAIM_TIMER)  # without a rule everything is kept
        assert len(papers(welfare)) == 1
    welfare.rules("demo")
    with on(date(2029, 7, 1)):
        welfare.run_timer(CLAIM_TIMER)
        assert len(papers(welfare)) == 1
    with on(date(2029, 7, 2)):
        for _ in range(2):
            welfare.run_timer(CLAIM_TIMER)
        told = welfare.ask(mutual_aid.get_mutual_aid_claim, member, **ref)

    assert papers(welfare) == []
    assert (told["documents"], told["documents_erased_on"], told["details"]) == ([], "2029-07-02", "阑尾炎住院")
    noted = f"SELECT count(*) FROM change_history WHERE subject = 'mutual_aid_claim/{claim['id']}'"
    assert welfare.stored(noted + " AND CAST(changes AS TEXT) LIKE '%documents%'") == [(1,)]


@pytest.fixture
def plan(welfare_without_rules: WelfareHarness) -> Plan:
    with on(SPRING.date()):
        return Plan(welfare_without_rules)


def test_a_kept_application_can_still_be_opened(welfare: WelfareHarness) -> None:
    aid = Aid(welfare)
    aid.under_review()
    aid.decide(outcome="refused", granted=None)
    welfare.run_timer(AID_TIMER)
    (paper,) = aid.look()["evidence"]
    opened = aid.do(hardship.open_aid_paper, evidence_id=paper["id"], purpose="复核")
    assert opened["media_type"] == "application/pdf"
