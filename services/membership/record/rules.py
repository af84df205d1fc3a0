"""Rules of the record: who may change which field, who may move, which group fits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from services.chassis.plain_text import is_digits
from services.chassis.rules.refusal import Refusal

STANDS = ("active", "transferring", "retained")
"""Standings in which a membership stands; a person has one such membership at most."""


ENDED = ("withdrawn", "deemed_withdrawn", "expelled", "deceased")
"""Standings of ended memberships; a former member who joins again gets the former record."""

IN_UNIT = ("active", "transferring")
"""Standings that count in a unit's figures and on birthdays: who is in transfer is still in the old unit."""


def fields_are_open(changed: Collection[str], reachable: Collection[str]) -> Refusal | None:
    """A caller may change only the fields that the table of fields allows for the caller's capacities."""
    closed = sorted(set(changed) - set(reachable))
    if not closed:
        return None
    return Refusal(
        "record.fields_are_open", f"Not yours to change: {', '.join(closed)}.", closed[0], {"fields": closed}
    )


def reason_is_given(reason: str | None, capacities: Collection[str]) -> Refusal | None:
    """Who changes another person's record says why; members change their own contact without."""
    if reason or set(capacities) == {"self"}:
        return None
    return Refusal("record.reason_is_given", "Say why the record is changed.", "reason")


def hr_id_is_free(taken: bool) -> Refusal | None:
    """One number of HR belongs to one standing membership."""
    if not taken:
        return None
    return Refusal("record.hr_id_is_free", "Another member has this HR number.", "hr_id")


def hr_id_is_held(number: str) -> Refusal:
    """As `hr_id_is_free`, where it is known who has it."""
    detail = f"The member {number} has this HR number."
    return Refusal("record.hr_id_is_held", detail, "hr_id", {"number": number})


def membership_stands(standing: str) -> Refusal | None:
    """An ended membership is not edited."""
    if standing in STANDS:
        return None
    return Refusal("record.membership_stands", "The membership has ended.", None, {"standing": standing})


def member_may_move(standing: str) -> Refusal | None:
    """Only an active member changes unit; one in transfer is moved by that transfer."""
    if standing == "active":
        return None
    return Refusal("record.member_may_move", "Only an active member changes unit.", None, {"standing": standing})


def unit_is_another(old: UUID, new: UUID) -> Refusal | None:
    """A move leads to another unit."""
    if old != new:
        return None
    return Refusal("record.unit_is_another", "The member is in this unit already.", "unit_id")


def move_day_is_possible(on: date, joined_on: date, today: date) -> Refusal | None:
    """A move is dated from the day of joining to today."""
    if joined_on <= on <= today:
        return None
    return Refusal("record.move_day_is_possible", "The day lies before joining, or in the future.", "on")


def holds_no_post_there(posts: int) -> Refusal | None:
    """The chair of a unit does not leave it before the post is given back."""
    if not posts:
        return None
    return Refusal("record.holds_no_post_there", "The member chairs the unit; end the post first.", "unit_id")


def member_number(position: int, prefix: str = "M", width: int = 6) -> str:
    """Return the member number at a place of a series: the prefix and at least so many digits."""
    return f"{prefix}{position:0{width}d}"


def number_series_is_new(name: str, known: Collection[str]) -> Refusal | None:
    """A series is opened once."""
    if name not in known:
        return None
    return Refusal("record.number_series_is_new", "There is a series of this name already.", "name")


def number_prefix_is_free(prefix: str, known: Collection[str]) -> Refusal | None:
    """No number of one series can ever be one of another: M1 and M would both come to M100042."""
    for one in known:
        short, long = sorted((prefix, one), key=len)
        if long.startswith(short) and (long == short or is_digits(long[len(short) :])):
            return Refusal(
                "record.number_prefix_is_free", "Numbers with this prefix could be another series'.", "prefix"
            )
    return None


def number_series_begins_ahead(in_force_from: date, today: date, latest: date | None) -> Refusal | None:
    """A series is never in force before it was decided, and each follows the one before."""
    if in_force_from >= today and (latest is None or in_force_from > latest):
        return None
    return Refusal(
        "record.number_series_begins_ahead", "A series begins today at the earliest, after all others.", "in_force_from"
    )


def person_is_no_member(stands: bool) -> Refusal | None:
    """One person has at most one membership that stands (domain rule of the union)."""
    if not stands:
        return None
    return Refusal("record.person_is_no_member", "This person is a member already.", "id_number")


def joins_after_leaving(joined_on: date, left_on: date | None) -> Refusal | None:
    """Who was a member before joins again on the day it ended or later: one person is a member once at a time."""
    if left_on is None or left_on <= joined_on:
        return None
    detail = f"The earlier membership ended on {left_on}; joining again can't be before."
    return Refusal("record.joins_after_leaving", detail, "joined_on", {"left_on": left_on.isoformat()})


def joined_on_is_possible(joined_on: date, today: date) -> Refusal | None:
    """Membership does not begin ahead of its approval.

    It may be older than the employment here: it moves with the person from one employer's union to the next
    (工会会员会籍管理办法 2016).
    """
    if joined_on <= today:
        return None
    return Refusal("record.joined_on_is_possible", "Membership can't begin in the future.", "joined_on")
