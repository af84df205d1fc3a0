"""Rules of ratings: the workflow, what a sheet must answer, whose figures are told, and the figures themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.errors import Refused
from services.chassis.rules.refusal import Refusal
from services.governance.ratings import rules
from services.governance.ratings.counting_rules import Handed, Tally, hidden_of, mean, people_told, satisfied_percent
from services.governance.ratings.workflow import CLOCK, RATING, RUNS

NOW = datetime(2026, 3, 11, 2, tzinfo=UTC)
README = Path(__file__).parents[3] / "services" / "governance" / "README.md"
ACTIONS = sorted({row.action for row in RATING.transitions})
LEGAL = {(source, row.action) for row in RATING.transitions for source in row.sources}
ILLEGAL = [(state, action) for state in RATING.states for action in ACTIONS if (state, action) not in LEGAL]


def rule(refusal: Refusal | None) -> str | None:
    return refusal.rule if refusal else None


@pytest.mark.parametrize(("state", "action"), ILLEGAL)
def test_an_illegal_step_is_refused_with_the_legal_ones(state: str, action: str) -> None:
    with pytest.raises(Refused) as refused:
        RATING.apply(state, action, roles=frozenset({RUNS, CLOCK}))
    assert refused.value.rule == "workflow.rating"
    assert refused.value.params["legal"] == list(RATING.legal(state))


def test_the_readme_has_the_diagram() -> None:
    assert RATING.mermaid().strip() in README.read_text("utf-8")


ASKED = [("union", 2), ("chair", 1)]


@pytest.mark.parametrize(
    ("answers", "has_chair", "fits"),
    [
        ([[1, 2], [0]], True, True),
        ([[0, 4], [3]], True, True),
        ([[0, 0], [0]], True, False),
        ([[1, 5], [0]], True, False),
        ([[1], [0]], True, False),
        ([[1, 2]], True, False),
        ([[1, 2], [1]], False, False),
        ([[1, 2], [0]], False, True),
    ],
)
def test_a_sheet_answers_what_is_asked(answers: list[list[int]], has_chair: bool, fits: bool) -> None:
    assert (rules.answers_fit(ASKED, 4, answers, has_chair=has_chair) is None) == fits


def test_sheets_are_taken_to_the_second() -> None:
    assert rules.round_is_open("open", NOW, NOW - timedelta(seconds=1)) is None
    assert rule(rules.round_is_open("open", NOW, NOW)) == "ratings.round_is_open"
    assert rule(rules.round_is_open("prepared", None, NOW)) == "ratings.round_is_open"


def test_means_and_shares_are_rounded_half_up() -> None:
    assert mean([0, 0, 0, 0]) is None
    assert (mean([1, 0, 0, 0]), mean([0, 0, 0, 1]), mean([1, 2, 0, 0])) == ("4.00", "1.00", "3.33")
    assert satisfied_percent([0, 0], 1) is None
    assert (satisfied_percent([1, 1, 1, 0], 2), satisfied_percent([1, 0, 0, 7], 2)) == ("66.7", "12.5")


@given(groups=st.dictionaries(st.integers(1, 30), st.builds(Handed, st.integers(0, 9), st.integers(0, 9))))
def test_neither_readers_nor_who_counted_paper_learn_of_few(groups: dict[int, Handed]) -> None:
    smallest = 5
    hidden = hidden_of(groups, smallest)
    shown = [one for key, one in groups.items() if key not in hidden and (one.online or one.paper)]
    assert all(one.online >= smallest or (not one.online and one.paper >= smallest) for one in shown)
    rest = [groups[key] for key in hidden]
    online, both = sum(one.online for one in rest), sum(one.online + one.paper for one in rest)
    if hidden and shown:
        assert both >= smallest
        assert online == 0 or online >= smallest
    assert people_told(rest) == (online or both)


def test_tallies_add_up() -> None:
    tally, other = Tally([2], 3), Tally([2], 3)
    tally.add_sheet([[1, 0]])
    tally.add_sheet([[3, 3]])
    other.add_papers(4, [[[1, 2, 1], [4, 0, 0]]])
    tally.add(other)
    assert tally.counts == [[[2, 2, 2], [4, 0, 1]]]
    assert tally.handed == Handed(2, 4)
