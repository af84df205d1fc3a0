"""The workflows of disclosures as the README draws them, and the months of each part of a year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from services.contracts.governance.disclosures.vocabulary import (
    DISCLOSURE_PARTS,
    DISCLOSURE_STATES,
    DISCLOSURE_STEPS,
    MONTHS_OF,
    QUESTION_STATES,
)
from services.governance.disclosures import rules
from services.governance.disclosures.use_cases.store import last_day_of, period_text
from services.governance.disclosures.workflow import DISCLOSURE, QUESTION

README = Path(__file__).parents[3] / "services/governance/README.md"


def test_the_readme_draws_the_workflows_and_the_contract_has_their_words() -> None:
    text = README.read_text(encoding="utf-8")
    assert all(f"```mermaid\n{flow.mermaid()}```" in text for flow in (DISCLOSURE, QUESTION))
    assert set(DISCLOSURE.states) == set(DISCLOSURE_STATES)
    assert set(QUESTION.states) == set(QUESTION_STATES)
    assert {one.action for one in DISCLOSURE.transitions} - {"change"} < set(DISCLOSURE_STEPS)


def test_every_part_of_a_year_has_its_months_and_last_day() -> None:
    assert set(MONTHS_OF) == set(DISCLOSURE_PARTS)
    assert [last_day_of(2028, part) for part in ("q1", "h1", "year")] == [
        date(2028, 3, 31), date(2028, 6, 30), date(2028, 12, 31),
    ]  # fmt: skip
    assert rules.part_is_over(date(2026, 3, 31), date(2026, 3, 31)) is not None
    assert rules.part_is_over(date(2026, 3, 31), date(2026, 4, 1)) is None


def test_disclosures_are_ordered_by_the_end_of_their_months() -> None:
    ordered = sorted(MONTHS_OF, key=lambda part: period_text(2026, part))
    assert ordered == ["q1", "h1", "q2", "q3", "year", "h2", "q4"]
