"""The calendar: a month as grid and list, the year's plan beside what was held, one's own meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request

from gateway.identity.current import current_principal
from gateway.portal.chinese_days import chinese_day
from gateway.portal.formats import as_date, first_of_month, month_weeks
from gateway.portal.page_cache import render_shared, stamp_of
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import Part, part_of
from gateway.read_models import calendar as calendar_view
from gateway.read_models import gatherings
from services.chassis.clock import day_of, start_of, today
from services.chassis.holidays import is_known
from services.chassis.plain_text import whole_number

PAGES = PageTable()


@PAGES.get("/calendar")
@only()
def calendar() -> str:
    """Show a month."""
    year, month = _asked_month()
    found = part_of(lambda: calendar_view.month(year, month))
    shown = {"year": year, "month": month, "today": today(), "page": stamp_of(found), "called": _called(year, month)}
    return render_shared("portal/member/calendar.html", shown, more=lambda: _drawn_from(year, month, found))


def _called(year: int, month: int) -> list[dict[str, Any]]:
    """Return the meetings of a month to which the reader is called, with the day each begins on."""
    member_id = current_principal().member_id
    if member_id is None:
        return []
    start = start_of(date(year, month, 1))
    found = gatherings.between(member_id, start, start_of(first_of_month(year, month, 1)))
    return [{**one, "day": day_of(one["starts_at"])} for one in found]


def _drawn_from(year: int, month: int, found: Part) -> dict[str, Any]:
    held = (found.data or {}).get("activities", [])
    weeks = month_weeks(year, month)
    return {
        "found": found,
        "weeks": weeks,
        "chinese": {day: chinese_day(day) for week in weeks for day in week},
        "unknown_years": sorted({day.year for week in weeks for day in week if not is_known(day.year)}),
        "held": held,
        "planned": (found.data or {}).get("plan_items", []),
        "by_day": _by_day(held),
        "before": first_of_month(year, month, -1),
        "after": first_of_month(year, month, 1),
    }


def _asked_month() -> tuple[int, int]:
    day = today()
    year = request.args.get("year", type=whole_number) or day.year
    month = request.args.get("month", type=whole_number) or day.month
    return (year, month) if 2000 <= year <= 2100 and 1 <= month <= 12 else (day.year, day.month)


def _by_day(items: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    days: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        days.setdefault(str(as_date(item["starts_at"])), []).append(item)
    return days
