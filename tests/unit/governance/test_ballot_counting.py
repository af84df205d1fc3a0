"""What comes of votes agrees with counting by hand, for every kind, base and comparator."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.governance.ballots.counting_rules import Outcome, Terms, outcome_of, part_of, percent, threshold

ANSWERS = ["yes", "no", "abstain"]


def terms(kind: str = "yes_no", **changes: object) -> Terms:
    given = {
        "kind": kind, "base": "entitled", "comparator": "over_half", "seats": 1, "least": Fraction(2, 3),
        "entitled": 180, "present": None, **changes,
    }  # fmt: skip
    return Terms(**given)  # type: ignore[arg-type]


def answered(yes: int, no: int = 0, abstain: int = 0, **changes: object) -> Outcome:
    votes = {("yes",): yes, ("no",): no, ("abstain",): abstain}
    return outcome_of(terms(**changes), ANSWERS, votes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entitled", "quorum", "strict", "with_half"), [(180, 120, 91, 90), (200, 134, 101, 100), (301, 201, 151, 151)]
)
def test_the_worked_cases_of_congresses(entitled: int, quorum: int, strict: int, with_half: int) -> None:
    assert part_of(entitled, Fraction(2, 3)) == quorum
    assert threshold(entitled, "over_half") == strict
    assert threshold(entitled, "at_least_half") == with_half
    for comparator, needed in (("over_half", strict), ("at_least_half", with_half)):
        given = {"entitled": entitled, "comparator": comparator}
        assert answered(needed, quorum, **given).outcome == "passed"
        assert answered(needed - 1, quorum, **given).outcome == "failed"
        assert answered(quorum - 1, **given).outcome == "invalid"


def test_at_exactly_half_the_comparator_decides_and_it_is_said() -> None:
    strict, lenient = (answered(90, 60, comparator=one) for one in ("over_half", "at_least_half"))
    assert (strict.outcome, strict.exactly_half) == ("failed", True)
    assert (lenient.outcome, lenient.exactly_half) == ("passed", True)
    assert not answered(91, 60).exactly_half


def test_the_base_says_what_votes_are_compared_with() -> None:
    assert answered(70, 30, base="cast", least=Fraction(1, 2)).outcome == "passed"
    assert answered(70, 30, base="entitled", least=Fraction(1, 2)).outcome == "failed"
    assert answered(70, 20, base="present", present=140).outcome == "failed"
    assert answered(71, 20, base="present", present=140).outcome == "passed"


def test_an_abstention_is_no_yes_and_counts_in_the_base() -> None:
    outcome = answered(60, 30, 31, base="cast")
    assert (outcome.base_count, outcome.threshold, outcome.outcome) == (121, 61, "failed")
    assert sum(Fraction(one.percent or 0) for one in outcome.options) <= Fraction("100.1")


def test_nothing_passes_without_a_vote() -> None:
    for comparator in ("over_half", "at_least_half", "two_thirds", "plurality"):
        outcome = answered(0, entitled=0, base="cast", comparator=comparator, least=Fraction(0))
        assert outcome.outcome == "invalid"


def elected(outcome: Outcome) -> set[str]:
    return {one.key for one in outcome.options if one.elected}


def ballots(*votes: tuple[str, int]) -> dict[tuple[str, ...], int]:
    return {tuple(choices.split()): times for choices, times in votes}


def test_a_candidate_below_the_threshold_is_not_elected_with_the_most_votes() -> None:
    votes = ballots(("1", 45), ("2", 40), ("3", 15))
    outcome = outcome_of(terms("election", entitled=100), ["1", "2", "3"], votes)
    assert (outcome.outcome, outcome.seats_left, elected(outcome)) == ("short", 1, set())


def test_candidates_with_equal_votes_for_the_last_seat_go_into_a_run_off() -> None:
    votes = ballots(("1 2", 30), ("1 3", 30), ("2 3", 30))
    outcome = outcome_of(terms("election", entitled=90, seats=2), ["1", "2", "3"], votes)
    assert (outcome.outcome, outcome.seats_left, elected(outcome)) == ("tied", 2, set())
    votes = ballots(("1 2", 31), ("1 3", 31), ("2 3", 30))
    outcome = outcome_of(terms("election", entitled=92, seats=2), ["1", "2", "3"], votes)
    assert (outcome.outcome, outcome.seats_left, elected(outcome)) == ("tied", 1, {"1"})
    assert {one.key for one in outcome.options if one.tied} == {"2", "3"}


def test_in_a_run_off_the_most_votes_decide() -> None:
    votes = ballots(("1", 30), ("2", 31), ("abstain", 29))
    outcome = outcome_of(terms("election", entitled=90, comparator="plurality"), ["1", "2"], votes)
    assert (outcome.outcome, elected(outcome)) == ("elected", {"2"})


def test_a_ranking_gives_points_by_place_and_equal_places() -> None:
    votes = ballots(("1 2 3", 2), ("2 1 3", 2), ("3 1 2", 1))
    outcome = outcome_of(terms("ranking", entitled=5, seats=1), ["1", "2", "3"], votes)
    assert [(one.votes, one.place) for one in outcome.options] == [(12, 1), (11, 2), (7, 3)]
    assert (outcome.threshold, outcome.outcome) == (None, "decided")
    tie = outcome_of(terms("ranking", entitled=2), ["1", "2", "3"], ballots(("1 2 3", 1), ("2 1 3", 1)))
    assert [one.place for one in tie.options] == [1, 1, 3]


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_percentages_are_rounded_half_up(number: int, whole: int) -> None:
    shown = Fraction(percent(number, whole))
    exact = Fraction(100 * number, whole) if whole else Fraction(0)
    assert -Fraction(1, 20) <= exact - shown < Fraction(1, 20)


@given(st.integers(0, 2000), st.sampled_from(["over_half", "at_least_half", "two_thirds"]))
def test_a_threshold_is_the_least_number_that_satisfies_the_comparator(base: int, comparator: str) -> None:
    def satisfies(votes: int) -> bool:
        share = Fraction(votes, base) if base else Fraction(0)
        return (
            votes > 0
            and {
                "over_half": share > Fraction(1, 2) or not base,
                "at_least_half": share >= Fraction(1, 2) or not base,
                "two_thirds": share >= Fraction(2, 3) or not base,
            }[comparator]
        )

    needed = threshold(base, comparator)
    assert satisfies(needed)
    assert not satisfies(needed - 1)


@given(
    votes=st.lists(st.lists(st.sampled_from("123456"), max_size=3, unique=True), max_size=40),
    seats=st.integers(1, 5),
    more=st.integers(0, 20),
    comparator=st.sampled_from(["over_half", "at_least_half", "two_thirds", "plurality"]),
    base=st.sampled_from(["entitled", "cast"]),
)
def test_elections_agree_with_a_count_by_hand(
    votes: list[list[str]], seats: int, more: int, comparator: str, base: str
) -> None:
    cast = Counter(tuple(one) or ("abstain",) for one in votes)
    given = terms("election", seats=seats, entitled=len(votes) + more, comparator=comparator, base=base)
    outcome = outcome_of(given, list("123456"), cast)
    got = {key: sum(key in one for one in votes) for key in "123456"}
    assert {one.key: one.votes for one in outcome.options} == got
    if len(votes) < part_of(given.entitled, given.least) or not votes:
        assert (outcome.outcome, elected(outcome)) == ("invalid", set())
        return
    whole = given.entitled if base == "entitled" else len(votes)
    fit = {key for key, count in got.items() if count >= threshold(whole, comparator)}
    # By hand: a fit candidate is elected where those who are at least as strong fit into the seats.
    sure = {key for key in fit if sum(got[other] >= got[key] for other in fit) <= seats}
    level = {key for key in fit - sure if sum(got[other] > got[key] for other in fit) < seats}
    assert elected(outcome) == sure
    assert {one.key for one in outcome.options if one.tied} == level
    assert outcome.seats_left == seats - len(sure)
    assert elected(outcome) <= {one.key for one in outcome.options if one.reached}


@given(st.lists(st.permutations(list("1234")), min_size=1, max_size=30))
def test_rankings_agree_with_a_count_by_hand(votes: list[list[str]]) -> None:
    cast = Counter(tuple(one) for one in votes)
    outcome = outcome_of(terms("ranking", entitled=len(votes)), list("1234"), cast)
    points = {key: sum(4 - one.index(key) for one in votes) for key in "1234"}
    assert {one.key: one.votes for one in outcome.options} == points
    assert all(one.place == 1 + sum(points[one.key] < other for other in points.values()) for one in outcome.options)
