"""The opening of registration: told once by the clock, and to each member who asked."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.opening import remind_me
from services.contracts.activities.registration import operations as registration
from tests.component.activities.harness import OFFICER, ActivitiesHarness, at, member_account


def remind(activities: ActivitiesHarness, activity: UUID, member: UUID, *, wanted: bool = True) -> dict:
    return activities.ask(remind_me, member_account(member), activity_id=activity, wanted=wanted)


def opens_now(activities: ActivitiesHarness) -> None:
    """Let the time of every opening be here, and what looks for that run."""
    with activities.database.session() as session:
        session.execute(sa.text("UPDATE activity SET registration_opens_at = :at"), {"at": at(minutes=-1)})
    activities.run_timer("open_registrations")


def test_the_opening_is_told_once_when_the_time_has_come(activities: ActivitiesHarness):
    activity = activities.schedule(registration_opens_at=at(hours=1), capacity=7)
    activities.schedule(registration_opens_at=at(hours=2), draft=True)

    activities.run_timer("open_registrations")
    assert activities.events("registration_opened") == []
    opens_now(activities)
    activities.run_timer("open_registrations")

    [event] = activities.events("registration_opened")
    assert (event["activity_id"], event["seats_left"]) == (str(activity), 7)


def test_an_opening_that_was_told_is_not_told_again_when_it_moves(activities: ActivitiesHarness):
    activity = activities.schedule(registration_opens_at=at(minutes=-5))
    activities.run_timer("open_registrations")

    later = {"activity_id": activity, "registration_opens_at": at(minutes=-1)}
    activities.ask(calendar.update_activity, OFFICER, **later)
    activities.run_timer("open_registrations")

    assert len(activities.events("registration_opened")) == 1


def test_who_asked_is_told_once_and_who_changed_his_mind_is_not(activities: ActivitiesHarness):
    activity = activities.schedule(registration_opens_at=at(hours=1))
    one, two, three = activities.members(3)
    for member in (one, one, two):
        assert remind(activities, activity, member)["wanted"]
    remind(activities, activity, two, wanted=False)

    def reminded(member: UUID) -> bool:
        return activities.ask(registration.check_registration, member_account(member), activity_id=activity)["reminded"]

    assert [reminded(member) for member in (one, two, three)] == [True, False, False]
    opens_now(activities)
    activities.run_timer("open_registrations")

    assert [event["member_id"] for event in activities.events("opening_reminded")] == [str(one)]
    assert reminded(one) is False
    late = activities.refused(remind_me, member_account(two), activity_id=activity, wanted=True)
    assert late.rule == "opening.opening_is_ahead"


def test_a_cancelled_activity_opens_for_nobody(activities: ActivitiesHarness):
    activity, [member] = activities.schedule(registration_opens_at=at(hours=1)), activities.members(1)
    remind(activities, activity, member)
    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="大风")

    opens_now(activities)

    assert activities.events("registration_opened") == []
    assert activities.events("opening_reminded") == []
