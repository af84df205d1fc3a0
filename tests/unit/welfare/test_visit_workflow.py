"""The way of a visit: who moves it, what is refused, and that the README shows it as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import services.welfare
from services.chassis.errors import NotAllowed, Refused
from services.contracts.welfare.visits.shapes import VISIT_STATES
from services.welfare.visits.workflow import VISIT

README = Path(services.welfare.__file__).with_name("README.md")


def test_the_whole_way_is_required_assigned_visited_claimed_closed():
    state = VISIT.initial
    for action, role in [("assign", "chair"), ("complete", "visitor")]:
        state = VISIT.apply(state, action, roles={role})
    for action in ("record_claim", "close_when_complete"):
        state = VISIT.apply(state, action, roles=None)
    assert state == "closed"


def test_the_contract_names_the_same_states():
    assert set(VISIT.states) == set(VISIT_STATES)


def test_an_illegal_move_is_refused_with_the_legal_ones_named():
    with pytest.raises(Refused) as refused:
        VISIT.apply("visited", "assign", roles={"chair"})
    assert refused.value.rule == "workflow.visit"
    assert refused.value.params["legal"] == ["claim_again"]


@pytest.mark.parametrize("action", ["assign", "cancel"])
def test_the_visitor_makes_the_visit_but_does_not_direct_it(action):
    with pytest.raises(NotAllowed):
        VISIT.apply("assigned", action, roles={"visitor"})


@pytest.mark.parametrize("action", ["record_claim", "close_when_complete", "reverse_claim"])
def test_what_the_funds_answer_is_nobodys_to_say(action):
    state = "visited" if action == "record_claim" else "claimed"
    with pytest.raises(NotAllowed):
        VISIT.apply(state, action, roles={"officer", "chair", "visitor"})


def test_the_readme_shows_the_table_as_it_is():
    assert VISIT.mermaid().strip() in README.read_text(encoding="utf-8")
