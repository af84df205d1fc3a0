"""Pictures of members: units on one scale, what employments lead to, ages that are not told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import flask
import pytest
from flask import Flask

from gateway.portal import member_pictures
from gateway.subjects.membership.record.figures_pages import by_age

ONE, OTHER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


@pytest.fixture(autouse=True)
def request_context(app_with_portal: Flask) -> Iterator[None]:
    with app_with_portal.test_request_context("/"):
        flask.g.portal_units = {ONE: {"name": "文学院"}, OTHER: {"name": "理学院"}}
        yield


def figures(unit_id: str, members: int, women: int, **by_employment: int) -> dict[str, Any]:
    return {"unit_id": unit_id, "members": members, "women": women, "groups": 1, "by_employment": by_employment}


def test_units_stand_on_one_scale_the_largest_first() -> None:
    picture = member_pictures.by_unit([figures(ONE, 10, 5), figures(OTHER, 40, 10)])

    assert [row.label for row in picture.rows] == ["理学院", "文学院"]
    assert [[part.width for part in lane.segments] for lane in picture.lanes] == [[25.0, 75.0], [12.5, 12.5]]
    assert picture.rows[0].text == "40 人 · 女 25%"
    assert picture.rows[0].address == f"/console/members?unit_id={OTHER}"
    assert member_pictures.by_unit([]).is_blank


def test_employments_are_summed_over_units_and_lead_to_their_lists() -> None:
    items = [figures(ONE, 10, 5, established=7, contract=3), figures(OTHER, 4, 4, established=4)]
    ring = member_pictures.by_employment(items, ONE)

    assert [(share.value, share.address) for share in ring.shares] == [
        (11, f"/console/members?employment=established&unit_id={ONE}"),
        (3, f"/console/members?employment=contract&unit_id={ONE}"),
    ]
    assert ring.centre == "14"
    assert [share.value for share in member_pictures.by_gender(items).shares] == [9, 5]


def test_an_age_group_of_a_few_has_no_column_and_says_why() -> None:
    groups = [{"from_age": 0, "to_age": 30}, {"from_age": 30, "to_age": 60}, {"from_age": 60, "to_age": None}]
    items = [{**group, "members": members} for group, members in zip(groups, (None, 1200, 0), strict=True)]
    picture = by_age(items, 5)

    assert picture.labels == ["30 岁以下", "30–59 岁", "60 岁以上"]
    assert [place.text for place in picture.places] == ["…", "1,200", "0"]
    assert [len(place.boxes) for place in picture.places] == [0, 1, 0]
    assert "不足 5 人" in str(picture.note)
    assert by_age(items[1:], 5).note is None
