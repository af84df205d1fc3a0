"""Rules of the congress by their figures: seats by largest remainder, shares, elections."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.errors import NotAllowed, Refused
from services.chassis.rules.majorities import votes_needed
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.workflow import Workflow
from services.contracts.governance.congress.vocabulary import RENEWAL_ITEMS, RENEWAL_PARTS
from services.governance.congress import renewal_rules, rules, seat_rules, session_rules
from services.governance.congress.workflow import AGENDA_ITEM, CONGRESS, DELEGATE, SESSION, SPEAKER, UNIT_ELECTION
from services.governance.minutes import rules as minutes_rules

HALF = Fraction(1, 2)
_HEADCOUNTS = st.dictionaries(st.integers(0, 10_000), st.integers(0, 5_000), min_size=1, max_size=60).filter(
    lambda counts: any(counts.values())
)


@given(_HEADCOUNTS, st.integers(0, 800))
def test_all_seats_are_divided_and_no_unit_is_off_its_part_by_one(counts: dict[int, int], seats: int) -> None:
    divided = seat_rules.divided(seats, counts)

    assert sum(divided.values()) == seats
    total = sum(counts.values())
    assert all(abs(divided[unit] - Fraction(seats * count, total)) < 1 for unit, count in counts.items())


@given(_HEADCOUNTS, st.integers(0, 4), st.integers(0, 300))
def test_every_unit_has_the_least_and_none_is_lost(counts: dict[int, int], least: int, more: int) -> None:
    seats = least * len(counts) + more

    divided = seat_rules.divided(seats, counts, least)

    assert sum(divided.values()) == seats
    assert all(one >= least for one in divided.values())
    assert divided.keys() == counts.keys()


@given(_HEADCOUNTS, st.integers(1, 300))
def test_a_larger_unit_never_has_fewer_seats(counts: dict[int, int], seats: int) -> None:
    divided = seat_rules.divided(seats, counts)

    for one, count in counts.items():
        assert all(divided[one] >= divided[other] for other, less in counts.items() if less < count)


def test_seats_are_divided_as_by_hand() -> None:
    # 21 seats of 1,000: parts 8.61, 6.3, 4.2, 1.89; the remainders .89 and .61 get one more each.
    assert seat_rules.divided(21, {"a": 410, "b": 300, "c": 200, "d": 90}) == {"a": 9, "b": 6, "c": 4, "d": 2}
    assert seat_rules.divided(10, {"a": 980, "b": 10, "c": 10}, 1) == {"a": 8, "b": 1, "c": 1}


@pytest.mark.parametrize(("total", "needed"), [(180, 120), (200, 134), (301, 201), (1, 1), (2, 2), (3, 2)])
def test_two_thirds_are_rounded_up(total: int, needed: int) -> None:
    assert seat_rules.share_of(Fraction(2, 3), total) == needed


def test_what_is_missing_of_a_share_is_told() -> None:
    teachers = seat_rules.share_found("teachers", 55, 99, Fraction(60, 100))
    assert (teachers.needed, teachers.missing) == (60, 5)
    women = seat_rules.women_in_proportion(45, 99, 500, 1_000, Fraction(1))
    assert (women.needed, women.missing) == (50, 5)
    assert seat_rules.women_in_proportion(0, 10, 0, 0, Fraction(1)).missing == 0


def test_an_election_needs_turnout_candidates_and_votes() -> None:
    two_thirds, margin = Fraction(2, 3), Fraction(15, 100)
    assert rules.turnout_suffices(67, 100, two_thirds) is None
    assert rules.turnout_suffices(66, 100, two_thirds) is not None
    assert rules.turnout_suffices(101, 100, two_thirds) is not None
    assert rules.candidates_exceed_seats(2, 1, margin) is None
    assert rules.candidates_exceed_seats(1, 1, margin) is not None
    assert rules.candidates_exceed_seats(22, 20, margin) is not None
    assert rules.candidates_exceed_seats(23, 20, margin) is None
    assert rules.votes_elect([51], 100, 80, HALF) is None
    assert rules.votes_elect([50], 100, 80, HALF) is not None
    assert rules.votes_elect([81], 100, 80, HALF) is not None


def test_a_term_ends_the_day_before_its_years_are_over() -> None:
    assert rules.end_of_term(date(2024, 3, 20), 5) == date(2029, 3, 19)
    assert rules.end_of_term(date(2024, 2, 29), 3) == date(2027, 2, 28)


@pytest.mark.parametrize("workflow", [CONGRESS, DELEGATE, SESSION, AGENDA_ITEM, SPEAKER, UNIT_ELECTION])
def test_every_other_move_is_refused_with_the_legal_ones(workflow: Workflow) -> None:
    actions = {row.action for row in workflow.transitions}
    for state in workflow.states:
        for action in actions - set(workflow.legal(state)):
            with pytest.raises(Refused) as refused:
                workflow.apply(state, action, roles=None)
            assert refused.value.params["legal"] == list(workflow.legal(state))


def test_only_officers_move_a_term() -> None:
    with pytest.raises(NotAllowed):
        CONGRESS.apply("preparing", "begin", roles={"chair", "member"})


@pytest.mark.parametrize(("delegates", "quorum"), [(180, 120), (200, 134), (301, 201), (0, 1)])
def test_a_quorum_is_two_thirds_of_all_delegates(delegates: int, quorum: int) -> None:
    assert session_rules.quorum_of(delegates, Fraction(2, 3)) == quorum


@pytest.mark.parametrize(
    ("delegates", "over_half", "at_least_half"), [(180, 91, 90), (200, 101, 100), (301, 151, 151), (0, 1, 1)]
)
def test_votes_are_counted_against_all_delegates(delegates: int, over_half: int, at_least_half: int) -> None:
    assert votes_needed("over_half", delegates) == over_half
    assert votes_needed("at_least_half", delegates) == at_least_half
    assert votes_needed("two_thirds", delegates) == max(1, -(-2 * delegates // 3))


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("六届四次", (6, 4)), ("第六届第四次会议", (6, 4)), ("十二届二十一次", (12, 21)), ("第6届4次", (6, 4)),
        ("第十届", (10, None)), ("住房分配", None),
    ],
)  # fmt: skip
def test_a_session_is_found_by_its_name(words: str, called: tuple[int, int | None] | None):
    assert session_rules.session_called(words) == called


def test_a_third_of_the_delegates_asks_for_an_extra_session():
    third = Fraction(1, 3)
    assert session_rules.enough_ask(67, 200, third) is None
    refusal = session_rules.enough_ask(66, 200, third)
    assert refusal is not None
    assert refusal.params == {"requesters": 66, "required": 67, "delegates": 200}
    assert session_rules.enough_ask(60, 180, third) is None
    assert session_rules.enough_ask(0, 0, third) is not None


@pytest.mark.parametrize(
    ("exists", "number", "reports", "refused"),
    [(True, 2, False, True), (True, 2, True, False), (True, 1, False, False), (False, 4, False, False)],
)
def test_the_executive_committee_reports_from_the_second_session_on(
    exists: bool, number: int, reports: bool, refused: bool
):
    assert (session_rules.executive_reports(exists, number, reports) is not None) is refused


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400), st.integers(0, 100))
def test_days_of_a_renewal_lie_between_its_opening_and_the_terms_end(opened: date, days: int, percent: int) -> None:
    ends = opened + timedelta(days=days)

    due = renewal_rules.due_day(opened, ends, percent)

    assert opened <= due <= max(opened, ends)
    assert renewal_rules.due_day(opened, ends, 100) == max(opened, ends)


def test_every_item_of_a_renewal_has_its_part_of_the_time_in_the_order_of_the_list() -> None:
    assert list(RENEWAL_PARTS) == list(RENEWAL_ITEMS)
    parts = list(RENEWAL_PARTS.values())
    assert parts == sorted(parts)
    assert parts[-1] == 100


@pytest.mark.parametrize(("done", "days", "state"), [(True, -9, "done"), (False, -1, "late"), (False, 0, "waiting")])
def test_an_item_is_late_after_its_last_day_until_it_is_done(done: bool, days: int, state: str) -> None:
    today = date(2026, 3, 11)
    assert renewal_rules.state_of(done, today + timedelta(days=days), today) == state


def test_a_checklist_has_some_items_and_keeps_its_opening_in_the_refusal() -> None:
    refusal = renewal_rules.items_are_few(60, 60)
    assert refusal is not None
    assert refusal.params == {"most": 60}
    assert renewal_rules.items_are_few(59, 60) is None
    waits = renewal_rules.renewal_is_open(False, date(2030, 8, 28))
    assert waits is not None
    assert waits.params == {"opens_on": "2030-08-28"}
    assert renewal_rules.renewal_is_open(False, None) == Refusal(
        "congress.renewal_is_open", "The renewal has not begun."
    )


def test_a_unit_that_votes_enters_nobody_by_hand_and_its_members_without_a_seat_stand() -> None:
    assert rules.election_is_over(False) is None
    assert _rule(rules.election_is_over(True)) == "congress.election_is_over"
    assert rules.candidates_belong_to_unit(0, 0) is None
    for strangers, seated in ((1, 0), (0, 1), (2, 1)):
        refusal = rules.candidates_belong_to_unit(strangers, seated)
        assert refusal is not None
        assert refusal.params == {"count": strangers + seated}


def test_the_readme_has_the_diagram_of_an_election_by_ballot() -> None:
    readme = Path(rules.__file__).parents[1] / "README.md"
    assert UNIT_ELECTION.mermaid() in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["heard", "passed", "reviewed"])
def test_only_an_item_that_assesses_leaders_cites_a_round_of_leaders(kind: str) -> None:
    assert session_rules.item_is_assessed("assessed") is None
    assert _rule(session_rules.item_is_assessed(kind)) == "congress.item_is_assessed"
    assert session_rules.rating_assesses_leaders("leaders", "open") is None
    for other in (("leaders", "cancelled"), ("union", "closed")):
        assert _rule(session_rules.rating_assesses_leaders(*other)) == "congress.rating_assesses_leaders"


@pytest.mark.parametrize("state", ["draft", "convened", "in_session"])
def test_an_archive_is_made_after_the_end(state: str) -> None:
    assert session_rules.session_is_over("closed") is None
    assert _rule(session_rules.session_is_over(state)) == "congress.session_is_over"


@pytest.mark.parametrize(("base", "latest"), [(0, 1), (1, 2), (2, 1)])
def test_minutes_are_written_from_their_latest_revision(base: int, latest: int) -> None:
    assert minutes_rules.nobody_saved_meanwhile(latest, latest) is None
    assert _rule(minutes_rules.nobody_saved_meanwhile(base, latest)) == "minutes.nobody_saved_meanwhile"


def _rule(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.rule
