"""Rules of seats: dividing them by largest remainder, and the shares among delegates. Pure: counts are arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TypeVar

from services.chassis.rules.refusal import Refusal

Key = TypeVar("Key")


def share_of(share: Fraction, total: int) -> int:
    """Return how many of a total a share comes to, rounded up: two thirds of 200 are 134."""
    return ceil(share * total)


def divided(seats: int, headcounts: Mapping[Key, int], least: int = 0) -> dict[Key, int]:
    """Divide seats by largest remainder; a unit whose part is smaller than `least` gets that, the others the rest.

    Of equal remainders the unit with more members comes first, then the one whose id does.

    Args:
        seats: to be divided, at least `least` for each unit.
        headcounts: how many members each unit has; not all are zero.
        least: seats that every unit has.
    """
    raised: set[Key] = set()
    while True:
        others = {one: count for one, count in headcounts.items() if one not in raised}
        parts = _by_largest_remainder(seats - least * len(raised), others)
        below = {one for one, part in parts.items() if part < least}
        if not below:
            return {**parts, **dict.fromkeys(raised, least)}
        raised |= below


def _by_largest_remainder(seats: int, headcounts: Mapping[Key, int]) -> dict[Key, int]:
    total = sum(headcounts.values())
    if not total:
        return dict.fromkeys(headcounts, 0)
    parts = {one: seats * count // total for one, count in headcounts.items()}

    def rank(one: Key) -> tuple[int, int, str]:
        return -(seats * headcounts[one] % total), -headcounts[one], str(one)

    for one in sorted(headcounts, key=rank)[: seats - sum(parts.values())]:
        parts[one] += 1
    return parts


def seats_suffice(seats: int, units: int, least: int) -> Refusal | None:
    """Every unit that elects gets the least number of seats."""
    if seats >= units * least:
        return None
    params = {"seats": seats, "units": units, "least": least, "minimum": units * least}
    return Refusal("congress.seats_suffice", f"{units} units need {units * least} seats.", "least", params)


def somebody_elects(members: int) -> Refusal | None:
    """Seats are divided among units that have voting members."""
    return None if members else Refusal("congress.somebody_elects", "No unit has voting members.", "unit_ids")


def seats_cover_delegates(seats: int, filled: int, unit: str | None = None) -> Refusal | None:
    """A unit keeps as many seats as it has delegates serving."""
    if seats >= filled:
        return None
    params = {"seats": seats, "filled": filled, **({"unit_id": unit} if unit else {})}
    return Refusal("congress.seats_cover_delegates", f"{filled} delegates serve for the unit.", "seats", params)


def seats_are_all_allotted(allotted: int, seats: int) -> Refusal | None:
    """What the units have together is no more than the body has."""
    if allotted <= seats:
        return None
    params = {"allotted": allotted, "seats": seats}
    return Refusal("congress.seats_are_within_body", f"The body has {seats} seats.", "seats", params)


@dataclass(frozen=True)
class ShareFound:
    """A share as counted: `found` of `of`, where the rule asks for `needed`."""

    share: str
    found: int
    of: int
    needed: int

    @property
    def missing(self) -> int:
        """How many are missing; 0 where the share is reached."""
        return max(0, self.needed - self.found)


def share_found(name: str, found: int, of: int, least: Fraction) -> ShareFound:
    """Return a share of all delegates against the least that a rule asks for."""
    return ShareFound(name, found, of, share_of(least, of))


def women_in_proportion(found: int, of: int, women: int, staff: int, part: Fraction) -> ShareFound:
    """Return the women among the delegates against their part of the staff; `part` of it is enough by the rule."""
    proportion = Fraction(women, staff) * part if staff else Fraction(0)
    return ShareFound("women", found, of, share_of(proportion, of))
