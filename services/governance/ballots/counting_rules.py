"""What comes of votes. Pure: counts in, figures out; every figure can be recomputed by hand from the votes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.chassis.rules.majorities import votes_needed

ABSTAIN = "abstain"
YES = "yes"


@dataclass(frozen=True)
class Terms:
    """By what a ballot is counted.

    Args:
        kind: of `BALLOT_KINDS`.
        base: of `BALLOT_BASES`; `present` counts those who voted where presence was not taken.
        comparator: of `BALLOT_COMPARATORS`.
        seats: how many are elected, or how many options a voter may choose.
        least: the part of the roll that must take part.
        entitled: how many stand on the roll.
        present: how many of them are present or represented; None where presence was not taken.
    """

    kind: str
    base: str
    comparator: str
    seats: int
    least: Fraction
    entitled: int
    present: int | None


@dataclass(frozen=True)
class Counted:
    """An option with what it got; see the contract's `CountedOption`."""

    key: str
    votes: int
    percent: str | None
    place: int
    reached: bool
    elected: bool
    tied: bool


@dataclass(frozen=True)
class Outcome:
    """What came of a ballot; see the contract's `BallotResult`."""

    outcome: str
    cast: int
    abstained: int
    participated: int
    least: int
    base_count: int
    threshold: int | None
    exactly_half: bool
    seats_left: int
    options: tuple[Counted, ...]


def threshold(base_count: int, comparator: str) -> int:
    """Return the least number of votes that satisfies a comparator; nobody wins without a vote.

    >>> [threshold(180, "over_half"), threshold(180, "at_least_half"), threshold(301, "over_half")]
    [91, 90, 151]
    """
    return 1 if comparator == "plurality" else votes_needed(comparator, base_count)


def part_of(whole: int, part: Fraction) -> int:
    """Return the least whole number that is at least a part of a whole: two thirds of 200 are 134."""
    return math.ceil(whole * part)


def percent(number: int, whole: int) -> str:
    """Return a number as a percentage of a whole with one place, rounded half up; 0.0 of nothing."""
    if not whole:
        return "0.0"
    tenths = (number * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def base_count(terms: Terms, cast: int) -> int:
    """Return the number that votes are compared with."""
    if terms.base == "entitled":
        return terms.entitled
    if terms.base == "present" and terms.present is not None:
        return terms.present
    return cast


def tally(kind: str, keys: Sequence[str], votes: Mapping[tuple[str, ...], int]) -> dict[str, int]:
    """Return what each option got.

    Args:
        kind: of `BALLOT_KINDS`; in a ranking of n options the first of a vote gets n points, the next n - 1.
        keys: of the options.
        votes: how often each vote was cast; abstentions name no option.
    """
    got = dict.fromkeys(keys, 0)
    for choices, times in votes.items():
        for place, key in enumerate(choices):
            if key in got:
                got[key] += times * (len(keys) - place if kind == "ranking" else 1)
    return got


def outcome_of(terms: Terms, keys: Sequence[str], votes: Mapping[tuple[str, ...], int]) -> Outcome:
    """Return what came of a ballot.

    Args:
        terms: by what it is counted.
        keys: of the options, in their order; `yes`, `no` and `abstain` of a yes or no.
        votes: how often each vote was cast.
    """
    cast = sum(votes.values())
    abstained = votes.get((ABSTAIN,), 0)
    participated = cast if terms.present is None else terms.present
    least, base = part_of(terms.entitled, terms.least), base_count(terms, cast)
    needed = None if terms.kind == "ranking" else threshold(base, terms.comparator)
    got = tally(terms.kind, keys, votes)
    is_valid = participated >= least and cast > 0
    elected, tied = _elected(terms, got, needed) if is_valid else (frozenset(), frozenset())
    options = tuple(
        Counted(
            key=key,
            votes=got[key],
            percent=None if needed is None else percent(got[key], base),
            place=1 + sum(other > got[key] for other in got.values()),
            reached=needed is not None and got[key] >= needed,
            elected=key in elected,
            tied=key in tied,
        )
        for key in keys
    )
    deciding = [got[YES]] if terms.kind == "yes_no" else list(got.values())
    return Outcome(
        outcome=_word(terms, got, needed, elected, tied) if is_valid else "invalid",
        cast=cast,
        abstained=abstained,
        participated=participated,
        least=least,
        base_count=base,
        threshold=needed,
        exactly_half=needed is not None and base > 0 and any(2 * votes == base for votes in deciding),
        seats_left=terms.seats - len(elected) if terms.kind == "election" else 0,
        options=options,
    )


def _elected(terms: Terms, got: Mapping[str, int], needed: int | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return who is elected and who is tied for the seats that are left; a candidate below the threshold is neither."""
    if terms.kind != "election" or needed is None:
        return frozenset(), frozenset()
    fit = sorted((votes for votes in got.values() if votes >= needed), reverse=True)
    if len(fit) <= terms.seats:
        return frozenset(key for key, votes in got.items() if votes >= needed), frozenset()
    last = fit[terms.seats - 1]
    above = frozenset(key for key, votes in got.items() if votes > last)
    level = frozenset(key for key, votes in got.items() if votes == last)
    return (above | level, frozenset()) if len(above) + len(level) == terms.seats else (above, level)


def _word(
    terms: Terms, got: Mapping[str, int], needed: int | None, elected: frozenset[str], tied: frozenset[str]
) -> str:
    if terms.kind == "yes_no":
        return "passed" if needed is not None and got[YES] >= needed else "failed"
    if terms.kind != "election":
        return "decided"
    if tied:
        return "tied"
    return "elected" if len(elected) == terms.seats else "short"
