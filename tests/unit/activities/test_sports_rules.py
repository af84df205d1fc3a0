"""Round robin, brackets, courts and times, standings: hand-worked cases and properties."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.activities.sports.drawing_rules import bracket, groups_of, planned, round_robin, slots_of
from services.activities.sports.standing_rules import Played, Scoring, table_of, winner_of

A, B, C, D = (UUID(int=number) for number in range(1, 5))
RULES = Scoring(2, 1, 0, 2, ("head_to_head", "wins", "set_quotient", "point_quotient"))
MORNING = datetime(2026, 5, 9, 1, tzinfo=UTC)


@given(st.integers(2, 20))
def test_every_pair_meets_once_and_nobody_twice_in_a_round(count: int):
    rounds = round_robin(range(count))
    met = [frozenset(pair) for one in rounds for pair in one]
    assert sorted(map(sorted, met)) == sorted(map(list, combinations(range(count), 2)))
    assert len(rounds) == count - 1 + count % 2
    for one in rounds:
        assert max(Counter(team for pair in one for team in pair).values(), default=1) == 1


@given(st.integers(2, 64))
def test_a_bracket_has_no_empty_match_and_its_byes_are_of_the_best(count: int):
    pairs = bracket(range(count))
    assert len(pairs) & (len(pairs) - 1) == 0
    assert sorted(team for pair in pairs for team in pair if team is not None) == list(range(count))
    byes = sorted(one for one, other in pairs if other is None)
    assert byes == list(range(2 * len(pairs) - count))


@given(st.integers(2, 6))
def test_if_the_better_always_wins_the_two_best_meet_in_the_final(power: int):
    teams = [team for pair in bracket(range(2**power)) for team in pair]
    while len(teams) > 2:
        teams = [min(one, other) for one, other in zip(teams[::2], teams[1::2], strict=True)]
    assert sorted(teams) == [0, 1]


@given(st.integers(1, 40), st.integers(1, 8))
def test_groups_differ_by_one_at_most_and_keep_the_best_apart(count: int, groups: int):
    found = groups_of(range(count), groups)
    assert sorted(team for group in found for team in group) == list(range(count))
    sizes = [len(group) for group in found]
    assert max(sizes) - min(sizes) <= 1
    assert all(group[0] < groups for group in found if group)


@given(st.integers(2, 12), st.integers(1, 4), st.integers(1, 4))
def test_no_team_plays_twice_at_a_time_and_no_court_has_two_matches(count: int, groups: int, courts: int):
    drawn = [round_robin(group) for group in groups_of(range(count), groups) if len(group) > 1]
    rounds = [pair for one in drawn for pair in one]
    times = slots_of([(MORNING, MORNING + timedelta(days=5))], [f"{one}" for one in range(courts)], 30)
    slots = planned(rounds, times, in_turn=False)
    assert slots is not None
    taken = [
        (slot, pair) for one, pairs in zip(slots, rounds, strict=True) for slot, pair in zip(one, pairs, strict=True)
    ]
    assert len({slot for slot, _ in taken}) == len(taken)
    at = Counter((slot.starts_at, team) for slot, pair in taken for team in pair)
    assert max(at.values(), default=1) == 1


def test_a_round_of_a_knock_out_waits_for_the_one_before():
    times = slots_of([(MORNING, MORNING + timedelta(hours=2))], ["一", "二", "三"], 30)
    slots = planned([[(A, B), (C, D)], [(None, None)]], times, in_turn=True)
    assert slots is not None
    assert slots[1][0].starts_at > max(slot.starts_at for slot in slots[0])
    assert (
        planned([[(A, B)]] * 5, slots_of([(MORNING, MORNING + timedelta(hours=1))], ["一"], 30), in_turn=True) is None
    )


@pytest.mark.parametrize(
    ("sets", "winner"),
    [
        ([(21, 15), (21, 18)], "home"), ([(21, 15), (18, 21), (11, 15)], "away"), ([(21, 15)], None),
        ([(21, 15), (21, 21)], None), ([(21, 15), (21, 18), (15, 5)], None), ([], None),
    ],
)  # fmt: skip
def test_the_sets_of_a_match_say_who_won(sets, winner):
    assert winner_of(sets, 2) == winner


def match(one: UUID, other: UUID, *sets: tuple[int, int]) -> Played:
    return Played(one, other, one if winner_of(sets, 2) == "home" else other, sets)


def ranks(*matches: Played, teams: tuple[UUID, ...] = (A, B, C, D)) -> list[tuple[int, UUID]]:
    return [(rank, line.team) for rank, line in table_of(teams, matches, RULES)]


def test_two_teams_with_equal_points_are_ranked_by_their_own_match():
    # A and B: two wins, one defeat; A beat B, although B has the better sets.
    found = ranks(
        match(A, B, (21, 19), (19, 21), (15, 13)), match(A, C, (21, 19), (19, 21), (15, 13)),
        match(D, A, (21, 10), (21, 10)), match(B, C, (21, 0), (21, 0)), match(B, D, (21, 0), (21, 0)),
        match(C, D, (21, 19), (21, 19)),
    )  # fmt: skip
    assert found[:2] == [(1, A), (2, B)]


def test_three_teams_that_beat_each_other_go_by_sets_then_the_rest_begins_anew():
    # A beat B, B beat C, C beat A, all beat D. Sets: B 5:3, A and C 5:4, so B is first.
    # A and C are compared anew: C beat A.
    found = ranks(
        match(A, B, (21, 19), (19, 21), (15, 13)), match(B, C, (21, 10), (10, 21), (15, 9)),
        match(C, A, (21, 10), (10, 21), (15, 10)), match(A, D, (21, 1), (1, 21), (15, 1)),
        match(B, D, (21, 1), (21, 1)), match(C, D, (21, 1), (1, 21), (15, 1)),
    )  # fmt: skip
    assert found == [(1, B), (2, C), (3, A), (4, D)]


def test_teams_equal_in_everything_share_a_rank():
    found = ranks(
        match(A, B, (21, 10), (21, 10)), match(B, C, (21, 10), (21, 10)), match(C, A, (21, 10), (21, 10)),
        teams=(A, B, C),
    )  # fmt: skip
    assert [rank for rank, _ in found] == [1, 1, 1]


def test_who_does_not_play_gets_the_points_of_a_walk_over():
    table = table_of((A, B), [Played(A, B, A, (), B)], RULES)
    assert [(line.points, line.sets_won, line.sets_lost, line.scored) for _, line in table] == [
        (2, 2, 0, 0),
        (0, 0, 2, 0),
    ]


@given(st.lists(st.tuples(st.permutations(range(5)), st.booleans()), max_size=12))
def test_ranks_begin_with_one_and_leave_out_as_many_as_share(played):
    teams = [UUID(int=number + 1) for number in range(5)]
    matches = [
        Played(teams[order[0]], teams[order[1]], teams[order[0 if wins else 1]], (((21, 9) if wins else (9, 21)),) * 2)
        for order, wins in played
    ]
    table = table_of(teams, matches, RULES)
    assert sorted(line.team for _, line in table) == teams
    for place, (rank, _) in enumerate(table, start=1):
        assert rank <= place
        assert rank == 1 + sum(other < rank for other, _ in table)
