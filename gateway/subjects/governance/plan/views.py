"""Pictures of a year's plan: its items by part and month, over the year, and what is to be scheduled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.formats import as_date, first_of_month, is_english, month_short, title_of
from gateway.portal.pictures import Cell, Gantt, GanttRow, Matrix, MatrixRow, Moment, Series
from gateway.portal.plan_pictures import TONES, standing
from gateway.portal.plan_pictures import series as series_of_standing
from gateway.portal.words import texts_of
from services.contracts.governance.plan.events import PARTS

_OF_ACTIVITIES = {"held": "done", "scheduled": "scheduled"}
"""How a month stands in which a duty of the whole year has an activity; cancelled ones are not shown."""
_MONTHS = range(1, 13)
MOST_TO_SCHEDULE = 5

Item = dict[str, Any]


def by_month(items: Sequence[Item], year: int, today: date, schedules: bool) -> Matrix:
    """Return parts and months with a mark for each item in each of its months, leading to the item.

    Args:
        items: of the plan.
        year: of the plan.
        today: whose month is marked.
        schedules: whether the reader schedules activities: marks of items that lack one then offer it.
    """
    series = series_of_standing()
    return Matrix(
        name="plan-matrix",
        title=gettext("各部分各月"),
        note=gettext("一个标记是一个事项，点开看内容、安排活动。"),
        corner=gettext("部分"),
        columns=[month_short(month) for month in _MONTHS],
        column_addresses=[url_for("portal.plan", year=year, month=month, _anchor="items") for month in _MONTHS],
        whole_label=gettext("全年") if any(not item["month"] for item in items) else None,
        rows=[_row(part, of_part, series, schedules) for part, of_part in by_part(items).items()],
        series=list(series.values()),
        now=today.month - 1 if year == today.year else None,
    )


def by_part(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the parts of the plan that have items, in its order, the calendar first because its items have months."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item["part"], []).append(item)
    return {part: found[part] for part in sorted(PARTS, key=lambda part: part != "calendar") if part in found}


def _row(part: str, items: Sequence[Item], series: Mapping[str, Series], schedules: bool) -> MatrixRow:
    cells: list[list[Cell]] = [[] for _ in _MONTHS]
    whole: list[Cell] = []
    for item in items:
        own = _cell(item, series[standing(item)], schedules and needs_activity(item))
        if item["month"]:
            for month in range(item["month"], (item["month_to"] or item["month"]) + 1):
                cells[month - 1].append(own)
            continue
        whole.append(own)
        for month, state in _months_held(item).items():
            cells[month - 1].append(_cell(item, series[state], False))
    address = url_for("portal.plan", year=items[0]["year"], part=part, _anchor="items")
    return MatrixRow(texts_of(PARTS)[part], cells, whole, address)


def needs_activity(item: Mapping[str, Any]) -> bool:
    """Whether an item is measured by activities and has none yet."""
    return bool(item["measure"] == "activity" and item["state"] == "open")


def _cell(item: Item, series: Series, schedules: bool) -> Cell:
    address = url_for("portal.plan_item", item_id=item["id"])
    if not schedules:
        return Cell(title_of(item), series, address)
    schedule = url_for("portal.new_activity", plan_item_id=item["id"])
    owner = (item["owner_en"] if is_english() else None) or item["owner"]
    return Cell(
        title_of(item), series, address, owner, ((gettext("安排为活动"), schedule), (gettext("打开事项"), address))
    )


def _months_held(item: Item) -> dict[int, str]:
    """Return the months in which a duty has an activity, with how that stands; one still to come counts before held."""
    found: dict[int, str] = {}
    for activity in sorted(item["activities"], key=lambda one: str(one["state"])):
        day = as_date(activity["day"])
        if day is not None and day.year == item["year"] and activity["state"] in _OF_ACTIVITIES:
            found[day.month] = _OF_ACTIVITIES[activity["state"]]
    return found


def over_the_year(part: str, items: Sequence[Item], year: int, today: date) -> Gantt:
    """Return the items of a part as spans over the months, with the days of their activities."""
    series = series_of_standing()
    return Gantt(
        name=f"plan-gantt-{part}",
        title=texts_of(PARTS)[part],
        year=year,
        months=[month_short(month) for month in _MONTHS],
        rows=[_span(item, series) for item in items],
        series=[one for name, one in series.items() if any(standing(item) == name for item in items)],
        today=today,
        level=None,
    )


def _span(item: Item, series: Mapping[str, Series]) -> GanttRow:
    year, first, last = item["year"], item["month"] or 1, item["month_to"] or item["month"] or 12
    moments = [
        Moment(day, _moment_words(activity), TONES[_OF_ACTIVITIES[activity["state"]]])
        for activity in item["activities"]
        if activity["state"] in _OF_ACTIVITIES and (day := as_date(activity["day"])) is not None
    ]
    return GanttRow(
        title_of(item),
        date(year, first, 1),
        first_of_month(year, last, 1) - timedelta(days=1),
        series[standing(item)],
        item["progress"],
        f"{item['progress']}%",
        moments,
        url_for("portal.plan_item", item_id=item["id"]),
    )


def _moment_words(activity: Mapping[str, Any]) -> str:
    words = gettext("已举办") if activity["state"] == "held" else gettext("已安排")
    return f"{activity['day']} {words}"


def to_schedule(items: Sequence[Item], year: int, today: date) -> list[Item]:
    """Return items of the year that need an activity: late ones first, then those of this month and the next."""
    if year != today.year:
        return []
    due = [item for item in items if needs_activity(item) and item["month"] and item["month"] <= today.month + 1]
    return sorted(due, key=lambda item: (not item["late"], item["month"]))[:MOST_TO_SCHEDULE]
