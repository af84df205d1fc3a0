"""Every step that a workflow does not have is refused with those it has, in words that people read.

The steps come from the tables of all workflows: a new workflow, or a new step without words, is found here.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from gateway.portal.messages import explain, say
from services.chassis.errors import Refused
from services.chassis.rules.workflow import Workflow
from services.contracts.governance.proposals.vocabulary import SWITCHES
from services.governance.proposals.workflow import workflow_of

ROOT = Path(__file__).parents[3]
BY_THE_SYSTEM = {
    "ballot": {"freeze"}, "dispute": {"expire"}, "rating": {"begin"}, "joining": {"lapse"},
    "transfer": {"take_effect", "lapse"}, "meeting_vote": {"fail"},
    "registration": {"take_seat", "wait", "offer", "move_up", "move_back", "ask", "queue"},
    "child_registration": {"take_place", "wait", "move_up"},
    "attendance": {"arrive"}, "team_player": {"join"},
    "place_booking": {"take_slot", "wait", "move_up"}, "unit_election": {"fill", "wait", "give_up"},
    "visit": {"complete_after_all", "record_claim", "close_when_complete", "reverse_claim"},
    "trip_application": {"draw_in", "put_on_waiting_list", "move_up", "lose_place", "travel", "stay_away"},
    "mutual_aid_cover": {"end_early", "end_before", "run_on", "cancel_period"},
}  # fmt: skip
"""Steps that nobody chooses, where the table does not say so by the roles `system` and `clock`."""


def workflows() -> Iterator[Workflow]:
    """Yield the workflows of all services; that of proposals without its switches and with all of them."""
    for path in sorted(ROOT.glob("services/*/*/workflow.py")):
        if path.parts[-3] != "chassis":
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            yield from (one for one in vars(module).values() if isinstance(one, Workflow))
    yield from (workflow_of(()), workflow_of(SWITCHES))


ALL = list(workflows())


def test_the_workflows_of_all_services_are_found() -> None:
    names = {one.name for one in ALL}
    assert {"proposal", "meeting_vote", "dispute", "filing", "rating", "visit", "purchase", "joining"} <= names
    assert len(ALL) >= 36


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_step_outside_the_table_is_refused_with_the_legal_ones_in_words(one: Workflow, portal: Flask) -> None:
    rows = {(state, row.action) for row in one.transitions for state in row.sources}
    actions = dict.fromkeys(row.action for row in one.transitions)
    with portal.test_request_context():
        for state, action in product(one.states, actions):
            if (state, action) not in rows:
                with pytest.raises(Refused) as refused:
                    one.apply(state, action, roles=None)
                found = refused.value
                assert (found.rule, found.params["legal"]) == (f"workflow.{one.name}", list(one.legal(state)))
                assert say(found) != found.detail, "the rule has words"
                assert len(explain(found)["legal"]) >= len([step for step in one.legal(state) if _is_chosen(one, step)])


def _is_chosen(one: Workflow, step: str) -> bool:
    """Whether people take a step."""
    roles = {role for row in one.transitions if row.action == step for role in row.roles}
    return step not in BY_THE_SYSTEM.get(one.name, ()) and not (roles and roles <= {"system", "clock"})
