"""How many votes pass what is voted on. Exact, without floats."""

from __future__ import annotations


def votes_needed(comparator: str, counted_of: int) -> int:
    """Return how many votes in favour pass a decision; nothing passes without a vote.

    Args:
        comparator: "over_half", "at_least_half" or "two_thirds".
        counted_of: the number the majority is counted of.

    >>> [votes_needed("over_half", 180), votes_needed("at_least_half", 180), votes_needed("over_half", 301)]
    [91, 90, 151]
    """
    least = {
        "over_half": counted_of // 2 + 1,
        "at_least_half": -(-counted_of // 2),
        "two_thirds": -(-counted_of * 2 // 3),
    }[comparator]
    return max(1, least)


def counted_of(base: str, *, entitled: int, present: int, cast: int) -> int:
    """Return the number a majority is counted of.

    Args:
        base: "entitled", "present" or "cast".
        entitled: all who may vote.
        present: who is there.
        cast: who voted, abstentions included.
    """
    return {"entitled": entitled, "present": present, "cast": cast}[base]
