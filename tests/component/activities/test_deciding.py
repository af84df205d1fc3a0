"""Registrations that the organiser approves, priorities of the waiting list, seats handed to colleagues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.contracts.activities.options import operations as options
from services.contracts.activities.questions import operations as questions
from services.contracts.activities.registration import decisions as contract
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.record.operations import MemberUpdated
from tests.component.activities.harness import (
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    ActivitiesHarness,
    at,
    chair_of,
    member_account,
)
from tests.component.activities.test_options import assert_exact


def with_ways(activities: ActivitiesHarness, ways: dict[str, Any], **changes: Any) -> UUID:
    activity = activities.schedule(**changes)
    activities.ask(options.set_options, OFFICER, activity_id=activity, **ways)
    return activity


def moderated(activities: ActivitiesHarness, count: int, **changes: Any) -> tuple[UUID, list[UUID]]:
    """An activity whose organiser approves, and members who asked."""
    activity, members = with_ways(activities, {"moderated": True}, **changes), activities.members(count)
    activities.register_batch(activity, members)
    return activity, members


def approve(activities: ActivitiesHarness, activity: UUID, members: Sequence[UUID]) -> Any:
    pending = activities.pending(activity)
    ids = [pending[member] for member in members]
    return activities.ask(contract.approve_registrations, OFFICER, activity_id=activity, registration_ids=ids)


def refuse(activities: ActivitiesHarness, activity: UUID, member: UUID, reason: str = "须有上岗证") -> Any:
    request = {"registration_ids": [activities.pending(activity)[member]], "reason": reason}
    return activities.ask(contract.refuse_registrations, OFFICER, activity_id=activity, **request)


def code_of(activities: ActivitiesHarness, activity: UUID, member: UUID) -> str:
    return activities.ask(contract.offer_hand_over, member_account(member), activity_id=activity)["code"]


def refused_heir(activities: ActivitiesHarness, activity: UUID, member: UUID, code: str) -> str | None:
    request = {"activity_id": activity, "code": code}
    return activities.refused(contract.take_over, member_account(member), **request).rule


def test_who_asks_takes_no_seat_until_the_organiser_approves(activities: ActivitiesHarness):
    activity, members = moderated(activities, 3, capacity=2)

    assert set(activities.states(activity).values()) == {"pending"}
    assert activities.activity(activity)["seats_taken"] == 0
    check = activities.ask(registration.check_registration, member_account(members[0]), activity_id=activity)
    assert check["registration"]["state"] == "pending"

    reply = approve(activities, activity, list(reversed(members)))

    assert list(activities.states(activity).values()) == ["confirmed", "confirmed", "waitlisted"]
    assert [item["state"] for item in reply["items"]] == ["confirmed", "confirmed", "waitlisted"]
    assert (reply["seats_left"], reply["waiting"]) == (0, 1)
    assert len(activities.events("registration_pending")) == 3
    assert activities.events("registration_waitlisted")[0]["position"] == 1
    again = activities.ask(
        contract.approve_registrations,
        OFFICER,
        activity_id=activity,
        registration_ids=[item["registration_id"] for item in reply["items"]],
    )
    assert again["items"] == []
    assert_exact(activities, activity)


def test_who_is_refused_is_told_why_and_does_not_ask_again(activities: ActivitiesHarness):
    activity, (member, other) = moderated(activities, 2)

    refuse(activities, activity, member)

    [event] = activities.events("registration_refused")
    assert event["member_id"] == str(member)
    assert "上岗证" not in str(event)
    [mine] = activities.ask(registration.my_registrations, member_account(member))["items"]
    assert (mine["cancel_cause"], mine["refusal_reason"]) == ("refused", "须有上岗证")
    again = activities.refused(registration.register, member_account(member), activity_id=activity)
    assert (again.rule, again.params) == ("registration.not_refused_before", {"reason": "须有上岗证"})
    check = activities.ask(registration.check_registration, member_account(member), activity_id=activity)
    assert check["register_refusals"][0]["rule"] == "registration.not_refused_before"
    with activities.database.session() as session:
        stored = session.scalar(sa.text("SELECT refusal_reason FROM registration WHERE refusal_reason IS NOT NULL"))
    assert "上岗证" not in stored
    activities.ask(registration.register_members, OFFICER, activity_id=activity, member_ids=[member])
    assert activities.states(activity) == {member: "confirmed", other: "pending"}


def test_without_waiting_list_who_finds_no_seat_stays_pending_and_the_organiser_is_told(
    activities: ActivitiesHarness,
):
    activity, members = moderated(activities, 2, capacity=1, waiting_list=False)

    reply = approve(activities, activity, members)

    assert [(item["state"], item["rule"]) for item in reply["items"]] == [
        ("confirmed", None), ("pending", "registration.seat_or_waiting_list_left"),
    ]  # fmt: skip


def test_a_pending_registration_ends_when_its_member_leaves_or_gives_up(activities: ActivitiesHarness):
    activity, (one, two, three) = moderated(activities, 3)
    left = {"unit_id": UUID(int=1), "employment": "contract", "standing": "withdrawn", "fields_changed": ["standing"]}

    activities.cancel(activity, one)
    activities.tell(MemberUpdated, 2, member_id=two, **left)

    assert activities.states(activity) == {one: "cancelled", two: "cancelled", three: "pending"}
    assert [event["was"] for event in activities.events("registration_cancelled")] == ["pending", "pending"]
    assert activities.activity(activity)["waiting"] == 0


def test_only_the_organisers_decide(activities: ActivitiesHarness):
    activity, members = moderated(activities, 1, organiser_unit_id=UUID(int=1))
    [pending] = activities.pending(activity).values()
    request = {"activity_id": activity, "registration_ids": [pending]}

    stranger = activities.refused(contract.approve_registrations, chair_of(OTHER_UNIT), **request)
    activities.ask(contract.approve_registrations, CHAIR, **request)

    assert stranger.rule == "own_unit"
    assert activities.states(activity) == {members[0]: "confirmed"}


def test_priority_comes_before_the_ticket_and_is_told_with_its_reason(activities: ActivitiesHarness):
    activity, members = activities.schedule(capacity=1), activities.members(4)
    for member in members:
        activities.register(activity, member)
    first, second, third, fourth = members
    request = {"activity_id": activity, "member_id": fourth, "priority": 5, "reason": "去年未轮到"}

    reply = activities.ask(contract.set_priority, OFFICER, **request)

    assert (reply["position"], reply["priority"]) == (1, 5)
    assert activities.waiting(activity) == [fourth, second, third]
    check = activities.ask(registration.check_registration, member_account(fourth), activity_id=activity)
    assert check["registration"]["priority_reason"] == "去年未轮到"
    activities.cancel(activity, first)
    assert activities.states(activity)[fourth] == "confirmed"
    seated = activities.refused(contract.set_priority, OFFICER, **request)
    assert seated.rule == "registration.member_waits"


def test_a_small_party_that_is_let_forward_gets_what_is_free(activities: ActivitiesHarness):
    activity = with_ways(activities, {"most_companions": 2}, capacity=2)
    one, party, single = activities.members(3)
    activities.register(activity, one)
    request = {"activity_id": activity, "companions": 1}
    activities.ask(registration.register, member_account(party), **request)
    activities.register(activity, single)
    assert activities.states(activity)[single] == "waitlisted"

    first = {"member_id": single, "priority": 1, "reason": "工作需要"}
    reply = activities.ask(contract.set_priority, OFFICER, activity_id=activity, **first)

    assert reply["state"] == "confirmed"
    assert_exact(activities, activity)


def test_a_seat_goes_to_the_colleague_who_brings_the_code(activities: ActivitiesHarness):
    activity = with_ways(activities, {"hand_over": True, "most_companions": 1}, capacity=2)
    giver, waits, heir = activities.members(3)
    activities.ask(registration.register, member_account(giver), activity_id=activity, companions=1)
    activities.register(activity, waits)

    code = code_of(activities, activity, giver)
    reply = activities.ask(
        contract.take_over, member_account(heir), activity_id=activity, code=f" {code[:6].lower()}-{code[6:]}"
    )

    assert (reply["state"], reply["seats_left"]) == ("confirmed", 0)
    assert activities.states(activity) == {giver: "cancelled", waits: "waitlisted", heir: "confirmed"}
    [event] = activities.events("registration_handed_over")
    assert (event["member_id"], event["to_member_id"], event["seats_taken"]) == (str(giver), str(heir), 0)
    [mine] = activities.ask(registration.my_registrations, member_account(heir))["items"]
    assert mine["companions"] == 1
    assert refused_heir(activities, activity, waits, code) == "registration.code_is_valid"
    assert_exact(activities, activity)


def test_a_code_is_told_once_replaced_withdrawn_and_of_no_use_after_the_seat_was_given_back(
    activities: ActivitiesHarness,
):
    activity = with_ways(activities, {"hand_over": True})
    giver, heir = activities.members(2)
    activities.register(activity, giver)

    old, new = code_of(activities, activity, giver), code_of(activities, activity, giver)
    assert refused_heir(activities, activity, heir, old) == "registration.code_is_valid"
    check = activities.ask(registration.check_registration, member_account(giver), activity_id=activity)
    assert (check["may_hand_over"], check["handing_over"]) == (True, True)
    activities.ask(contract.withdraw_hand_over, member_account(giver), activity_id=activity)
    assert refused_heir(activities, activity, heir, new) == "registration.code_is_valid"
    last = code_of(activities, activity, giver)
    activities.cancel(activity, giver)
    assert refused_heir(activities, activity, heir, last) == "registration.code_is_valid"
    other = with_ways(activities, {"hand_over": True})
    assert refused_heir(activities, other, heir, last) == "registration.code_is_valid"


def test_a_seat_is_handed_over_only_to_who_may_take_part_and_in_time(activities: ActivitiesHarness):
    audience = {"units": [UUID(int=1)], "employments": []}
    activity = with_ways(activities, {"hand_over": True}, audience=audience)
    [giver, waits], [stranger] = activities.members(2), activities.members(1, unit=OTHER_UNIT)
    activities.register(activity, giver)
    activities.register(activity, waits)
    code = code_of(activities, activity, giver)

    assert refused_heir(activities, activity, stranger, code) == "registration.member_is_in_audience"
    assert refused_heir(activities, activity, waits, code) == "registration.not_registered_yet"
    with activities.database.session() as session:
        session.execute(sa.text("UPDATE activity SET cancel_until = :at"), {"at": at(minutes=-1)})
    late = activities.refused(contract.offer_hand_over, member_account(giver), activity_id=activity)
    assert late.rule == "registration.before_cancel_deadline"
    plain = activities.schedule()
    activities.register(plain, giver)
    never = activities.refused(contract.offer_hand_over, member_account(giver), activity_id=plain)
    assert never.rule == "registration.seats_can_be_handed_over"


def test_the_heir_answers_the_questions_of_the_activity(activities: ActivitiesHarness):
    activity = with_ways(activities, {"hand_over": True})
    asked = [{"text": "鞋码", "kind": "number", "required": True}]
    giver, heir = activities.members(2)
    activities.register(activity, giver)
    activities.ask(questions.set_questions, OFFICER, activity_id=activity, questions=asked)
    code = code_of(activities, activity, giver)
    request = {"activity_id": activity, "code": code}

    wrong = activities.refused(contract.take_over, member_account(heir), **request)
    assert list(wrong.params["errors"]) == ["answers.1"]
    assert activities.states(activity) == {giver: "confirmed"}
    activities.ask(contract.take_over, member_account(heir), **request, answers={"1": 42})

    [row] = activities.ask(questions.list_answers, OFFICER, activity_id=activity)["items"]
    assert (row["member_id"], row["answers"][0]["value"]) == (str(heir), "42")
