"""The last place in a class is asked for by many at once: one has it, the others wait; a repeat changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from services.contracts.activities.children_classes import children, classes
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account
from tests.component.activities.minding import asking, open_class, open_term, with_child_rules
from tests.component.activities.test_rush import together


@pytest.fixture
def union(activities: ActivitiesHarness) -> ActivitiesHarness:
    return with_child_rules(activities, classes_most=1)


def trying(union: ActivitiesHarness, found, member, name: str):
    return lambda: union.answer(children.register_child, member_account(member), **asking(found, name))


@pytest.mark.databases("postgresql")
def test_the_last_place_goes_to_one(union: ActivitiesHarness):
    found = open_class(union, places=3)

    answers = together(*[trying(union, found, one, f"孩子{place}") for place, one in enumerate(union.members(12))])

    assert Counter(one["ok"]["state"] for one in answers) == {"confirmed": 3, "waiting": 9}
    waiting = [one["ok"] for one in answers if one["ok"]["state"] == "waiting"]
    shown = union.ask(children.list_child_registrations, OFFICER, class_id=found, state="waiting", limit=100)["items"]
    assert [one["position"] for one in shown] == list(range(1, 10))
    assert {one["id"] for one in shown} == {one["id"] for one in waiting}


@pytest.mark.databases("postgresql")
def test_one_child_that_both_parents_register_for_two_classes_is_in_one(union: ActivitiesHarness):
    term = open_term(union)
    made = [open_class(union, term), open_class(union, term, name="游泳托班")]
    mother, father = union.members(2)

    answers = together(*[trying(union, found, one, "李小雨") for found in made for one in (mother, father)])

    assert sum("ok" in one for one in answers) == 1
    counts = [union.ask(classes.get_children_class, OFFICER, class_id=one)["confirmed"] for one in made]
    assert sorted(counts) == [0, 1]


@pytest.mark.databases("postgresql", "sqlite")
def test_the_same_key_registers_once(union: ActivitiesHarness):
    found, (member,) = open_class(union), union.members(1)
    account = member_account(member)

    first = union.ask_keyed("a-key", children.register_child, account, **asking(found))
    again = union.ask_keyed("a-key", children.register_child, account, **asking(found))

    assert first == again
