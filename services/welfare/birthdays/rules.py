"""Rules of birthday care. Pure: the day is an argument."""

from __future__ import annotations

import calendar
from datetime import date

from services.chassis.rules.refusal import Refusal


def celebrated_on(year: int, month: int, day: int) -> date:
    """Return the day a birthday is celebrated in a year: 29 February moves to the 28th where there is none (custom)."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def month_can_be_drawn_up(year: int, month: int, today: date) -> Refusal | None:
    """A list is drawn up for a month of this year, or for January in December.

    An earlier year's care is not made up later: its accounts are closed (custom).
    """
    next_month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    if year == today.year or (year, month) == next_month:
        return None
    return Refusal(
        "birthdays.month_can_be_drawn_up",
        f"A list is drawn up for a month of {today.year}, or for the month that comes next.",
        "year",
        {"year": year, "month": month},
    )


def somebody_is_listed(count: int) -> Refusal | None:
    """There are grants without voucher: the list was drawn up, and the named members have none yet."""
    if count:
        return None
    return Refusal(
        "birthdays.somebody_is_listed",
        "Nobody on the list is without a voucher; draw up the month's list first.",
        "grant_ids",
    )


def collection_day_is_ahead(collect_by: date | None, today: date) -> Refusal | None:
    """The last day to collect has not passed when the vouchers are issued."""
    if collect_by is None or collect_by >= today:
        return None
    return Refusal("birthdays.collection_day_is_ahead", f"{collect_by} has passed already.", "collect_by")


def voucher_can_be_collected(state: str, collect_by: date | None, today: date) -> Refusal | None:
    """A voucher is collected once, and not after its last day."""
    if state != "issued":
        return Refusal("birthdays.voucher_can_be_collected", "This voucher was collected already.", "code")
    if collect_by is not None and today > collect_by:
        return Refusal(
            "birthdays.voucher_can_be_collected",
            f"This voucher could be collected until {collect_by}.",
            "code",
            {"collect_by": collect_by.isoformat()},
        )
    return None


def grant_can_be_withdrawn(state: str, being_issued: bool) -> Refusal | None:
    """A member is removed from the list only before the voucher is issued."""
    if state == "listed" and not being_issued:
        return None
    return Refusal(
        "birthdays.grant_can_be_withdrawn", "The voucher was issued already, or is being issued.", "grant_id"
    )


def percent_done(done: int, total: int) -> int:
    """Return whole percent, 100 only when all is done."""
    return 100 if done >= total else done * 100 // total


def ends_with_death(issued_on: date | None, died_on: date) -> bool:
    """Whether birthday care is withdrawn after a member's death: vouchers given before stay."""
    return issued_on is None or issued_on > died_on
