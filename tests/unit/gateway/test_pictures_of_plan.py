"""Pictures of a year's plan: what is late, where an item stands in the months, what is to be scheduled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from gateway.portal import plan_pictures
from gateway.subjects.governance.plan import views
from gateway.subjects.own.home import workbench_pictures

TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def request_context(app_with_portal: Flask) -> Iterator[None]:
    with app_with_portal.test_request_context("/"):
        yield


def item(title: str, **values: Any) -> dict[str, Any]:
    return {
        "id": f"0190d5a0-0000-7000-8000-0000000000{len(title):02}", "title": title, "title_en": title, "year": 2026,
        "part": "calendar", "month": 3, "month_to": None, "state": "open", "late": False, "measure": "activity",
        "progress": 0, "activities": [], "owner": "文体委员会", "owner_en": "Sports", **values,
    }  # fmt: skip


def activity(state: str, day: str | None) -> dict[str, Any]:
    return {"activity_id": "0190d5a0-0000-7000-8000-000000000001", "state": state, "day": day}


def test_an_item_stands_in_each_of_its_months() -> None:
    trip = item("trip", month=7, month_to=8, state="done")
    matrix = views.by_month([trip, item("late", late=True)], 2026, TODAY, schedules=False)

    (row,) = matrix.rows
    assert [len(cell) for cell in row.cells] == [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    assert (row.cells[2][0].series.tone, row.cells[6][0].series.tone) == ("danger", "done")
    assert row.cells[6][0].address == f"/console/plan/items/{trip['id']}"
    assert (matrix.now, matrix.whole_label) == (10, None)


def test_a_duty_of_the_year_stands_in_the_months_of_its_activities_too() -> None:
    activities = [
        activity("held", "2026-04-02"), activity("scheduled", "2026-04-20"), activity("cancelled", "2026-06-01"),
        activity("held", "2025-12-31"), activity("scheduled", None),
    ]  # fmt: skip
    duty = item("duty", part="II", month=None, state="in_progress", activities=activities)
    (row,) = views.by_month([duty], 2026, TODAY, schedules=True).rows

    assert [one.series.tone for one in row.whole] == ["waiting"]
    assert [at for at, cell in enumerate(row.cells, 1) if cell] == [4]
    assert row.cells[3][0].series.tone == "information"


def test_a_mark_offers_to_schedule_what_has_no_activity_to_who_may() -> None:
    items = [item("open"), item("late", late=True), item("held", state="done"), item("by hand", measure="manual")]

    def offered(schedules: bool) -> list[list[str]]:
        (row,) = views.by_month(items, 2026, TODAY, schedules).rows
        return [[address for _, address in cell.actions] for cell in row.cells[2]]

    one = items[0]["id"]
    assert offered(False) == [[], [], [], []]
    assert offered(True)[0] == [f"/console/activities/new?plan_item_id={one}", f"/console/plan/items/{one}"]
    assert [bool(actions) for actions in offered(True)] == [True, True, False, False]


def test_the_calendar_comes_first_and_another_year_has_no_present_month() -> None:
    parts = views.by_part([item("a", part="V"), item("b", part="I"), item("c")])

    assert list(parts) == ["calendar", "I", "V"]
    assert views.by_month([item("a")], 2025, TODAY, schedules=False).now is None


def test_states_of_a_plan_part_its_items_and_late_ones_are_counted_once() -> None:
    summary = {
        "year": 2026, "items": 10, "progress": 40, "late_by_state": {"open": 2, "scheduled": 1},
        "by_state": {"open": 4, "scheduled": 2, "in_progress": 0, "done": 3, "dropped": 1},
    }  # fmt: skip
    ring = plan_pictures.states(summary)

    assert {share.series.tone: share.value for share in ring.shares} == {
        "done": 3, "information": 1, "danger": 3, "quiet": 2, "gone": 1,
    }  # fmt: skip
    assert ring.whole == 10
    assert [share.address for share in ring.shares if share.series.tone == "danger"] == [
        "/console/plan?year=2026&late=true#items"
    ]
    assert list(workbench_pictures.plan(summary).shares) == list(ring.shares), "the workbench tells another story"


def test_spans_reach_over_their_months_with_the_days_of_their_activities() -> None:
    one = item("one", month=2, activities=[activity("held", "2026-03-01"), activity("cancelled", "2026-02-01")])
    first, duty = views.over_the_year("calendar", [one, item("duty", month=None)], 2026, TODAY).rows

    assert (first.first, first.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert [(moment.day, moment.tone) for moment in first.moments] == [(date(2026, 3, 1), "done")]
    assert (duty.first, duty.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_late_items_are_to_be_scheduled_first_and_later_months_wait() -> None:
    items = [
        item("now", month=11), item("next", month=12), item("late", month=4, late=True), item("done", state="done"),
        item("by hand", measure="manual"), item("duty", month=None),
    ]  # fmt: skip

    assert [one["title"] for one in views.to_schedule(items, 2026, TODAY)] == ["late", "now", "next"]
    assert [one["title"] for one in views.to_schedule(items, 2026, date(2026, 10, 1))] == ["late", "now"]
    assert views.to_schedule(items, 2027, TODAY) == []
