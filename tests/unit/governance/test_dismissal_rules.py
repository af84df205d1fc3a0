"""Rules of dismissal notices, and their workflow as the README draws it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.chassis.rules.refusal import Refusal
from services.contracts.governance.dismissals.vocabulary import DISMISSAL_STATES, DISMISSAL_STEPS, ENDED
from services.governance.dismissals import rules
from services.governance.dismissals.workflow import DISMISSAL

TODAY, TOMORROW = date(2026, 3, 11), date(2026, 3, 12)


README = Path(__file__).parents[3] / "services/governance/README.md"


def test_the_readme_draws_the_workflow_and_the_contract_has_its_words() -> None:
    assert f"```mermaid\n{DISMISSAL.mermaid()}```" in README.read_text(encoding="utf-8")
    assert set(DISMISSAL.states) == set(DISMISSAL_STATES)
    assert set(DISMISSAL.final_states) == set(ENDED)
    assert {one.action for one in DISMISSAL.transitions} <= set(DISMISSAL_STEPS)


def named(refusal: Refusal | None) -> str | None:
    return refusal.rule if refusal else None


@pytest.mark.parametrize(
    ("effective_on", "rule"), [(TOMORROW, None), (TODAY, "dismissals.notice_is_before")], ids=["before", "same day"]
)
def test_the_union_is_notified_before_the_contract_ends(effective_on: date, rule: str | None) -> None:
    assert named(rules.notice_is_before(effective_on, TODAY)) == rule


@pytest.mark.parametrize(
    ("last", "effective_on", "due_on"),
    [
        (date(2026, 3, 18), date(2026, 4, 10), date(2026, 3, 18)),
        (date(2026, 3, 18), date(2026, 3, 18), date(2026, 3, 17)),
        (date(2026, 3, 18), TOMORROW, TODAY),
    ],
)
def test_the_opinion_is_due_by_the_rule_and_before_the_contract_ends(
    last: date, effective_on: date, due_on: date
) -> None:
    assert rules.opinion_due_on(last, effective_on) == due_on


@pytest.mark.parametrize(
    ("opinion", "text", "violated", "field"),
    [
        ("agree", None, None, None),
        ("correct", "why", "which", None),
        ("correct", None, "which", "opinion_text"),
        ("correct", "why", None, "violated"),
        ("correct", None, None, "opinion_text"),
    ],
)
def test_a_request_for_correction_names_what_is_broken_and_why(
    opinion: str, text: str | None, violated: str | None, field: str | None
) -> None:
    refusal = rules.correction_says_why(opinion, text, violated)
    assert (refusal.field if refusal else None) == field


@pytest.mark.parametrize(
    ("state", "today", "rule"),
    [
        ("correction", TODAY, "dismissals.answer_is_awaited"),
        ("correction", TOMORROW, None),
        ("answered", TODAY, None),
        ("agreed", TODAY, None),
    ],
)
def test_an_answer_is_awaited_until_the_contract_ends(state: str, today: date, rule: str | None) -> None:
    assert named(rules.answer_is_awaited(state, TOMORROW, today)) == rule


def test_what_comes_on_paper_stands_on_paper() -> None:
    assert named(rules.paper_is_on_file(needed=True, count=0)) == "dismissals.paper_is_on_file"
    assert rules.paper_is_on_file(needed=True, count=1) is None
    assert rules.paper_is_on_file(needed=False, count=0) is None


def test_other_rules_refuse_by_their_names() -> None:
    assert named(rules.clerk_is_not_concerned(True)) == "dismissals.clerk_is_not_concerned"
    assert named(rules.notice_is_open(True)) == "dismissals.notice_is_open"
    assert named(rules.referred_once(True)) == "dismissals.referred_once"
    assert named(rules.notice_stands(True)) == "dismissals.notice_stands"
    for rule in (rules.clerk_is_not_concerned, rules.notice_is_open, rules.referred_once, rules.notice_stands):
        assert rule(False) is None
