"""Many book the same place at once: never two for one number of a slot, never more than the limits of a member."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from services.contracts.activities.places import bookings, places
from tests.component.activities.booking import open_place, slot, states, with_rules
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account
from tests.component.activities.test_rush import together


@pytest.fixture
def union(activities: ActivitiesHarness) -> ActivitiesHarness:
    return with_rules(activities)


def trying(union: ActivitiesHarness, place, member, starts_at):
    return lambda: union.answer(bookings.book_place, member_account(member), place_id=place, starts_at=starts_at)


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("waiting_list", [True, False])
def test_a_rush_for_one_slot_gives_each_number_once(union: ActivitiesHarness, waiting_list: bool):
    place = open_place(union, capacity=4, waiting_list=waiting_list)
    members = union.members(24)

    answers = together(*[trying(union, place, one, slot()) for one in members])

    found = Counter(one["ok"]["state"] if "ok" in one else one["problem"]["rule"] for one in answers)
    assert found == {"booked": 4, "waiting" if waiting_list else "places.slot_has_room": 20}
    held = [number for _, number in states(union, place) if number is not None]
    assert sorted(held) == [1, 2, 3, 4]
    moved = [one["moved_up"] for one in union.events("place_booked")]
    assert moved == [False] * 4


@pytest.mark.databases("postgresql", "sqlite")
def test_bookings_and_cancellations_at_once_leave_no_number_twice_and_none_idle(union: ActivitiesHarness):
    place = open_place(union, capacity=2)
    members = union.members(16)
    made = together(*[trying(union, place, one, slot()) for one in members[:8]])
    given_back = [
        lambda one=one: union.answer(
            bookings.cancel_place_booking, member_account(one["ok"]["member_id"]), booking_id=one["ok"]["id"]
        )
        for one in made[:5]
    ]
    acts = [*given_back, *[trying(union, place, one, slot()) for one in members[8:]]]
    random.Random(3).shuffle(acts)

    together(*acts)

    found = states(union, place)
    assert sorted(number for _, number in found if number is not None) == [1, 2]
    assert Counter(state for state, _ in found) == {"booked": 2, "waiting": 9, "cancelled": 5}


@pytest.mark.databases("postgresql")
def test_a_member_who_asks_in_many_windows_keeps_to_the_limit(union: ActivitiesHarness):
    first, second = open_place(union), open_place(union, name="乒乓球室")
    [member] = union.members(1)
    wanted = [(place, slot(day, hour)) for place in (first, second) for day in (1, 2, 3) for hour in (10, 11)]

    answers = together(*[trying(union, place, member, starts_at) for place, starts_at in wanted])

    assert sum("ok" in one for one in answers) <= 3
    mine = union.ask(bookings.my_place_bookings, member_account(member), show="coming")["items"]
    assert len({one["starts_at"] for one in mine}) == len(mine)
    assert 1 <= len(mine) <= 3


@pytest.mark.databases("postgresql")
def test_a_block_in_the_middle_of_a_rush_leaves_no_booking_in_it(union: ActivitiesHarness):
    place = open_place(union, capacity=3)
    members = union.members(12)
    when = {"place_id": place, "starts_at": slot(1, 9), "ends_at": slot(1, 12)}

    def block():
        for expected in range(13):
            answer = union.answer(places.block_place, OFFICER, **when, reason="检修", cancels=expected)
            if "ok" in answer:
                return answer
        return None

    together(*[trying(union, place, one, slot()) for one in members[:6]], block,
             *[trying(union, place, one, slot()) for one in members[6:]])  # fmt: skip
    left = [state for state, _ in states(union, place) if state in ("booked", "waiting")]
    if left:  # the rush outran every guess of how many it cancels
        told = union.ask(places.preview_place_block, OFFICER, **when)["cancels"]
        union.ask(places.block_place, OFFICER, **when, reason="检修", cancels=told)

    assert not [state for state, _ in states(union, place) if state in ("booked", "waiting")]


@pytest.mark.databases("postgresql", "sqlite")
def test_the_same_key_books_once(union: ActivitiesHarness):
    place, (member,) = open_place(union), union.members(1)
    account = member_account(member)
    asked = {"place_id": place, "starts_at": slot()}

    first = union.ask_keyed("a-key", bookings.book_place, account, **asked)
    again = union.ask_keyed("a-key", bookings.book_place, account, **asked)

    assert first == again
    assert len(states(union, place)) == 1
