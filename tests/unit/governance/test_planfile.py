"""The shipped plan, and plan files that are refused."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter

import pytest

from services.chassis.errors import InvalidInput
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS
from services.governance.plan.use_cases.planfile import SHIPPED, read_plan

ITEM = {
    "key": "09-choir", "part": "calendar", "month": 9, "month_to": None, "title": "合唱", "title_en": "Choir",
    "owner": "校工会", "owner_en": "Union", "kind": "choir", "measure": "activity",
}  # fmt: skip
PLAN = {"format": "gonghui-plan/1", "year": 2024, "title": "计划", "title_en": "Plan", "items": [ITEM]}


def changed(**fields: object) -> dict[str, object]:
    plan = copy.deepcopy(PLAN)
    plan["items"][0].update(fields)
    return plan


def errors_of(document: dict[str, object]) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as refused:
        read_plan(document)
    return refused.value.errors


def test_the_shipped_plan_has_every_item_of_the_calendar_and_duties_of_all_parts():
    items = read_plan(None)["items"]
    by_part = Counter(item["part"] for item in items)
    by_month = Counter(item["month"] for item in items if item["part"] == "calendar")

    assert by_month == {2: 2, 3: 9, 4: 5, 5: 4, 6: 1, 7: 3, 9: 2, 10: 3, 11: 2, 12: 3}
    assert all(item["month_to"] == 8 for item in items if item["month"] == 7)
    assert all(by_part[part] >= 5 for part in ("I", "II", "III", "IV", "V"))


def test_every_calendar_item_of_the_shipped_plan_can_be_scheduled_as_it_is():
    for item in read_plan(None)["items"]:
        if item["part"] == "calendar":
            assert item["kind"] in ACTIVITY_KINDS, item["key"]
            assert item["default_duration_minutes"], item["key"]


def test_every_kind_of_the_shipped_plan_is_one_activities_knows():
    kinds = {item["kind"] for item in read_plan(None)["items"]} - {None}

    assert kinds <= set(ACTIVITY_KINDS)


def test_shipped_titles_are_short_and_in_both_languages():
    for item in json.loads(SHIPPED.read_text(encoding="utf-8"))["items"]:
        assert len(item["title"]) <= 26, item["key"]
        assert re.search(r"[\u4e00-\u9fff]", item["title"]), item["key"]
        assert not re.search(r"[\u4e00-\u9fff]", item["title_en"]), item["key"]


def test_the_visits_are_answered_for_by_one_item():
    assert [item["key"] for item in read_plan(None)["items"] if item["measure"] == "visits"] == ["iv-five-visits"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"month": 13}, "document.items.0.month"),
        ({"month": None}, "document.items.0.month"),
        ({"month_to": 8}, "document.items.0.month_to"),
        ({"part": "VI"}, "document.items.0.part"),
        ({"title": ""}, "document.items.0.title"),
        ({"title": "长" * 121}, "document.items.0.title"),
        ({"kind": None}, "document.items.0.kind"),
        ({"target": 0}, "document.items.0.target"),
        ({"key": "Not A Key"}, "document.items.0.key"),
        ({"weather": "fine"}, "document.items.0.weather"),
        ({"month": "nine"}, "document.items.0.month"),
    ],
)
def test_a_wrong_item_is_refused_at_its_place(fields: dict[str, object], place: str):
    assert place in errors_of(changed(**fields))


def test_the_same_key_twice_is_refused_at_the_second():
    assert "document.items.1.key" in errors_of({**PLAN, "items": [ITEM, ITEM]})


def test_a_file_of_another_format_or_without_items_is_refused():
    assert "document.format" in errors_of({**PLAN, "format": "calendar/7"})
    assert "document.items" in errors_of({**PLAN, "items": []})
    assert "document.year" in errors_of({**PLAN, "year": 1023})
