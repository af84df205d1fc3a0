"""Holds: a seat is kept for minutes while the form is filled in, and counts for nothing from the second on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.options import operations as options
from services.contracts.activities.registration import holds as contract
from services.contracts.activities.registration import operations as registration
from tests.component.activities.harness import OFFICER, OTHER_UNIT, ActivitiesHarness, at, member_account
from tests.component.activities.test_options import assert_exact, expire, form


def holding(activities: ActivitiesHarness, ways: dict[str, Any] | None = None, **changes: Any) -> UUID:
    activity = activities.schedule(**changes)
    activities.ask(options.set_options, OFFICER, activity_id=activity, **{"hold_minutes": 10, **(ways or {})})
    return activity


def hold(activities: ActivitiesHarness, activity: UUID, member: UUID, *chosen: int, companions: int = 0) -> Any:
    request = {"activity_id": activity, "options": list(chosen), "companions": companions}
    return activities.ask(contract.hold_seat, member_account(member), **request)


def refused(activities: ActivitiesHarness, activity: UUID, member: UUID) -> str | None:
    return activities.refused(contract.hold_seat, member_account(member), activity_id=activity).rule


def check(activities: ActivitiesHarness, activity: UUID, member: UUID) -> Any:
    return activities.ask(registration.check_registration, member_account(member), activity_id=activity)


def over(activities: ActivitiesHarness) -> None:
    """Let the time of all holds be over, without anybody noticing."""
    with activities.database.session() as session:
        session.execute(sa.text("UPDATE registration_hold SET until = :at"), {"at": at(minutes=-1)})


def test_a_held_seat_is_nobody_elses_and_becomes_the_members_own(activities: ActivitiesHarness):
    activity = holding(activities, capacity=1)
    first, second = activities.members(2)

    held = hold(activities, activity, first)
    assert check(activities, activity, first)["hold"]["until"] == held["until"]
    assert activities.register(activity, second)["state"] == "waitlisted"
    assert refused(activities, activity, second) == "registration.not_registered_yet"
    reply = activities.register(activity, first)

    assert (reply["state"], reply["seats_left"]) == ("confirmed", 0)
    assert check(activities, activity, first)["hold"] is None
    assert_exact(activities, activity)


def test_from_the_second_on_a_hold_counts_for_nothing(activities: ActivitiesHarness):
    activity = holding(activities, capacity=1)
    first, second = activities.members(2)
    hold(activities, activity, first)

    over(activities)

    assert activities.register(activity, second)["state"] == "confirmed"
    assert activities.register(activity, first)["state"] == "waitlisted"
    assert_exact(activities, activity)


def test_a_hold_that_ends_lets_the_next_who_waits_have_the_seat(activities: ActivitiesHarness):
    activity = holding(activities, capacity=2)
    one, two, third, fourth = activities.members(4)
    hold(activities, activity, one)
    hold(activities, activity, two)
    for member in (third, fourth):
        assert activities.register(activity, member)["state"] == "waitlisted"

    expire(activities, activity, one)
    assert activities.states(activity) == {third: "confirmed", fourth: "waitlisted"}
    activities.ask(contract.release_hold, member_account(two), activity_id=activity)

    assert activities.states(activity) == {third: "confirmed", fourth: "confirmed"}
    assert_exact(activities, activity)


def test_a_repeat_holds_no_longer_and_another_choice_holds_that_instead(activities: ActivitiesHarness):
    activity = holding(activities, form(bus=2), capacity=5)
    first, second = activities.members(2)

    held = hold(activities, activity, first, 1, companions=1)
    again = hold(activities, activity, first, 1, companions=1)
    assert again["until"] == held["until"]
    request = {"activity_id": activity, "options": [1]}
    assert activities.ask(registration.register, member_account(second), **request)["state"] == "waitlisted"
    hold(activities, activity, first, 2)

    assert activities.states(activity) == {second: "confirmed"}
    assert_exact(activities, activity)


def test_a_seat_is_held_only_where_that_is_allowed_and_one_is_free(activities: ActivitiesHarness):
    full, plain = holding(activities, capacity=1), activities.schedule()
    moderated = holding(activities, {"moderated": True})
    [one, two], [stranger] = activities.members(2), activities.members(1, unit=OTHER_UNIT)
    activities.register(full, one)
    own = holding(activities, audience={"units": [UUID(int=1)], "employments": []})

    assert refused(activities, full, two) == "registration.seat_is_free_to_hold"
    assert refused(activities, plain, two) == "registration.seats_are_held"
    assert refused(activities, moderated, two) == "registration.seats_are_held"
    assert refused(activities, own, stranger) == "registration.member_is_in_audience"


def test_fewer_seats_end_the_latest_holds(activities: ActivitiesHarness):
    activity = holding(activities, capacity=2)
    first, second = activities.members(2)
    hold(activities, activity, first)
    with activities.database.session() as session:
        session.execute(sa.text("UPDATE registration_hold SET until = :at"), {"at": at(minutes=5)})
    hold(activities, activity, second)

    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=1)

    assert check(activities, activity, first)["hold"] is not None
    assert check(activities, activity, second)["hold"] is None
    assert_exact(activities, activity)
