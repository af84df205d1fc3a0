"""Joining: who may apply and decide, and the way through the workflow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from services.chassis.errors import NotAllowed, Refused
from services.membership.joining import rules, workflow
from services.membership.joining.workflow import JOINING, OPEN_STATES

UNIT, OTHER_UNIT, PERSON = uuid4(), uuid4(), uuid4()
TODAY = date(2023, 3, 1)


def test_the_chair_of_the_unit_reviews() -> None:
    assert rules.reviewer_is_in_charge(UNIT, {UNIT}, is_officer=False, unit_has_chair=True) is None


def test_the_chair_of_another_unit_does_not_review() -> None:
    refusal = rules.reviewer_is_in_charge(UNIT, {OTHER_UNIT}, is_officer=False, unit_has_chair=True)
    assert refusal is not None
    assert refusal.rule == "joining.reviewer_is_in_charge"


def test_an_officer_reviews_only_while_the_unit_has_no_chair() -> None:
    assert rules.reviewer_is_in_charge(UNIT, (), is_officer=True, unit_has_chair=False) is None
    assert rules.reviewer_is_in_charge(UNIT, (), is_officer=True, unit_has_chair=True) is not None


def test_nobody_decides_about_himself() -> None:
    assert rules.decider_is_not_applicant(PERSON, PERSON) is not None
    assert rules.decider_is_not_applicant(PERSON, uuid4()) is None
    assert rules.decider_is_not_applicant(None, None) is None


def test_what_is_missing_is_named() -> None:
    refusal = rules.application_is_complete(["phone", "id_number"])
    assert refusal is not None
    assert refusal.params == {"missing": ["id_number", "phone"]}
    assert rules.application_is_complete([]) is None


def test_one_person_has_one_application_under_way() -> None:
    assert rules.person_has_no_open_application(is_open=False) is None
    assert rules.person_has_no_open_application(is_open=True) is not None


def test_the_straight_way_leads_to_approval() -> None:
    state = JOINING.apply("draft", "submit", roles={"applicant"})
    state = JOINING.apply(state, "accept", roles={"chair"})
    assert JOINING.apply(state, "approve", roles={"officer"}) == "approved"


def test_a_returned_application_is_corrected_and_submitted_again() -> None:
    state = JOINING.apply("submitted", "return", roles={"chair"})
    assert JOINING.apply(state, "correct", roles={"applicant"}) == "returned"
    assert JOINING.apply(state, "submit", roles={"applicant"}) == "submitted"


def test_approval_before_review_is_refused_and_the_legal_moves_are_named() -> None:
    with pytest.raises(Refused) as caught:
        JOINING.apply("submitted", "approve", roles={"officer"})
    assert caught.value.rule == "workflow.joining"
    assert caught.value.params["legal"] == ["accept", "return", "reject"]


def test_a_chair_does_not_approve() -> None:
    with pytest.raises(NotAllowed):
        JOINING.apply("unit_reviewed", "approve", roles={"chair"})


@pytest.mark.parametrize("state", ["approved", "rejected", "withdrawn"])
def test_a_decided_application_stays_decided(state: str) -> None:
    assert state in JOINING.final_states
    assert JOINING.legal(state) == ()


def test_states_under_way_are_states_of_the_workflow_that_are_not_final() -> None:
    assert set(OPEN_STATES) < set(JOINING.states) - set(JOINING.final_states)


def test_the_diagram_in_the_readme_is_the_table() -> None:
    readme = Path(workflow.__file__).parents[1] / "README.md"
    assert f"```mermaid\n{JOINING.mermaid()}```" in readme.read_text(encoding="utf-8")
