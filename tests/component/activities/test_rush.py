"""Many at once on PostgreSQL: single registrations, batches, cancels and changes of capacity, all mixed."""

from __future__ import annotations

import random
from collections.abc import Callable

import eventlet
import pytest

from services.activities.calendar.tables import Activity
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account


def together(*work: Callable[[], object]) -> list[object]:
    """Run all of it side by side, each in a greenthread, and return what each came to."""
    threads = [eventlet.spawn(one) for one in work]
    return [thread.wait() for thread in threads]


@pytest.mark.databases("postgresql")
def test_psycopg_lets_others_run_while_it_waits(activities: ActivitiesHarness):
    import sqlalchemy as sa

    order: list[str] = []

    def slow() -> None:
        with activities.database.session() as session:
            session.execute(sa.text("SELECT pg_sleep(0.2)"))
        order.append("slow")

    together(slow, lambda: order.append("quick"))

    assert order == ["quick", "slow"]


@pytest.mark.databases("postgresql")
@pytest.mark.parametrize("waiting_list", [True, False])
def test_a_rush_of_singles_and_batches_never_gives_out_one_seat_too_many(
    activities: ActivitiesHarness, waiting_list: bool
):
    activity = activities.schedule(capacity=60, waiting_list=waiting_list)
    members = activities.members(240)
    singles, batched = members[:120], members[80:]
    work = [
        lambda one=one: activities.answer(registration.register, member_account(one), activity_id=activity)
        for one in singles
    ]
    work += [
        lambda part=batched[start : start + 40]: activities.register_batch(activity, part)
        for start in range(0, len(batched), 40)
    ]
    random.Random(7).shuffle(work)

    together(*work)

    activities.assert_sound(activity)
    stored = activities.activity(activity)
    assert stored["seats_taken"] == 60
    assert stored["waiting"] == (180 if waiting_list else 0)
    again = activities.register_batch(activity, members)["outcomes"]
    assert sum(outcome["outcome"] == "already" for outcome in again) == (240 if waiting_list else 60)


@pytest.mark.databases("postgresql")
def test_keys_in_a_rush_from_several_gateways_are_answered_once_and_keep_their_answers(
    activities: ActivitiesHarness,
):
    activity, other = activities.schedule(capacity=40), activities.schedule(capacity=40)
    askers = [(member_account(member), f"key-{number}") for number, member in enumerate(activities.members(100))]
    parts = [askers[start : start + 25] for start in range(0, 100, 25)]
    work = [lambda part=part: activities.register_keyed(activity, part) for part in [*parts, *parts]]
    work += [
        lambda one=one: [activities.answer(registration.register, one[0], one[1], activity_id=activity)]
        for one in askers[::5]
    ]
    work += [lambda part=part: activities.register_keyed(other, part[:10]) for part in parts]
    random.Random(5).shuffle(work)

    together(*work)

    activities.assert_sound(activity)
    activities.assert_sound(other)
    stored = [activities.activity(one) for one in (activity, other)]
    # A key names one request: whichever activity it came to first has its owner.
    assert sum(one["seats_taken"] + one["waiting"] for one in stored) == 100
    told = [activities.register_keyed(activity, part) for part in parts]
    assert [activities.register_keyed(activity, part) for part in parts] == told
    reused = [answer for answers in told for answer in answers if answer.get("code") == "idempotency_key_reused"]
    assert len(reused) == stored[1]["seats_taken"] + stored[1]["waiting"]


@pytest.mark.databases("postgresql")
def test_the_same_member_asking_many_times_at_once_has_one_place(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=5)
    [member] = activities.members(1)

    answers = together(*[lambda: activities.register(activity, member) for _ in range(12)])

    assert sum(answer["already"] for answer in answers) == 11
    assert len({answer["registration_id"] for answer in answers}) == 1
    activities.assert_sound(activity)


@pytest.mark.databases("postgresql")
def test_cancels_and_changes_of_capacity_in_the_rush_keep_the_order(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=20)
    members = activities.members(90)
    activities.register_batch(activity, members[:50])

    def resize(capacity: int) -> object:
        return activities.answer(
            calendar.update_activity, OFFICER, activity_id=activity, capacity=capacity, move_overflow=True
        )

    work: list[Callable[[], object]] = [lambda one=one: activities.cancel(activity, one) for one in members[:25]]
    work += [lambda one=one: activities.register(activity, one) for one in members[50:70]]
    work += [lambda: activities.register_batch(activity, members[60:]), lambda: resize(8), lambda: resize(33)]
    random.Random(11).shuffle(work)

    answers = together(*work)

    assert all("problem" not in answer for answer in answers if isinstance(answer, dict))
    activities.assert_sound(activity)
    stored = activities.activity(activity)
    assert stored["capacity"] in (8, 33)
    assert stored["seats_taken"] == stored["capacity"]
    assert stored["seats_taken"] + stored["waiting"] == 65


@pytest.mark.databases("postgresql")
def test_a_rush_while_the_activity_is_called_off_leaves_nobody_registered(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=30)
    members = activities.members(60)
    work: list[Callable[[], object]] = [
        lambda one=one: activities.answer(registration.register, member_account(one), activity_id=activity)
        for one in members
    ]
    work.insert(
        20, lambda: activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="called off")
    )

    together(*work)

    assert set(activities.states(activity).values()) <= {"cancelled"}
    assert activities.activity(activity)["seats_taken"] == 0
    activities.assert_sound(activity)


@pytest.mark.databases("postgresql", "sqlite")
def test_the_table_itself_refuses_a_seat_too_many(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)

    with pytest.raises(Exception, match="no_oversell"), activities.database.session() as session:
        session.get_one(Activity, activity).seats_taken = 2
