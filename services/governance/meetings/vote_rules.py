"""Quorum and majority: how many must be there, and how many votes a decision needs. Pure, exact, without floats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from services.chassis.rules.refusal import Refusal


@dataclass(frozen=True)
class Votes:
    """What was counted.

    Args:
        yes: in favour.
        no: against.
        abstained: neither.
    """

    yes: int
    no: int
    abstained: int

    @property
    def cast(self) -> int:
        """How many voted, abstentions included."""
        return self.yes + self.no + self.abstained


def quorum_of(entitled: int, share: Fraction) -> int:
    """Return how many of those entitled must be there: the share of them, rounded up."""
    return ceil(entitled * share)


def quorum_is_there(present: int, needed: int) -> Refusal | None:
    """A meeting opens and decides while enough of its members are there; guests never count."""
    if present >= needed:
        return None
    missing = needed - present
    return Refusal(
        "meetings.quorum_is_there", f"{missing} more members must be there.",
        params={"present": present, "quorum": needed, "missing": missing},
    )  # fmt: skip


def votes_fit(votes: Votes, present: int) -> Refusal | None:
    """No more vote than are there, and somebody votes."""
    if 0 < votes.cast <= present:
        return None
    return Refusal(
        "meetings.votes_fit", "The votes are more than the members present, or none.", field="votes_for",
        params={"cast": votes.cast, "present": present},
    )  # fmt: skip
