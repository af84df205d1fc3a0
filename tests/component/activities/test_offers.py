"""Offers: a free seat is kept for the next who waits, for some hours, and goes on when it is not taken."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.activities.participants.tables import Participant
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.options import operations as options
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.record.operations import MemberUpdated
from tests.component.activities.harness import OFFICER, OTHER_UNIT, ActivitiesHarness, at, member_account
from tests.component.activities.test_options import answer, assert_exact, lapse


def offering(activities: ActivitiesHarness, capacity: int = 1, hours: int = 24, **changes: object) -> UUID:
    activity = activities.schedule(capacity=capacity, **changes)
    activities.ask(options.set_options, OFFICER, activity_id=activity, offer_hours=hours)
    return activity


def full(activities: ActivitiesHarness, waiting: int = 2, **changes: object) -> tuple[UUID, list[UUID]]:
    """An activity of one seat that is taken, and those who wait."""
    activity, members = offering(activities, **changes), activities.members(waiting + 1)
    for member in members:
        activities.register(activity, member)
    return activity, members


def test_a_seat_that_becomes_free_is_kept_for_the_next_until_it_is_accepted(activities: ActivitiesHarness):
    activity, (first, second, third) = full(activities)

    activities.cancel(activity, first)
    [event] = activities.events("registration_offered")
    assert (event["member_id"], event["seats_left"], event["waiting"]) == (str(second), 0, 1)
    assert activities.states(activity) == {first: "cancelled", second: "offered", third: "waitlisted"}
    check = activities.ask(registration.check_registration, member_account(second), activity_id=activity)
    assert check["registration"]["offered_until"] == event["until"]

    reply = answer(activities, activity, second, accept=True)
    again = answer(activities, activity, second, accept=True)

    assert (reply["state"], reply["seats_left"]) == ("confirmed", 0)
    assert again["state"] == "confirmed"
    assert len(activities.events("registration_confirmed")) == 2
    assert_exact(activities, activity)


def test_a_seat_that_is_declined_or_given_back_after_accepting_is_offered_to_the_next_at_once(
    activities: ActivitiesHarness,
):
    activity, (first, second, third, fourth) = full(activities, waiting=3)
    activities.cancel(activity, first)

    answer(activities, activity, second, accept=False)
    assert activities.states(activity)[third] == "offered"
    answer(activities, activity, third, accept=True)
    activities.cancel(activity, third)

    assert activities.states(activity) == {
        first: "cancelled", second: "cancelled", third: "cancelled", fourth: "offered",
    }  # fmt: skip
    assert [event["cause"] for event in activities.events("registration_cancelled")] == [
        "withdrawn", "offer_declined", "withdrawn",
    ]  # fmt: skip
    assert_exact(activities, activity)


def test_who_gave_an_offered_seat_back_and_registers_again_waits_behind_the_others(activities: ActivitiesHarness):
    activity, (first, second, third) = full(activities)
    activities.cancel(activity, first)
    answer(activities, activity, second, accept=True)
    activities.cancel(activity, second)

    again = activities.register(activity, second)

    assert (again["state"], again["position"]) == ("waitlisted", 1)
    assert activities.states(activity)[third] == "offered"


def test_an_offer_that_lapses_goes_to_the_next_who_may_take_part_and_the_skipped_sees_why(
    activities: ActivitiesHarness,
):
    activity, (first, second, third, fourth) = full(
        activities, waiting=3, audience={"units": [UUID(int=1)], "employments": []}
    )
    activities.cancel(activity, first)
    with activities.database.session() as session:
        moved = sa.update(Participant).where(Participant.member_id == third)
        session.execute(moved.values(unit_id=OTHER_UNIT))

    lapse(activities, activity, second)

    assert activities.states(activity) == {
        first: "cancelled", second: "cancelled", third: "cancelled", fourth: "offered",
    }  # fmt: skip
    mine = activities.ask(registration.my_registrations, member_account(second))["items"]
    skipped = activities.ask(registration.my_registrations, member_account(third))["items"]
    assert [mine[0]["cancel_cause"], skipped[0]["cancel_cause"]] == ["offer_lapsed", "not_in_audience"]
    [event] = activities.events("offer_lapsed")
    assert (event["member_id"], event["seats_taken"]) == (str(second), 0)
    assert_exact(activities, activity)


def test_an_offer_whose_time_is_over_can_not_be_accepted_before_it_is_noticed(activities: ActivitiesHarness):
    activity, (first, second, _) = full(activities)
    activities.cancel(activity, first)
    with activities.database.session() as session:
        session.execute(sa.text("UPDATE registration SET offered_until = :at WHERE state = 'offered'"), {"at": at()})

    refused = activities.refused(registration.answer_offer, member_account(second), activity_id=activity, accept=True)

    assert refused.rule == "registration.seat_is_offered"
    assert activities.states(activity)[second] == "offered"


def test_who_has_no_offer_can_not_answer_one(activities: ActivitiesHarness):
    activity, (_, second, _) = full(activities)
    [stranger] = activities.members(1)
    request = {"activity_id": activity, "accept": True}

    waits = activities.refused(registration.answer_offer, member_account(second), **request)
    unknown = activities.refused(registration.answer_offer, member_account(stranger), **request)

    assert (waits.rule, unknown.rule) == ("registration.seat_is_offered", "registration.member_is_registered")


def test_never_more_offers_than_free_seats_when_seats_are_raised_and_lowered(activities: ActivitiesHarness):
    activity, members = full(activities, waiting=4)

    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=4)
    states = list(activities.states(activity).values())
    assert states == ["confirmed", "offered", "offered", "offered", "waitlisted"]
    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=2, move_overflow=True)

    assert list(activities.states(activity).values()) == [
        "confirmed", "offered", "waitlisted", "waitlisted", "waitlisted",
    ]  # fmt: skip
    assert activities.waiting(activity) == members[2:]
    assert_exact(activities, activity)


def test_an_activity_that_begins_sooner_ends_the_offer_and_one_that_has_begun_gives_seats_at_once(
    activities: ActivitiesHarness,
):
    activity, (first, _, _) = full(activities, starts_at=at(hours=2), ends_at=at(hours=4))
    activities.cancel(activity, first)
    [event] = activities.events("registration_offered")
    assert event["until"] == activities.activity(activity)["starts_at"]


def test_a_member_who_leaves_the_union_loses_an_offered_seat_to_the_next(activities: ActivitiesHarness):
    activity, (first, second, third) = full(activities)
    activities.cancel(activity, first)

    left = {"unit_id": UUID(int=1), "employment": "contract", "standing": "withdrawn", "fields_changed": ["standing"]}
    activities.tell(MemberUpdated, 2, member_id=second, **left)

    assert activities.states(activity) == {first: "cancelled", second: "cancelled", third: "offered"}
    assert_exact(activities, activity)


def test_a_cancelled_activity_ends_offers_too(activities: ActivitiesHarness):
    activity, (first, *_) = full(activities)
    activities.cancel(activity, first)

    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="大风")

    assert set(activities.states(activity).values()) == {"cancelled"}
    assert_exact(activities, activity)
