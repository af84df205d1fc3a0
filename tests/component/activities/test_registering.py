"""Registering: seats, waiting list, refusals, repeats."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.participants.tables import Participant
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from tests.component.activities.harness import (
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    SYSTEM,
    UNIT,
    ActivitiesHarness,
    at,
    member_account,
)


def outcomes(reply) -> list[str]:
    return [outcome["outcome"] for outcome in reply["outcomes"]]


def test_seats_first_then_the_waiting_list_in_the_order_of_asking(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=2)
    members = activities.members(4)

    answers = [activities.register(activity, member) for member in members]

    assert [answer["state"] for answer in answers] == ["confirmed", "confirmed", "waitlisted", "waitlisted"]
    assert [answer["position"] for answer in answers] == [None, None, 1, 2]
    assert [(a["seats_taken"], a["seats_left"], a["waiting"]) for a in answers] == [
        (1, 1, 0), (2, 0, 0), (2, 0, 1), (2, 0, 2),
    ]  # fmt: skip
    assert activities.waiting(activity) == members[2:]
    activities.assert_sound(activity)


def test_asking_again_answers_the_same_and_changes_nothing(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    seated, waiting = activities.members(2)
    first, second = activities.register(activity, seated), activities.register(activity, waiting)

    again, waiting_again = activities.register(activity, seated), activities.register(activity, waiting)

    assert again == {**first, "already": True, "waiting": 1}
    assert waiting_again == {**second, "already": True}
    assert len(activities.events("registration_confirmed", "registration_waitlisted")) == 2
    activities.assert_sound(activity)


def test_an_idempotency_key_answers_the_same_after_a_cancel(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    account = member_account(member)
    first = activities.answer(registration.register, account, "k-1", activity_id=activity)
    activities.cancel(activity, member)

    assert activities.answer(registration.register, account, "k-1", activity_id=activity) == first
    assert activities.states(activity) == {member: "cancelled"}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_key_in_a_batch_is_answered_the_same_after_a_cancel_and_alone(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    account = member_account(member)
    [first] = activities.register_keyed(activity, [(account, "k-1")])
    activities.cancel(activity, member)

    [again] = activities.register_keyed(activity, [(account, "k-1")])

    assert again == activities.ask_keyed("k-1", registration.register, account, activity_id=activity)
    assert (again["registration_id"], again["state"]) == (first["registration_id"], "confirmed")
    assert activities.states(activity) == {member: "cancelled"}


def test_a_key_answered_alone_is_known_to_a_batch(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    account = member_account(member)
    first = activities.ask_keyed("k-1", registration.register, account, activity_id=activity)
    activities.cancel(activity, member)

    assert activities.register_keyed(activity, [(account, "k-1")]) == [first]
    assert activities.states(activity) == {member: "cancelled"}


def test_a_key_in_a_batch_names_one_request_of_one_account(activities: ActivitiesHarness):
    activity, other = activities.schedule(), activities.schedule()
    mine, hers = (member_account(member) for member in activities.members(2))
    activities.register_keyed(activity, [(mine, "k-1")])

    refused, placed = activities.register_keyed(other, [(mine, "k-1"), (hers, "k-1")])

    assert (refused["code"], refused["class"]) == ("idempotency_key_reused", "InvalidInput")
    assert placed["outcome"] == "confirmed"
    assert activities.states(other) == {hers.member_id: "confirmed"}


def test_two_keys_of_one_member_are_one_registration(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    [member] = activities.members(1)
    account = member_account(member)

    together = activities.register_keyed(activity, [(account, "k-1"), (account, "k-2"), (account, None)])
    [later] = activities.register_keyed(activity, [(account, "k-3")])

    assert {told["registration_id"] for told in [*together, later]} == {together[0]["registration_id"]}
    assert later["outcome"] == "already"
    assert activities.activity(activity)["seats_taken"] == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_who_repeats_a_key_beside_a_new_request_is_told_both(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    account = member_account(member)
    [first] = activities.register_keyed(activity, [(account, "k-1")])
    activities.cancel(activity, member)

    old, new = activities.register_keyed(activity, [(account, "k-1"), (account, "k-2")])

    assert old["registration_id"] == first["registration_id"]
    assert new["outcome"] == "confirmed"
    assert new["registration_id"] != first["registration_id"]


def test_a_refusal_is_not_kept_under_its_key(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1, waiting_list=False)
    first, second = activities.members(2)
    account = member_account(second)
    activities.register(activity, first)
    [refused] = activities.register_keyed(activity, [(account, "k-1")])
    activities.cancel(activity, first)

    [placed] = activities.register_keyed(activity, [(account, "k-1")])

    assert (refused["outcome"], placed["outcome"]) == ("refused", "confirmed")


def test_events_carry_the_figures_right_after_each(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    activities.register_batch(activity, activities.members(3))

    events = activities.events("registration_confirmed", "registration_waitlisted")

    assert [event["type"] for event in events] == ["registration_confirmed"] + ["registration_waitlisted"] * 2
    assert [(e["seats_taken"], e["seats_left"], e["waiting"]) for e in events] == [(1, 0, 0), (1, 0, 1), (1, 0, 2)]
    assert [event.get("position") for event in events] == [None, 1, 2]
    assert events[0]["moved_up"] is False


def test_without_a_limit_everybody_has_a_seat(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=None)

    reply = activities.register_batch(activity, activities.members(7))

    assert outcomes(reply) == ["confirmed"] * 7
    assert (reply["seats_taken"], reply["seats_left"], reply["waiting"]) == (7, None, 0)
    activities.assert_sound(activity)


def test_a_batch_takes_out_who_is_registered_before_it_meets_the_seats_left(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=4, waiting_list=False)
    members = activities.members(6)
    activities.register_batch(activity, members[:2])

    reply = activities.register_batch(activity, members)

    assert outcomes(reply) == ["already", "already", "confirmed", "confirmed", "refused", "refused"]
    assert {outcome["rule"] for outcome in reply["outcomes"][4:]} == {"registration.seat_or_waiting_list_left"}
    activities.assert_sound(activity)


def test_a_member_named_twice_counts_once(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)

    reply = activities.register_batch(activity, [member, member])

    assert outcomes(reply) == ["confirmed"]
    activities.assert_sound(activity)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_batch_says_of_each_member_who_is_refused_which_rule_and_why(activities: ActivitiesHarness):
    activity = activities.schedule(audience={"units": [UNIT], "employments": ["contract"]})
    [fits] = activities.members(1)
    [elsewhere] = activities.members(1, unit=OTHER_UNIT)
    [otherwise] = activities.members(1, employment="agency")
    stranger = uuid4()

    reply = activities.register_batch(activity, [fits, elsewhere, otherwise, stranger])

    assert [(o["outcome"], o["rule"]) for o in reply["outcomes"]] == [
        ("confirmed", None),
        ("refused", "registration.member_is_in_audience"),
        ("refused", "registration.member_is_in_audience"),
        ("refused", "registration.applicant_is_a_member"),
    ]
    assert [o["params"] for o in reply["outcomes"][1:3]] == [{"part": "unit"}, {"part": "employment"}]
    activities.assert_sound(activity)


@pytest.mark.parametrize(
    ("times", "early"),
    [
        ({"registration_opens_at": at(days=1)}, True),
        ({"registration_opens_at": at(days=-3), "registration_closes_at": at(days=-1)}, False),
    ],
)
def test_nobody_registers_outside_the_time_of_registration(activities: ActivitiesHarness, times, early):
    activity = activities.schedule(**times)

    problem = activities.refused(registration.register, member_account(activities.members(1)[0]), activity_id=activity)

    assert (problem.status, problem.rule, problem.params["early"]) == (
        409, "registration.registration_is_open", early,
    )  # fmt: skip
    assert activities.states(activity) == {}


def test_a_member_who_has_left_is_refused(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)
    with activities.database.session() as session:
        session.execute(sa.update(Participant).values(standing="withdrawn"))

    assert (
        activities.refused(registration.register, member_account(member), activity_id=activity).rule
        == "registration.member_is_active"
    )


def test_an_unknown_activity_and_a_draft_are_not_found(activities: ActivitiesHarness):
    [member] = activities.members(1)
    draft = activities.schedule(draft=True)

    assert activities.refused(registration.register, member_account(member), activity_id=uuid4()).status == 404
    assert activities.refused(registration.register, member_account(member), activity_id=draft).status == 404
    assert activities.refused(registration.register_batch, activity_id=draft, member_ids=[member]).status == 404


def test_a_cancelled_activity_takes_nobody(activities: ActivitiesHarness):
    activity = activities.schedule()
    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="场地不可用")

    problem = activities.refused(registration.register, member_account(activities.members(1)[0]), activity_id=activity)

    assert problem.rule == "registration.activity_is_scheduled"


def test_an_officer_registers_anybody_and_a_chair_members_of_the_own_unit(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=10)
    [ours], [theirs] = activities.members(1), activities.members(1, unit=OTHER_UNIT)

    by_chair = activities.ask(registration.register_members, CHAIR, activity_id=activity, member_ids=[ours, theirs])
    by_officer = activities.ask(registration.register_members, OFFICER, activity_id=activity, member_ids=[theirs])

    assert outcomes(by_chair) == ["confirmed", "refused"]
    assert by_chair["outcomes"][1]["rule"] == "registration.member_is_in_chairs_unit"
    assert outcomes(by_officer) == ["confirmed"]
    activities.assert_sound(activity)


def test_only_the_gateway_decides_batches_and_only_members_register(activities: ActivitiesHarness):
    activity = activities.schedule()
    [member] = activities.members(1)

    assert (
        activities.refused(registration.register_batch, OFFICER, activity_id=activity, member_ids=[member]).status
        == 403
    )
    assert activities.refused(registration.register, SYSTEM, activity_id=activity).status == 403


@pytest.mark.parametrize("member_ids", [[], ["no id"], [str(UUID(int=n)) for n in range(501)]])
def test_a_batch_that_is_empty_too_long_or_no_ids_is_no_valid_input(activities: ActivitiesHarness, member_ids):
    problem = activities.refused(registration.register_batch, activity_id=activities.schedule(), member_ids=member_ids)

    assert (problem.status, problem.field) == (422, "member_ids")


@pytest.mark.databases("postgresql")
def test_the_number_of_statements_does_not_grow_with_the_batch(activities: ActivitiesHarness):
    def statements(count: int) -> int:
        activity = activities.schedule(capacity=count // 2)
        members = activities.members(count)
        seen: list[str] = []
        engine = activities.database.engine

        def note(_connection, _cursor, statement, *_rest) -> None:
            seen.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        activities.register_batch(activity, members)
        sa.event.remove(engine, "before_cursor_execute", note)
        activities.assert_sound(activity)
        return len(seen)

    assert statements(10) == statements(500) <= 8
