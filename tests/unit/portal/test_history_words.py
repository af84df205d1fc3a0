"""Every step a history can hold has words; a new one without them fails here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import services
from gateway.portal import standing_words, words
from services.contracts.welfare.visit_shapes import VISIT_STATES
from services.membership.joining.workflow import JOINING
from services.membership.transfer.workflow import TRANSFER

VISITS = Path(services.__file__).parent / "welfare" / "visits"


def steps_noted() -> set[str]:
    """Return the words that visits note as steps, read from the calls that note them."""
    found = set()
    for path in VISITS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note_step":
                found |= {
                    part.value
                    for part in ast.walk(node.args[2])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found


def test_the_steps_are_found():
    assert {"reassigned", "evidence", "late_evidence", "claimed_again"} <= steps_noted()


@pytest.mark.parametrize("step", sorted({*VISIT_STATES, *steps_noted()}))
def test_a_step_of_a_visit_has_words(step):
    assert step in words.VISIT_STEP


@pytest.mark.parametrize("action", sorted({row.action for row in JOINING.transitions}))
def test_a_step_of_an_application_has_words(action):
    assert action in words.APPLICATION_STEP


@pytest.mark.parametrize("action", sorted({row.action for row in TRANSFER.transitions}))
def test_a_step_of_a_transfer_has_words(action):
    assert action in standing_words.TRANSFER_STEP
