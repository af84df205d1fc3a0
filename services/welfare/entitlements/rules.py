"""Rules of entitlement accounts. Pure: figures in force and uses are arguments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

HAS_ACCOUNT = ("active", "transferring")
"""Standings for which a new year's account is opened; an account opened earlier stays when the standing changes."""


CLOSED_FOR = ("withdrawn", "deemed_withdrawn", "expelled", "deceased")
"""Standings with which an account is closed: no more benefits are given; uses stay for bookkeeping."""


def year_of_account(joined_on: date, announced_on: date) -> int:
    """Return the year of the account that joining opens.

    Members of an imported roster who joined years ago get the account of the year of the `member_joined` event.
    """
    return max(joined_on.year, announced_on.year)


def remaining(cap: Decimal, used: Decimal, basis: str | None = None) -> Decimal:
    """Return the rest of a cap, never below zero: lowering a cap during the year takes nothing back.

    A cap for each occasion is there again for the next one. A rule of an earlier release has no basis; it is counted by
    the year.
    """
    if basis == "per_occasion":
        return cap
    return max(cap - used, Decimal("0.00"))
