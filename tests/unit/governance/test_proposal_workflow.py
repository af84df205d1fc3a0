"""The workflow of proposals under every combination of switches: states, legal steps, refusals that name them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from services.chassis.errors import NotAllowed, Refused
from services.contracts.governance.proposals.vocabulary import PROPOSAL_STATES, PROPOSAL_STEPS, PUBLIC_STATES, SWITCHES
from services.governance.proposals.workflow import ROWS, Facts, workflow_of

EVERY = [frozenset(some) for size in range(len(SWITCHES) + 1) for some in combinations(SWITCHES, size)]
ACTIONS = sorted({row.transition.action for row in ROWS})


def rows_of(switches: frozenset[str], state: str, action: str) -> list[str]:
    """Return the targets of an action in a state, read from the table."""
    fitting = [row.transition for row in ROWS if row.fits(switches)]
    return [row.target for row in fitting if row.action == action and state in row.sources]


@pytest.mark.parametrize("switches", EVERY, ids=lambda some: "+".join(sorted(some)) or "none")
def test_every_illegal_step_is_refused_with_the_legal_ones(switches: frozenset[str]) -> None:
    workflow = workflow_of(switches)
    for state in workflow.states:
        legal = [action for action in ACTIONS if rows_of(switches, state, action)]
        assert sorted(workflow.legal(state)) == legal
        for action in ACTIONS:
            if action in legal:
                assert workflow.apply(state, action, roles=None, context=Facts()) in rows_of(switches, state, action)
                continue
            with pytest.raises(Refused) as refused:
                workflow.apply(state, action, roles=None, context=Facts())
            assert sorted(refused.value.params["legal"]) == legal
            assert refused.value.rule == "workflow.proposal"


@pytest.mark.parametrize("switches", EVERY, ids=lambda some: "+".join(sorted(some)) or "none")
def test_every_step_is_for_somebody_only(switches: frozenset[str]) -> None:
    workflow = workflow_of(switches)
    for state in workflow.states:
        for action in workflow.legal(state):
            with pytest.raises(NotAllowed):
                workflow.apply(state, action, roles=("nobody",), context=Facts())


@pytest.mark.parametrize("switches", EVERY, ids=lambda some: "+".join(sorted(some)) or "none")
def test_no_proposal_is_stuck(switches: frozenset[str]) -> None:
    workflow = workflow_of(switches)
    final = {"withdrawn", "not_filed", "archived"}
    for state in workflow.states:
        reached, pending = {state}, [state]
        while pending:
            for action in workflow.legal(here := pending.pop()):
                fresh = set(rows_of(switches, here, action)) - reached
                reached |= fresh
                pending.extend(fresh)
        assert reached & final, state


def test_every_state_and_step_has_a_word() -> None:
    assert set(workflow_of(SWITCHES).states) == set(PROPOSAL_STATES)
    assert set(ACTIONS) <= set(PROPOSAL_STEPS)
    assert set(PUBLIC_STATES) <= set(PROPOSAL_STATES)


@pytest.mark.parametrize(
    ("state", "action", "facts", "switches", "target"),
    [
        ("seconding", "submit", Facts(late=True), (), "suggestion"),
        ("seconding", "submit", Facts(), (), "submitted"),
        ("in_progress", "reply", Facts(assisting=2), (), "approving"),
        ("in_progress", "reply", Facts(assisting=2), ("co_sign",), "co_signing"),
        ("in_progress", "reply", Facts(), ("co_sign",), "approving"),
        ("co_signing", "co_sign", Facts(unsigned=1), ("co_sign",), "co_signing"),
        ("co_signing", "co_sign", Facts(), ("co_sign",), "approving"),
        ("co_signing", "object", Facts(round=2), ("co_sign",), "second_handling"),
        ("approving", "refuse_reply", Facts(round=1), (), "in_progress"),
        ("approving", "refuse_reply", Facts(round=2), (), "second_handling"),
        ("approving", "approve", Facts(), ("inspection",), "inspecting"),
        ("approving", "approve", Facts(), (), "approved"),
        ("replied", "rate", Facts(unrated=1), (), "replied"),
        ("replied", "rate", Facts(), (), "rated"),
    ],
)
def test_facts_decide_where_a_step_leads(
    state: str, action: str, facts: Facts, switches: tuple[str, ...], target: str
) -> None:
    assert workflow_of(switches).apply(state, action, roles=None, context=facts) == target


def test_the_readme_shows_the_workflow_with_all_switches() -> None:
    readme = Path(__file__).parents[3] / "services/governance/README.md"
    assert f"```mermaid\n{workflow_of(SWITCHES).mermaid()}```" in readme.read_text(encoding="utf-8")
