"""Giving a place back, and the waiting list that moves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.activities.registration.use_cases import waiting_list
from services.chassis import clock
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from tests.component.activities.harness import (
    AUDITOR,
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    UNIT,
    ActivitiesHarness,
    at,
    member_account,
)


def test_the_first_who_waits_gets_the_seat_that_comes_free(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=2)
    members = activities.members(4)
    activities.register_batch(activity, members)

    answer = activities.cancel(activity, members[0])

    assert (answer["state"], answer["cancel_cause"]) == ("cancelled", "withdrawn")
    assert (answer["seats_taken"], answer["seats_left"], answer["waiting"]) == (2, 0, 1)
    assert activities.states(activity)[members[2]] == "confirmed"
    assert activities.waiting(activity) == [members[3]]
    ended, moved = activities.events_of(activity)[-2:]
    assert (ended["type"], ended["cause"], ended["was"]) == ("registration_cancelled", "withdrawn", "confirmed")
    assert (ended["seats_taken"], ended["seats_left"], ended["waiting"]) == (1, 1, 2)
    assert (moved["type"], moved["moved_up"]) == ("registration_confirmed", True)
    assert (moved["seats_taken"], moved["seats_left"], moved["waiting"]) == (2, 0, 1)
    activities.assert_sound(activity)


def test_who_leaves_the_waiting_list_moves_nobody_into_a_seat(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    members = activities.members(3)
    activities.register_batch(activity, members)

    activities.cancel(activity, members[1])

    assert activities.waiting(activity) == [members[2]]
    assert activities.events_of(activity)[-1]["was"] == "waitlisted"
    activities.assert_sound(activity)


def test_cancelling_twice_answers_the_same_and_moves_nobody_twice(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    members = activities.members(3)
    activities.register_batch(activity, members)

    first, second = activities.cancel(activity, members[0]), activities.cancel(activity, members[0])

    assert first == second
    assert activities.waiting(activity) == [members[2]]
    activities.assert_sound(activity)


def test_who_registers_again_after_a_cancel_stands_at_the_end(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    members = activities.members(3)
    activities.register_batch(activity, members)
    activities.cancel(activity, members[0])

    again = activities.register(activity, members[0])

    assert (again["state"], again["position"], again["already"]) == ("waitlisted", 2, False)
    assert activities.waiting(activity) == [members[2], members[0]]
    activities.assert_sound(activity)


def test_after_the_deadline_only_the_organiser_cancels_and_says_why(activities: ActivitiesHarness):
    activity = activities.schedule(cancel_until=at(hours=1))
    [member] = activities.members(1)
    activities.register(activity, member)

    with clock.frozen(at(hours=2)):
        late = activities.refused(registration.cancel_registration, member_account(member), activity_id=activity)
        silent = activities.refused(registration.cancel_registration, OFFICER, activity_id=activity, member_id=member)
        answer = activities.ask(
            registration.cancel_registration, OFFICER, activity_id=activity, member_id=member, reason="电话请假"
        )

    assert (late.status, late.rule) == (409, "registration.before_cancel_deadline")
    assert (silent.status, silent.field) == (422, "reason")
    assert answer["cancel_cause"] == "by_organiser"
    activities.assert_sound(activity)


def test_what_is_over_keeps_its_registrations(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    activities.register(activity, member)

    with clock.frozen(at(days=11)):
        problem = activities.refused(
            registration.cancel_registration, OFFICER, activity_id=activity, member_id=member, reason="too late"
        )

    assert problem.rule == "registration.activity_is_not_over"


def test_who_never_registered_has_nothing_to_cancel(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)

    problem = activities.refused(registration.cancel_registration, member_account(member), activity_id=activity)

    assert (problem.status, problem.rule) == (404, "registration.member_is_registered")
    assert (
        activities.refused(registration.cancel_registration, member_account(member), activity_id=uuid4()).status == 404
    )


def test_nobody_gives_back_the_place_of_another(activities: ActivitiesHarness):
    activity = activities.schedule()
    [ours], [theirs] = activities.members(1), activities.members(1, unit=OTHER_UNIT)
    activities.register_batch(activity, [ours, theirs])

    def cancel(principal, member):
        return activities.answer(
            registration.cancel_registration, principal, activity_id=activity, member_id=member, reason="in their place"
        )

    assert cancel(member_account(), ours)["problem"]["class"] == "NotAllowed"
    assert cancel(AUDITOR, ours)["problem"]["class"] == "NotAllowed"
    assert cancel(CHAIR, theirs)["problem"]["class"] == "NotAllowed"
    assert cancel(CHAIR, ours)["ok"]["cancel_cause"] == "by_organiser"
    assert activities.states(activity) == {ours: "cancelled", theirs: "confirmed"}
    activities.assert_sound(activity)


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("standing", ["withdrawn", "deceased"])
def test_who_leaves_the_union_frees_the_seats_of_what_is_to_come(activities: ActivitiesHarness, standing: str):
    activity, past = (
        activities.schedule(capacity=1),
        activities.schedule(capacity=1, starts_at=at(hours=1), ends_at=at(hours=2)),
    )
    leaver, next_one = activities.members(2)
    activities.register_batch(activity, [leaver, next_one])
    activities.register(past, leaver)
    later = clock.now() + timedelta(days=1)
    data = {"member_id": leaver, "unit_id": uuid4(), "employment": "contract", "fields_changed": ["standing"]}

    with clock.frozen(later):
        activities.tell(MemberUpdated, 2, **data, standing=standing)

    assert activities.states(activity) == {leaver: "cancelled", next_one: "confirmed"}
    assert activities.states(past) == {leaver: "confirmed"}
    [ended] = activities.events("registration_cancelled")
    assert ended["cause"] == "left_the_union"
    activities.assert_sound(activity)


def retires(activities: ActivitiesHarness, member: UUID) -> None:
    activities.tell(MemberUpdated, 2, member_id=member, unit_id=UNIT, employment="contract", standing="retained",
        fields_changed=["standing"],
    )  # fmt: skip


def test_who_retires_keeps_the_seats_he_has(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    activities.register(activity, member)

    retires(activities, member)

    assert activities.states(activity) == {member: "confirmed"}
    assert activities.events("registration_cancelled") == []


def test_who_retires_gives_his_waiting_place_up(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    seated, retired, next_one = activities.members(3)
    activities.register_batch(activity, [seated, retired, next_one])

    retires(activities, retired)
    activities.cancel(activity, seated)

    assert activities.states(activity) == {seated: "cancelled", retired: "cancelled", next_one: "confirmed"}
    ended = activities.events("registration_cancelled")[0]
    assert (ended["member_id"], ended["cause"], ended["was"]) == (str(retired), "takes_no_part", "waitlisted")
    activities.assert_sound(activity)


def test_who_retired_and_lost_his_seat_to_fewer_seats_gets_no_other(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=2)
    first, retired, next_one = activities.members(3)
    activities.register_batch(activity, [first, retired, next_one])
    retires(activities, retired)
    for capacity in (1, 2):
        activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=capacity, move_overflow=True,
            version=activities.activity(activity)["version"],
        )  # fmt: skip

    assert activities.states(activity) == {first: "confirmed", retired: "cancelled", next_one: "confirmed"}
    assert activities.events("registration_cancelled")[0]["cause"] == "takes_no_part"
    activities.assert_sound(activity)


def test_a_seat_that_comes_free_passes_over_who_is_no_longer_in_the_audience(
    activities: ActivitiesHarness, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(waiting_list, "MOVED_AT_ONCE", 2)
    activity = activities.schedule(capacity=2, audience={"units": [UNIT]})
    seated, stays, *moved, fits, last = activities.members(7)
    activities.register_batch(activity, [seated, stays, *moved, fits, last])
    for member in (stays, *moved):
        moves = {"member_id": member, "from_unit_id": UNIT, "to_unit_id": OTHER_UNIT, "on": clock.today()}
        activities.tell(UnitChanged, 2, **moves)
    assert activities.waiting(activity) == [*moved, fits, last], (
        "until the turn comes nothing is lost: a unit may be merged"
    )

    activities.cancel(activity, seated)

    given_up = dict.fromkeys(moved, "cancelled")
    assert activities.states(activity) == {
        seated: "cancelled",
        stays: "confirmed",
        **given_up,
        fits: "confirmed",
        last: "waitlisted",
    }
    passed = [one for one in activities.events("registration_cancelled") if one["cause"] == "not_in_audience"]
    assert [one["member_id"] for one in passed] == [str(member) for member in moved]
    activities.assert_sound(activity)
