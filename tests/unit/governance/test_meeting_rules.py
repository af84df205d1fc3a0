"""Rules of meetings: quorum and majority by exact figures, every illegal step of the workflows, the README."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

import pytest

from services.chassis.errors import NotAllowed, Refused
from services.chassis.rules.majorities import counted_of, votes_needed
from services.chassis.rules.workflow import Workflow
from services.contracts.governance.ballots.vocabulary import BALLOT_BASES, RULE_COMPARATORS
from services.contracts.governance.meetings import vocabulary
from services.governance.meetings import rules, workflow
from services.governance.meetings.vote_rules import Votes, quorum_of, votes_fit
from services.governance.meetings.workflow import ACTION, MEETING, MINUTES, MOTION, VOTE

README = Path(workflow.__file__).parents[1] / "README.md"
WORKFLOWS = (MEETING, MINUTES, MOTION, VOTE, ACTION)
STATES = {
    "meeting": vocabulary.MEETING_STATES, "meeting_minutes": vocabulary.MINUTES_STATES,
    "meeting_motion": vocabulary.MOTION_STATES, "action_item": vocabulary.ACTION_STATES,
    "meeting_vote": vocabulary.MEETING_VOTES,
}  # fmt: skip
STEPS = [
    (one, state, action)
    for one in WORKFLOWS
    for state in one.states
    for action in dict.fromkeys(row.action for row in one.transitions)
]


@pytest.mark.parametrize(("one", "state", "action"), STEPS, ids=lambda value: getattr(value, "name", value))
def test_a_step_is_made_where_the_table_has_it_and_refused_with_the_legal_ones_elsewhere(
    one: Workflow, state: str, action: str
) -> None:
    rows = [row for row in one.transitions if state in row.sources and row.action == action]
    if rows:
        assert one.apply(state, action, roles=rows[0].roles) == rows[0].target
        with pytest.raises(NotAllowed):
            one.apply(state, action, roles=frozenset({"seated"}))
        return
    with pytest.raises(Refused) as refused:
        one.apply(state, action, roles=None)
    assert (refused.value.rule, refused.value.params["legal"]) == (f"workflow.{one.name}", list(one.legal(state)))


@pytest.mark.parametrize("one", WORKFLOWS, ids=lambda one: one.name)
def test_states_have_words_and_the_readme_draws_them(one: Workflow) -> None:
    assert set(one.states) == set(STATES[one.name])
    assert one.mermaid().strip() in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entitled", "share", "needed"),
    [
        (5, "2/3", 4),
        (6, "2/3", 4),
        (7, "2/3", 5),
        (180, "2/3", 120),
        (200, "2/3", 134),
        (301, "2/3", 201),
        (9, "1/2", 5),
    ],
)
def test_a_quorum_is_rounded_up(entitled: int, share: str, needed: int) -> None:
    assert quorum_of(entitled, Fraction(share)) == needed


@pytest.mark.parametrize(
    ("whole", "over_half", "at_least_half", "two_thirds"),
    [(180, 91, 90, 120), (200, 101, 100, 134), (301, 151, 151, 201), (1, 1, 1, 1), (2, 2, 1, 2), (3, 2, 2, 2)],
)
def test_majorities_are_exact_at_the_half_and_at_two_thirds(
    whole: int, over_half: int, at_least_half: int, two_thirds: int
) -> None:
    found = [votes_needed(comparator, whole) for comparator in RULE_COMPARATORS]
    assert found == [over_half, at_least_half, two_thirds]


def test_a_majority_is_counted_of_all_of_those_present_or_of_those_who_voted() -> None:
    votes = Votes(3, 1, 1)
    assert [counted_of(base, entitled=9, present=7, cast=votes.cast) for base in BALLOT_BASES] == [9, 7, 5]


@pytest.mark.parametrize(("votes", "fits"), [((0, 0, 0), False), ((3, 1, 0), True), ((3, 1, 1), False)])
def test_no_more_vote_than_are_there(votes: tuple[int, int, int], fits: bool) -> None:
    assert (votes_fit(Votes(*votes), 4) is None) is fits


def test_a_meeting_is_today_or_later_and_ends_within_a_day() -> None:
    start, today = datetime(2026, 3, 11, 2, tzinfo=UTC), date(2026, 3, 11)
    hour = timedelta(hours=1)
    assert rules.times_fit(start, start + hour, today, today) is None
    yesterday = today - timedelta(days=1)
    for end, day in ((start + hour, yesterday), (start + 25 * hour, today), (start, today)):
        refused = rules.times_fit(start, end, day, today)
        assert refused is not None
        assert refused.rule == "meetings.times_fit"


def test_an_order_names_every_item_once() -> None:
    first, second = uuid4(), uuid4()
    assert rules.order_is_whole([second, first], {first, second}) is None
    for given in ([first], [first, first], [first, second, uuid4()]):
        assert rules.order_is_whole(given, {first, second}) is not None
