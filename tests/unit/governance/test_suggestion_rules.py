"""Rules of suggestions, and their workflow as the README draws it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from services.contracts.governance.suggestions.vocabulary import ENDED, SUGGESTION_STATES, SUGGESTION_STEPS
from services.governance.suggestions import rules
from services.governance.suggestions.workflow import SUGGESTION

README = Path(__file__).parents[3] / "services/governance/README.md"


def test_the_readme_draws_the_workflow_and_the_contract_has_its_words() -> None:
    assert f"```mermaid\n{SUGGESTION.mermaid()}```" in README.read_text(encoding="utf-8")
    assert set(SUGGESTION.states) == set(SUGGESTION_STATES)
    assert {"received", *ENDED} == set(SUGGESTION_STATES)
    assert {one.action for one in SUGGESTION.transitions} <= set(SUGGESTION_STEPS)


@pytest.mark.parametrize(
    ("rule", "most"),
    [(rules.few_of_one_wait, rules.MOST_WAITING), (rules.box_is_not_full, rules.MOST_ANONYMOUS)],
    ids=["one member's", "anonymous"],
)
def test_so_many_wait_and_no_more(rule: object, most: int) -> None:
    assert callable(rule)
    assert rule(most - 1) is None
    refusal = rule(most)
    assert refusal is not None
    assert refusal.params == {"most": most}


def test_a_suggestion_goes_to_another_than_has_it() -> None:
    unit = uuid4()
    assert rules.another_answers(None, unit) is None
    assert rules.another_answers(unit, None) is None
    assert rules.another_answers(None, None) is not None
    assert rules.another_answers(unit, unit) is not None
