"""Rules of drawing: groups, round robin by the circle method, the bracket, courts and times. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

Team = TypeVar("Team", bound=Hashable)


@dataclass(frozen=True)
class Slot:
    """A court at a time.

    Args:
        starts_at: of the match.
        court: its name.
    """

    starts_at: datetime
    court: str


def round_robin(teams: Sequence[Team]) -> list[list[tuple[Team, Team]]]:
    """Return the rounds in which every pair meets once, by the circle method.

    The first team stays, the others go round; with an odd number one team rests in each round. Who comes first in a
    pair changes from round to round.
    """
    circle: list[Team | None] = [*teams, *([None] if len(teams) % 2 else [])]
    count, rounds = len(circle), []
    for number in range(count - 1):
        pairs = []
        for place in range(count // 2):
            one, other = circle[place], circle[count - 1 - place]
            if one is not None and other is not None:
                pairs.append((one, other) if (number + place) % 2 == 0 else (other, one))
        rounds.append(pairs)
        circle = [circle[0], circle[-1], *circle[1:-1]]
    return rounds


def groups_of(teams: Sequence[Team], count: int) -> list[list[Team]]:
    """Return groups whose sizes differ by one at most: teams in order go to and fro, so the best are apart."""
    groups: list[list[Team]] = [[] for _ in range(count)]
    for place, team in enumerate(teams):
        lap, number = divmod(place, count)
        groups[number if lap % 2 == 0 else count - 1 - number].append(team)
    return groups


def bracket(teams: Sequence[Team]) -> list[tuple[Team, Team | None]]:
    """Return the first round of a knock-out: the best teams meet last, and have the byes.

    Args:
        teams: two at least, the best first.

    Returns:
        pairs in the order of the bracket; None for a bye. Winners of two neighbours meet next.
    """
    size = 2
    while size < len(teams):
        size *= 2
    order = [1, 2]
    while len(order) < size:
        total = 2 * len(order) + 1
        order = [seed for one in order for seed in (one, total - one)]
    seeds: list[Team | None] = [teams[seed - 1] if seed <= len(teams) else None for seed in order]
    pairs = []
    for one, other in zip(seeds[::2], seeds[1::2], strict=True):
        first, second = (one, other) if one is not None else (other, one)
        assert first is not None  # There are fewer byes than pairs.
        pairs.append((first, second))
    return pairs


def slots_of(
    periods: Sequence[tuple[datetime, datetime]], courts: Sequence[str], minutes: int
) -> list[list[Slot]]:  # fmt: skip
    """Return the courts of each time at which matches can begin, in order."""
    times = []
    for starts_at, ends_at in sorted(periods):
        at = starts_at
        while at + timedelta(minutes=minutes) <= ends_at:
            times.append([Slot(at, court) for court in courts])
            at += timedelta(minutes=minutes)
    return times


def planned(
    rounds: Sequence[Sequence[tuple[Team | None, Team | None]]], times: Sequence[Sequence[Slot]], *, in_turn: bool
) -> list[list[Slot]] | None:
    """Return a slot for each match of each round; None where there are too few.

    No team plays twice at one time. A match takes the first free slot of a time at which neither of its teams plays.

    Args:
        rounds: of pairs; None is a team that is not known yet.
        times: free slots by time.
        in_turn: whether a round begins after the one before is over, because teams follow from it.
    """
    free = [list(slots) for slots in times]
    busy: list[set[Team]] = [set() for _ in times]
    first, result = 0, []
    for pairs in rounds:
        taken, last = [], first - 1
        for pair in pairs:
            teams = {team for team in pair if team is not None}
            at = next((n for n in range(first, len(free)) if free[n] and not busy[n] & teams), None)
            if at is None:
                return None
            taken.append(free[at].pop(0))
            busy[at] |= teams
            last = max(last, at)
        result.append(taken)
        if in_turn:
            first = last + 1
    return result
