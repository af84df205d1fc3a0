"""Rules of mediation: the clock, the limit, representatives, an agreement's force, counts without persons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.rules.months import months_before
from services.contracts.governance.mediation.vocabulary import CLOSED, DISPUTE_MOVES, DISPUTE_ROUTES, DISPUTE_STATES
from services.governance.mediation import rules
from services.governance.mediation.workflow import DISPUTE

README = Path(__file__).parents[3] / "services/governance/README.md"


def always(_day: date) -> bool:
    return True


def test_the_readme_draws_the_workflow_and_the_contract_has_its_words() -> None:
    assert DISPUTE.mermaid() in README.read_text(encoding="utf-8")
    assert set(DISPUTE.states) == set(DISPUTE_STATES)
    assert set(DISPUTE.final_states) == set(CLOSED)
    assert set(DISPUTE_MOVES) | {"accept", "decline", "agree", "expire"} == {one.action for one in DISPUTE.transitions}


def test_every_way_elsewhere_has_its_refusal() -> None:
    for route in DISPUTE_ROUTES:
        refused = rules.matter_is_mediated(route)
        assert (refused is None) == (route == rules.HERE)


def test_the_clock_ends_on_the_first_working_day_from_the_fifteenth() -> None:
    assert rules.last_day(date(2026, 3, 11), 15, always) == date(2026, 3, 26)
    assert rules.last_day(date(2026, 3, 11), 15, lambda day: day.day >= 30) == date(2026, 3, 30)
    assert rules.clock_ran_out(date(2026, 3, 26), date(2026, 3, 26)) is not None
    assert rules.clock_ran_out(date(2026, 3, 26), date(2026, 3, 27)) is None
    assert rules.days_are_left(date(2026, 3, 26), date(2026, 3, 26)) is None
    assert rules.days_are_left(date(2026, 3, 26), date(2026, 3, 27)) is not None


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)  # fmt: skip
def test_months_before_a_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_representatives_act_for_their_side_only() -> None:
    parties = [("applicant", False), ("applicant", True), ("respondent", False)]
    assert rules.acting(parties) == [False, True, True]


def test_nobody_asked_is_no_agreement() -> None:
    assert rules.all_agree([]) is not None
    assert rules.all_agree([True, None]) is not None
    assert rules.all_agree([True, True]) is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 8)), st.integers(2, 5))
def test_a_hidden_count_can_never_be_reckoned_from_the_total(counts: dict[str, int], smallest: int) -> None:
    shown = rules.shown_counts(counts, smallest)
    hidden = [word for word, count in shown.items() if count is None]

    assert all(shown[word] is None for word, count in counts.items() if 0 < count < smallest)
    assert all(count is None or count == counts[word] for word, count in shown.items())
    assert len(hidden) != 1 or sum(1 for count in counts.values() if count) == 1
