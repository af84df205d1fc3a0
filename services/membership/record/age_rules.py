"""Rules of figures by age: the groups, the births that fall in them, and which counts are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

GROUPS: tuple[tuple[int, int | None], ...] = ((0, 30), (30, 40), (40, 50), (50, 60), (60, None))
"""First age of a group, and the first that is no longer in it; None for no limit."""
LEAST = 5
"""The smallest number that is told: fewer people of known age, unit and employment could be named."""

Group = tuple[int, int | None]


def births_of(group: Group, today: date) -> tuple[date | None, date | None]:
    """Return the last day of birth of a group, and the last that is too early for it; None for no limit."""
    first, end = group
    return (_years_before(today, first) if first else None, _years_before(today, end) if end is not None else None)


def told(counts: Mapping[Group, int]) -> dict[Group, int | None]:
    """Return the counts that are told; None for groups of a few, and for one more where a single one could be reckoned.

    The sum is known from other figures, so a single hidden count would follow from it.
    """
    hidden = {group for group, count in counts.items() if 0 < count < LEAST}
    if len(hidden) == 1:
        others = [group for group, count in counts.items() if group not in hidden and count]
        hidden |= {min(others, key=lambda group: counts[group])} if others else set()
    return {group: None if group in hidden else count for group, count in counts.items()}


def _years_before(day: date, years: int) -> date:
    """Return the day of birth of who turns so many years old on a day; of 29 February, 28 February in other years."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
