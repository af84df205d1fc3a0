"""Pictures of visits: in time and late by month, and the units that have most to catch up first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import flask
import pytest
from flask import Flask

from gateway.portal import visit_pictures

ONE, OTHER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


@pytest.fixture(autouse=True)
def request_context(app_with_portal: Flask) -> Iterator[None]:
    with app_with_portal.test_request_context("/"):
        flask.g.portal_units = {ONE: {"name": "文学院"}, OTHER: {"name": "理学院"}}
        yield


def unit(unit_id: str, made: int, in_time: int, overdue: int) -> dict[str, Any]:
    return {"unit_id": unit_id, "made": made, "in_time": in_time, "overdue": overdue}


def test_a_month_has_visits_in_time_and_late_ones() -> None:
    months = [{"month": f"2026-{month:02}", "made": month, "in_time": month // 2} for month in (9, 10, 11)]
    picture = visit_pictures.by_month([*months, {"month": "2026-12", "made": 0, "in_time": 0}])

    assert list(picture.parts) == [(4, 5), (5, 5), (5, 6), (0, 0)]
    assert [place.text for place in picture.places] == ["9", "10", "11", ""]
    assert picture.places[0].said == "2026-09：走访 9 次，按期 4 次"
    assert visit_pictures.by_month([]).is_blank


def test_who_has_most_overdue_comes_first_and_leads_to_them() -> None:
    picture = visit_pictures.by_unit([unit(ONE, 6, 6, 0), unit(OTHER, 3, 2, 2)])

    first, second = picture.rows
    assert (first.label, first.text, first.warns) == ("理学院", "2 / 5 按期", True)
    assert first.address == f"/console/visits?unit_id={OTHER}&show=overdue"
    assert second.address == f"/console/visits?unit_id={ONE}&show=all"
    assert [[part.tone for part in lane.segments] for lane in picture.lanes] == [
        ["done", "waiting", "danger"],
        ["done"],
    ]
    assert len(visit_pictures.by_unit([unit(ONE, 1, 1, 0), unit(OTHER, 1, 1, 0)], most=1).rows) == 1
