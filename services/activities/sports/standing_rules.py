"""Rules of results and standings: sets, points, tie-breaks. Pure; quotients are exact."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Played:
    """A match that has a winner.

    Args:
        home: a team.
        away: the other.
        winner: one of them.
        sets: points of home and away by set; empty where a team did not play.
        absent: the team that did not play.
    """

    home: UUID
    away: UUID
    winner: UUID
    sets: tuple[tuple[int, int], ...] = ()
    absent: UUID | None = None


@dataclass(frozen=True)
class Scoring:
    """What a match gives, and what decides between equal teams.

    Args:
        win: points of a win.
        loss: points of a defeat.
        walk_over: points of a team that did not play.
        sets_to_win: sets a win by walk-over counts for.
        tie_breaks: in the order in which they are compared.
    """

    win: int
    loss: int
    walk_over: int
    sets_to_win: int
    tie_breaks: tuple[str, ...]


@dataclass
class Line:
    """A team's figures."""

    team: UUID
    played: int = 0
    won: int = 0
    lost: int = 0
    points: int = 0
    sets_won: int = 0
    sets_lost: int = 0
    scored: int = 0
    conceded: int = 0


def winner_of(sets: Sequence[tuple[int, int]], sets_to_win: int) -> str | None:
    """Return who won, `home` or `away`; None where the sets are not those of a match that is over.

    A match is over with the set in which one side wins its last; no set is drawn, and none follows.
    """
    won = {"home": 0, "away": 0}
    for place, (home, away) in enumerate(sets):
        if home == away:
            return None
        side = "home" if home > away else "away"
        won[side] += 1
        if won[side] == sets_to_win:
            return side if place == len(sets) - 1 else None
    return None


def lines_of(teams: Collection[UUID], matches: Collection[Played], scoring: Scoring) -> dict[UUID, Line]:
    """Return the figures of teams from the matches between them. A walk-over counts as all sets, without points."""
    lines = {team: Line(team) for team in teams}
    for match in matches:
        if match.home not in lines or match.away not in lines:
            continue
        for team, side in ((match.home, 0), (match.away, 1)):
            line, wins = lines[team], match.winner == team
            line.played += 1
            line.won += wins
            line.lost += not wins
            line.points += scoring.win if wins else scoring.walk_over if match.absent == team else scoring.loss
            if match.absent is not None:
                line.sets_won += scoring.sets_to_win if wins else 0
                line.sets_lost += 0 if wins else scoring.sets_to_win
            for one in match.sets:
                line.sets_won += one[side] > one[1 - side]
                line.sets_lost += one[side] < one[1 - side]
                line.scored += one[side]
                line.conceded += one[1 - side]
    return lines


def table_of(
    teams: Collection[UUID], matches: Collection[Played], scoring: Scoring
) -> list[tuple[int, Line]]:  # fmt: skip
    """Return the ranks and figures of a group, the best first; teams equal in all share a rank, as 1, 2, 2, 4."""
    lines = lines_of(teams, matches, scoring)
    ranked: list[tuple[int, Line]] = []
    for tied in _split(sorted(teams), {team: (line.points,) for team, line in lines.items()}):
        for same in _untied(tied, lines, matches, scoring, scoring.tie_breaks):
            ranked.extend((len(ranked) + 1 - place, lines[team]) for place, team in enumerate(same))
    return ranked


def _untied(
    tied: list[UUID], lines: Mapping[UUID, Line], matches: Collection[Played], scoring: Scoring,
    criteria: Sequence[str],
) -> list[list[UUID]]:  # fmt: skip
    """Return teams with the same points in order; those that a criterion separates begin anew among themselves."""
    if len(tied) == 1 or not criteria:
        return [tied]
    keys = {team: _key(criteria[0], team, tied, lines, matches, scoring) for team in tied}
    parts = _split(tied, keys)
    if len(parts) == 1:
        return _untied(tied, lines, matches, scoring, criteria[1:])
    return [same for part in parts for same in _untied(part, lines, matches, scoring, scoring.tie_breaks)]


def _key(
    criterion: str, team: UUID, tied: Collection[UUID], lines: Mapping[UUID, Line], matches: Collection[Played],
    scoring: Scoring,
) -> Key:  # fmt: skip
    line = lines[team]
    if criterion == "head_to_head":
        return (lines_of(tied, matches, scoring)[team].points,)
    if criterion == "wins":
        return (line.won,)
    if criterion == "set_quotient":
        return _quotient(line.sets_won, line.sets_lost)
    return _quotient(line.scored, line.conceded)


def _quotient(won: int, lost: int) -> Key:
    """Return a quotient to compare; won without a loss is above every other."""
    return (1, Fraction(won)) if lost == 0 and won else (0, Fraction(won, lost or 1))


def _split(teams: Sequence[UUID], keys: Mapping[UUID, Key]) -> list[list[UUID]]:
    """Return teams by their key, the greatest first."""
    return [[team for team in teams if keys[team] == key] for key in sorted({keys[t] for t in teams}, reverse=True)]
