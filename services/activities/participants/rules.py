"""Rules of the members' copy and of invitations. Pure: the day is an argument."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

CEREMONY = "newcomers_ceremony"
"""Kind of the activity that newcomers are invited to, once a year."""


def is_newcomer(joined_on: date | None, today: date) -> bool:
    """Members who joined within the last twelve months are new: the ceremony is held once a year (custom).

    An imported roster also contains members who joined long ago; they are not invited.
    """
    if joined_on is None:
        return False
    return (joined_on.year + 1, joined_on.month, joined_on.day) > (today.year, today.month, today.day)


def is_invitable(
    unit_id: UUID | None, employment: str | None, units: Collection[UUID], employments: Collection[str]
) -> bool:
    """Members are only invited if they may register: the audience has units and employments, empty means all."""
    return (not units or unit_id in units) and (not employments or employment in employments)
