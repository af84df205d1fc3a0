"""Figures as lengths: amounts of services as numbers, the end of a scale, parts of it in percent."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

SMALLEST = 0.6
"""Percent of the width under which a figure that is not zero could not be seen."""
_STEPS = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal("2.5"), Decimal(3), Decimal(4), Decimal(5), Decimal(6),
          Decimal(8), Decimal(10))  # fmt: skip
_SHORT = {
    False: ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    True: ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k")),
}
"""Units of short figures, by whether they are English."""


def amount(value: Any) -> Decimal:
    """Return a figure as services send it (a number, a decimal text, nothing) as a number; nothing is 0."""
    return Decimal(str(value)) if value not in (None, "") else Decimal(0)


def passed_of(year: int, today: date) -> Decimal | None:
    """Return how much of a year has passed, 0 to 1; None for another year than the present one."""
    if year != today.year:
        return None
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return Decimal(today.timetuple().tm_yday) / days


def end_of_scale(largest: Any) -> Decimal:
    """Return the round number at which a scale ends that has room for `largest`; 1 when there is nothing to show."""
    found = amount(largest)
    if found <= 0:
        return Decimal(1)
    size = Decimal(10) ** found.adjusted()
    return next(step * size for step in _STEPS if step * size >= found)


def length(value: Any, whole: Any) -> float:
    """Return value of whole in percent: 0 for what is not positive, at least `SMALLEST` for what is, at most 100."""
    part, of = amount(value), amount(whole)
    if part <= 0 or of <= 0:
        return 0.0
    return rounded(min(100.0, max(SMALLEST, float(part * 100 / of))))


def rounded(value: float) -> float:
    """Return a coordinate with the two places that are drawn."""
    return round(value, 2)


def percent(value: Any, whole: Any) -> int:
    """Return value of whole in whole percent, rounded half up, also over 100 and under 0; 0 of nothing is 0."""
    of = amount(whole)
    return int((amount(value) * 100 / of).to_integral_value(ROUND_HALF_UP)) if of else 0


def compact(value: Any, english: bool = False) -> str:
    """Write a figure so short that it fits over a column: 980, 1.2万, 3亿; 980, 1.2k, 3M."""
    found = amount(value)
    size, sign = abs(found), "−" if found < 0 else ""
    for unit, word in _SHORT[english]:
        if size >= unit:
            return f"{sign}{_short(size / unit)}{word}"
    return f"{sign}{_short(size) if size < 10 else f'{size:,.0f}'}"


def _short(value: Decimal) -> str:
    text = f"{value:.1f}" if value < 100 else f"{value:,.0f}"
    return text.removesuffix(".0")
