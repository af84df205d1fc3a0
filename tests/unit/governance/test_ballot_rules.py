"""Who may vote and how, what can be put to the vote, and that every illegal step is refused with the legal ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from services.chassis.errors import NotAllowed, Refused
from services.chassis.rules.refusal import Refusal
from services.governance.ballots import rules
from services.governance.ballots.workflow import BALLOT, CLOCK, RUNS

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
README = Path(__file__).parents[3] / "services" / "governance" / "README.md"
ACTIONS = sorted({row.action for row in BALLOT.transitions})
LEGAL = {(source, row.action) for row in BALLOT.transitions for source in row.sources}
ILLEGAL = [(state, action) for state in BALLOT.states for action in ACTIONS if (state, action) not in LEGAL]


def rule(refusal: Refusal | None) -> str | None:
    return refusal.rule if refusal else None


@pytest.mark.parametrize(("state", "action"), ILLEGAL)
def test_an_illegal_step_is_refused_with_the_legal_ones(state: str, action: str) -> None:
    with pytest.raises(Refused) as refused:
        BALLOT.apply(state, action, roles=frozenset({RUNS, CLOCK}))
    assert refused.value.rule == "workflow.ballot"
    assert refused.value.params["legal"] == list(BALLOT.legal(state))


def test_a_roll_is_frozen_by_the_clock_alone() -> None:
    with pytest.raises(NotAllowed):
        BALLOT.apply("opening", "freeze", roles=frozenset({RUNS}))


@pytest.mark.parametrize(
    ("kind", "options", "seats", "fits"),
    [
        ("yes_no", 0, 1, True), ("yes_no", 2, 1, False), ("choose", 3, 2, True), ("choose", 2, 2, False),
        ("election", 3, 2, True), ("election", 2, 2, False), ("ranking", 2, 1, True), ("ranking", 1, 1, False),
    ],
)  # fmt: skip
def test_options_fit_the_kind(kind: str, options: int, seats: int, fits: bool) -> None:
    assert (rules.options_fit_the_kind(kind, options, seats) is None) == fits


@pytest.mark.parametrize(("seats", "needed"), [(1, 2), (9, 10), (20, 21), (21, 23), (60, 63)])
def test_an_election_has_a_surplus_of_candidates(seats: int, needed: int) -> None:
    assert rules.candidates_exceed_seats(needed, seats, Decimal(5)) is None
    refusal = rules.candidates_exceed_seats(needed - 1, seats, Decimal(5))
    assert refusal is not None
    assert refusal.params["candidates"] == needed


@pytest.mark.parametrize(
    ("kind", "choices", "refused"),
    [
        ("yes_no", ["yes"], None), ("yes_no", ["abstain"], None), ("yes_no", ["1"], "ballots.choices_fit"),
        ("yes_no", ["yes", "no"], "ballots.choices_fit"), ("choose", ["3", "1"], None),
        ("choose", ["1", "2", "3"], "ballots.choices_fit"), ("choose", ["1", "1"], "ballots.choices_fit"),
        ("election", ["4"], None), ("election", ["5"], "ballots.choices_fit"), ("election", ["abstain"], None),
        ("election", ["abstain", "1"], "ballots.choices_fit"), ("ranking", ["2", "1", "4", "3"], None),
        ("ranking", ["2", "1"], "ballots.ranking_is_complete"),
        ("ranking", ["1", "1", "2", "3"], "ballots.choices_fit"),
        ("election", ["yes"], "ballots.choices_fit"),
    ],
)  # fmt: skip
def test_votes_name_options_each_once_and_no_more_than_they_may(
    kind: str, choices: list[str], refused: str | None
) -> None:
    assert rule(rules.choices_fit(kind, 0 if kind == "yes_no" else 4, 2, choices)) == refused


def test_votes_are_taken_to_the_second() -> None:
    later = NOW + timedelta(seconds=1)
    assert rules.ballot_is_open("open", later, NOW) is None
    assert rules.ballot_is_open("open", None, NOW) is None
    for state, closes_at in (("open", NOW), ("prepared", later), ("opening", later), ("cancelled", later)):
        assert rule(rules.ballot_is_open(state, closes_at, NOW)) == "ballots.ballot_is_open"


def test_who_votes_stands_on_the_roll_and_is_there() -> None:
    assert rules.voter_is_entitled(rules.Standing(True)) is None
    assert rules.voter_is_entitled(rules.Standing(True, present=True)) is None
    assert rule(rules.voter_is_entitled(rules.Standing(False))) == "ballots.voter_is_on_the_roll"
    assert rule(rules.voter_is_entitled(rules.Standing(True, present=False))) == "ballots.voter_is_present"
    assert rule(rules.voter_is_entitled(rules.Standing(True, represented=True))) == "ballots.voter_is_not_represented"


def test_a_proxy_counts_only_where_it_is_registered_and_there() -> None:
    assert rules.proxy_is_entitled(True, rules.Standing(True, present=True)) is None
    assert rule(rules.proxy_is_entitled(True, rules.Standing(True, present=False))) == "ballots.proxy_is_present"
    assert rule(rules.proxy_is_entitled(True, rules.Standing(False))) == "ballots.proxy_is_present"
    assert rule(rules.proxy_is_entitled(False, rules.Standing(True))) == "ballots.proxy_is_registered"


def test_a_proxy_is_set_for_who_is_absent_and_has_not_voted() -> None:
    here, away = rules.Standing(True, present=True), rules.Standing(True, present=False)

    def refused(member: rules.Standing = away, proxy: rules.Standing = here, **changes: object) -> str | None:
        given = {"same": False, "voted": False, "held": 0, "most": 1, **changes}
        return rule(rules.proxy_can_be_set(member, proxy, **given))  # type: ignore[arg-type]

    assert refused() is None
    assert refused(same=True) == "ballots.proxy_is_on_the_roll"
    assert refused(proxy=rules.Standing(True, represented=True)) == "ballots.proxy_is_on_the_roll"
    assert refused(member=here) == "ballots.represented_is_absent"
    assert refused(voted=True) == "ballots.represented_has_not_voted"
    assert refused(held=1) == "ballots.proxies_are_few"
    assert rule(rules.proxies_are_allowed(0)) == "ballots.proxies_are_allowed"


def test_times_are_in_order() -> None:
    soon, late = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    assert rules.times_are_in_order(soon, late, NOW) is None
    assert rules.times_are_in_order(None, None, NOW) is None
    for opens_at, closes_at in ((NOW, late), (late, soon), (None, NOW), (soon, soon)):
        assert rule(rules.times_are_in_order(opens_at, closes_at, NOW)) == "ballots.times_are_in_order"


def test_equal_votes_are_equal_whatever_their_order() -> None:
    assert rules.normal_choices("choose", ["10", "9"]) == ("9", "10")
    assert rules.normal_choices("ranking", ["2", "1"]) == ("2", "1")
    assert rules.normal_choices("yes_no", ["yes"]) == ("yes",)


def test_the_diagram_in_the_readme_is_drawn_from_the_table() -> None:
    assert BALLOT.mermaid() in README.read_text(encoding="utf-8")
