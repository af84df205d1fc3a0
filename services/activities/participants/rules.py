"""Rules of the members' copy and of invitations. Pure: the day is handed in."""

from __future__ import annotations

from datetime import date

CEREMONY = "newcomers_ceremony"
"""Kind of the activity newcomers are invited to: the year's plan holds one ceremony a year for them."""


def is_newcomer(joined_on: date | None, today: date) -> bool:
    """Whoever joined within the last twelve months is new: the ceremony is held once a year (custom).

    A roster brought in from an older system announces members who joined long ago; they are not invited.
    """
    if joined_on is None:
        return False
    return (joined_on.year + 1, joined_on.month, joined_on.day) > (today.year, today.month, today.day)
