"""Rules of retirement: the statutory month by the law, how far HR's month may differ, which day counts.

Source: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13, in force 2025-01-01, law). Its
figures are rows of the rulebook and handed in as a `Curve`; nothing here knows them. Months are dates of their
first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.chassis.rules.refusal import Refusal

ORIGINAL_AGES = ("M60", "F55", "F50")
"""Classes of the original retirement age: stored as HR states them, never derived from sex."""


@dataclass(frozen=True)
class Curve:
    """渐进式延迟 The figures of one class.

    Args:
        base: the original age in years.
        start: month of birth from which retirement is delayed.
        step: so many months of birth for each month of delay.
        most: the longest delay in months.
        flexible: months by which one may retire earlier or later by choice.
    """

    base: int
    start: date
    step: int
    most: int
    flexible: int


def first_day(day: date) -> date:
    """Return the month of a day."""
    return day.replace(day=1)


def plus_months(month: date, months: int) -> date:
    """Return the month so many months later."""
    years, place = divmod(month.month - 1 + months, 12)
    return date(month.year + years, place + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """Return how many months lie from one month to another; negative when the other comes first."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def delay_months(birth: date, curve: Curve) -> int:
    """Return by how many months retirement is delayed.

    `0 if birth_month < start else min(floor(months(birth − start) / step) + 1, most)`.
    """
    since = months_between(curve.start, first_day(birth))
    return 0 if since < 0 else min(since // curve.step + 1, curve.most)


def base_month(birth: date, curve: Curve) -> date:
    """Return the month in which the original age is reached."""
    return plus_months(first_day(birth), curve.base * 12)


def statutory_month(birth: date, curve: Curve) -> date:
    """Return the month of retirement by the law: the original age and the delay."""
    return plus_months(base_month(birth, curve), delay_months(birth, curve))


def earliest_month(birth: date, curve: Curve) -> date:
    """Return the earliest month by choice: three years earlier, but not before the original age (Art. 3)."""
    return max(plus_months(statutory_month(birth, curve), -curve.flexible), base_month(birth, curve))


def latest_month(birth: date, curve: Curve) -> date:
    """Return the latest month by choice: three years later (Art. 3)."""
    return plus_months(statutory_month(birth, curve), curve.flexible)


def approved_month_is_within_reach(month: date, birth: date, curve: Curve) -> Refusal | None:
    """HR's month lies three years at most before the law's, not below the original age, or three years after."""
    earliest, latest = earliest_month(birth, curve), latest_month(birth, curve)
    figures = {"earliest": f"{earliest:%Y-%m}", "latest": f"{latest:%Y-%m}"}
    if month < earliest:
        return Refusal(
            "retirement.not_before_original_age"
            if earliest == base_month(birth, curve)
            else "retirement.early_by_three",
            f"The earliest month is {earliest:%Y-%m}.",
            "approved_month",
            figures,
        )
    if month > latest:
        return Refusal("retirement.late_by_three", f"The latest month is {latest:%Y-%m}.", "approved_month", figures)
    return None


def class_is_known(original_age: str | None) -> Refusal | None:
    """The month by law needs the class that HR states; sex does not tell it."""
    if original_age in ORIGINAL_AGES:
        return None
    return Refusal("retirement.class_is_known", "HR has not stated the class of the retirement age.", "original_age")


def month_of_retirement(retired_on: date | None, approved: date | None, statutory: date | None) -> date | None:
    """Return the month that counts: the day it happened, else HR's month, else the law's. HR's date wins."""
    if retired_on is not None:
        return first_day(retired_on)
    return approved or statutory


def last_day_of(month: date) -> date:
    """Return the last day of a month."""
    return plus_months(month, 1) - timedelta(days=1)


def day_to_confirm(month: date, today: date) -> date:
    """Return the day of retirement where HR gave none: the end of the month, or today while that month lasts."""
    return min(last_day_of(month), today) if month <= today else last_day_of(month)


def member_may_retire(standing: str) -> Refusal | None:
    """Who is active or in transfer retires; once."""
    if standing in ("active", "transferring"):
        return None
    return Refusal(
        "retirement.member_may_retire", "Only an active member retires.", "member_id", {"standing": standing}
    )


def day_has_come(retired_on: date, joined_on: date, today: date) -> Refusal | None:
    """A retirement is confirmed when it has happened."""
    if joined_on <= retired_on <= today:
        return None
    return Refusal(
        "retirement.day_has_come",
        f"The day lies from {joined_on} to {today}.",
        "retired_on",
        {"from": joined_on.isoformat(), "to": today.isoformat()},
    )


def retirement_can_be_undone(standing: str) -> Refusal | None:
    """Only a confirmed retirement is undone."""
    if standing == "retained":
        return None
    return Refusal("retirement.retirement_can_be_undone", "The member has not retired.", None, {"standing": standing})


def births_retiring_in(month: date, curve: Curve) -> date | None:
    """Return the month of birth whose statutory month is this one; None when there is none.

    The statutory month grows strictly with the month of birth, so there is one at most: a delay of 0 to `most` is tried
    from the month of birth that the longest delay would give.
    """
    for delay in range(curve.most + 1):
        birth = plus_months(month, -curve.base * 12 - delay)
        if delay_months(birth, curve) == delay:
            return birth
    return None


def births_by_month(months: Iterable[date], curve: Curve) -> dict[date, date]:
    """Return month of birth by month of retirement, for the months in which somebody of the class retires."""
    found = {month: births_retiring_in(month, curve) for month in months}
    return {month: birth for month, birth in found.items() if birth is not None}
