"""Check-in: codes, double scans, walk-ins, cancelled people, desks without network, lists, certificates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.clock import frozen, now
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.check_in import operations as contract
from services.contracts.activities.options import operations as options
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.harness import (
    AUDITOR,
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    UNIT,
    ActivitiesHarness,
    at,
    chair_of,
    member_account,
)
from tests.component.activities.test_rush import together

BOTH = pytest.mark.databases("postgresql", "sqlite")


def soon(activities: ActivitiesHarness, **changes: Any) -> UUID:
    """An activity that begins in half an hour."""
    times = {"starts_at": at(minutes=30), "ends_at": at(minutes=150), "registration_opens_at": at(days=-1)}
    return activities.schedule(**{**times, "capacity": 10, **changes})


def code(activities: ActivitiesHarness, activity: UUID, member: UUID) -> str:
    return activities.ask(contract.my_check_in_code, member_account(member), activity_id=activity)["code"]


def scan(activities: ActivitiesHarness, activity: UUID, shown: str, principal: Any = OFFICER, **more: Any) -> Any:
    return activities.ask(contract.check_in, principal, activity_id=activity, code=shown, **more)


def not_let_in(activities: ActivitiesHarness, activity: UUID, **more: Any) -> Any:
    return activities.refused(contract.check_in, OFFICER, activity_id=activity, **more)


def figures(activities: ActivitiesHarness, activity: UUID) -> dict[str, Any]:
    return activities.ask(contract.get_check_in, OFFICER, activity_id=activity)["figures"]


def listed(activities: ActivitiesHarness, activity: UUID, principal: Any = OFFICER, **more: Any) -> list[Any]:
    return activities.ask(contract.list_attendance, principal, activity_id=activity, limit=100, **more)["items"]


def set_up(activities: ActivitiesHarness, activity: UUID, **changes: Any) -> Any:
    return activities.ask(contract.set_check_in, OFFICER, activity_id=activity, **changes)


def registered(activities: ActivitiesHarness, activity: UUID, count: int) -> list[UUID]:
    members = activities.members(count)
    activities.register_batch(activity, members)
    return members


@BOTH
def test_one_checks_in_by_the_own_code_and_a_second_scan_tells_when_and_where(activities: ActivitiesHarness):
    activity = soon(activities)
    (member,) = registered(activities, activity, 1)
    shown = code(activities, activity, member)

    first = scan(activities, activity, shown, desk="东门")
    with frozen(now() + timedelta(minutes=4)):
        again = scan(activities, activity, f"https://union.example/verify/{shown}", desk="西门")

    assert (first["outcome"], again["outcome"]) == ("recorded", "already")
    assert (again["desk"], again["arrived_at"]) == ("东门", first["arrived_at"])
    told = activities.ask(contract.my_check_in_code, member_account(member), activity_id=activity)
    assert (told["code"], told["arrived_at"]) == (None, first["arrived_at"])
    assert figures(activities, activity)["present"] == 1


def test_a_code_that_ended_is_altered_or_of_another_activity_counts_nowhere(activities: ActivitiesHarness):
    activity, other = soon(activities), soon(activities)
    (member,) = registered(activities, activity, 1)
    shown = code(activities, activity, member)

    assert not_let_in(activities, other, code=shown).rule == "check_in.code_belongs_here"
    for wrong in (shown[:-4] + "AAAA", shown.replace("check_in.", "card."), "x" * 50):
        assert not_let_in(activities, activity, code=wrong).rule == "check_in.code_is_genuine"
    with frozen(now() + timedelta(minutes=13)):
        assert not_let_in(activities, activity, code=shown).rule == "check_in.code_is_in_time"
    assert not_let_in(activities, activity).rule == "check_in.person_is_named"
    assert figures(activities, activity)["present"] == figures(activities, other)["present"] == 0


def test_check_in_is_open_from_some_minutes_before_the_start_and_follows_a_new_time(activities: ActivitiesHarness):
    activity = activities.schedule(starts_at=at(hours=5), ends_at=at(hours=6))
    (member,) = registered(activities, activity, 1)
    set_up(activities, activity, opens_minutes=20, closes_minutes=0)

    assert not_let_in(activities, activity, member_id=member).params["early"] is True
    activities.ask(
        calendar.update_activity, OFFICER, activity_id=activity, starts_at=at(minutes=15), ends_at=at(minutes=60),
        registration_closes_at=at(minutes=15), cancel_until=at(minutes=15),
    )  # fmt: skip
    with frozen(at(minutes=61)):
        assert not_let_in(activities, activity, member_id=member).params["early"] is False
    assert activities.ask(contract.check_in, OFFICER, activity_id=activity, member_id=member)["outcome"] == "recorded"


@pytest.mark.databases("postgresql", "sqlite")
def test_desks_that_scan_one_code_at_once_count_one_arrival(activities: ActivitiesHarness):
    activity = soon(activities)
    members = registered(activities, activity, 3)
    shown = {member: code(activities, activity, member) for member in members}
    scans = [
        lambda member=member, desk=desk: activities.answer(
            contract.check_in, OFFICER, activity_id=activity, code=shown[member], desk=f"{desk}号"
        )
        for desk in range(6)
        for member in members
    ]

    answers = together(*scans)

    outcomes = [one["ok"]["outcome"] for one in answers]
    assert (outcomes.count("recorded"), outcomes.count("already")) == (3, 15)
    for member in members:
        desks = {one["ok"]["desk"] for one in answers if one["ok"]["member_id"] == str(member)}
        assert len(desks) == 1, "all are told of the desk that was first"
    assert figures(activities, activity)["present"] == 3


@pytest.mark.databases("postgresql", "sqlite")
def test_walk_ins_at_many_desks_never_take_more_seats_than_are_free(activities: ActivitiesHarness):
    activity = soon(activities, capacity=5)
    registered(activities, activity, 2)
    strangers = activities.members(8)

    answers = together(
        *[
            lambda one=one: activities.answer(contract.check_in, OFFICER, activity_id=activity, member_id=one)
            for one in strangers
        ]
    )

    let_in = [one["ok"] for one in answers if "ok" in one]
    refused = [one["problem"] for one in answers if "problem" in one]
    assert len(let_in) == 3
    assert all(one["walk_in"] and one["registration_state"] is None for one in let_in)
    assert {one["rule"] for one in refused} == {"check_in.walk_in_finds_a_seat"}
    assert refused[0]["params"] == {"capacity": 5, "seats_taken": 2, "walked_in": 3, "left": 0}


def test_the_organiser_says_whether_walk_ins_are_let_in(activities: ActivitiesHarness):
    activity = soon(activities, capacity=1)
    registered(activities, activity, 1)
    (stranger,) = activities.members(1)
    set_up(activities, activity, walk_ins="no")
    assert not_let_in(activities, activity, member_id=stranger).rule == "check_in.walk_ins_are_allowed"
    set_up(activities, activity, walk_ins="all")
    arrival = activities.ask(contract.check_in, OFFICER, activity_id=activity, member_id=stranger, by_card=True)
    assert (arrival["outcome"], arrival["walk_in"]) == ("recorded", True)
    assert not_let_in(activities, activity, member_id=uuid4()).rule == "check_in.member_belongs"
    (row,) = listed(activities, activity, state="present")
    assert (row["method"], row["walk_in"]) == ("card", True)


def test_a_cancelled_person_is_let_in_by_decision_counts_as_present_and_stands_out(activities: ActivitiesHarness):
    activity = soon(activities)
    first, second = registered(activities, activity, 2)
    shown = code(activities, activity, first)
    activities.cancel(activity, first)

    refused = not_let_in(activities, activity, code=shown)
    assert (refused.rule, refused.params) == ("check_in.registration_is_in_force", {"state": "cancelled"})
    arrival = scan(activities, activity, shown, let_in=True)

    assert (arrival["outcome"], arrival["flag"], arrival["registration_state"]) == (
        "recorded", "cancelled", "cancelled",
    )  # fmt: skip
    assert scan(activities, activity, shown)["flag"] == "cancelled", "a second scan hides nothing"
    found = figures(activities, activity)
    assert (found["expected"], found["present"], found["flagged"], found["walk_ins"]) == (1, 1, 1, 0)
    assert [row["member_id"] for row in listed(activities, activity, flag="cancelled")] == [str(first)]
    assert [row["member_id"] for row in listed(activities, activity, state="expected")] == [str(second)]


def test_who_registered_again_after_cancelling_comes_in_by_the_old_code_as_well(activities: ActivitiesHarness):
    activity = soon(activities)
    (member,) = registered(activities, activity, 1)
    shown = code(activities, activity, member)
    activities.cancel(activity, member)
    activities.register(activity, member)
    arrival = scan(activities, activity, shown)
    assert (arrival["flag"], arrival["registration_state"]) == (None, "confirmed")
    assert len(listed(activities, activity)) == 1


def test_who_waits_is_let_in_to_a_free_seat_by_decision(activities: ActivitiesHarness):
    activity = soon(activities, capacity=1)
    _, waiting = registered(activities, activity, 2)
    assert not_let_in(activities, activity, member_id=waiting).params == {"state": "waitlisted"}
    full = not_let_in(activities, activity, member_id=waiting, let_in=True)
    assert full.rule == "check_in.walk_in_finds_a_seat"
    set_up(activities, activity, walk_ins="all")
    arrival = activities.ask(contract.check_in, OFFICER, activity_id=activity, member_id=waiting, let_in=True)
    assert (arrival["flag"], arrival["walk_in"]) == ("waiting", False)


def test_companions_arrive_counted_and_no_more_than_registered(activities: ActivitiesHarness):
    activity = soon(activities)
    form = {"most_companions": 3, "quotas": [], "groups": [], "options": []}
    activities.ask(options.set_options, OFFICER, activity_id=activity, **form)
    whole, fewer = activities.members(2)
    for member in (whole, fewer):
        activities.ask(registration.register, member_account(member), activity_id=activity, companions=2)

    assert scan(activities, activity, code(activities, activity, whole))["companions"] == 2
    shown = code(activities, activity, fewer)
    assert not_let_in(activities, activity, code=shown, companions=3).params == {"most": 2}
    arrival = scan(activities, activity, shown, companions=1)

    assert (arrival["companions"], arrival["expected_companions"]) == (1, 2)
    found = figures(activities, activity)
    assert (found["present"], found["companions"], found["people"]) == (2, 3, 5)


def test_the_dead_and_those_who_left_are_not_let_in(activities: ActivitiesHarness):
    activity = soon(activities)
    (member,) = registered(activities, activity, 1)
    shown = code(activities, activity, member)
    gone = {"member_id": member, "unit_id": UNIT, "employment": "contract", "standing": "deceased", "version": 2}
    activities.tell(MemberUpdated, 5, **{**MemberUpdated.example, **gone})
    refused = not_let_in(activities, activity, code=shown, let_in=True)
    assert (refused.rule, refused.params) == ("check_in.member_belongs", {"standing": "deceased"})


def test_desks_are_run_by_organisers_and_named_helpers_alone(activities: ActivitiesHarness):
    activity = soon(activities, organiser_unit_id=UNIT)
    member, helper, other = registered(activities, activity, 3)
    shown = code(activities, activity, member)
    asked = {"activity_id": activity, "code": shown}
    for nobody in (member_account(helper), member_account(member), chair_of(OTHER_UNIT)):
        assert activities.refused(contract.check_in, nobody, **asked).rule == "check_in.runs_a_desk"
        assert activities.refused(contract.desk_list, nobody, activity_id=activity).rule == "check_in.runs_a_desk"

    activities.ask(contract.set_check_in, CHAIR, activity_id=activity, helpers=[helper])

    assert [one["member_id"] for one in activities.events("desk_helper_named")] == [str(helper)]
    arrival = activities.ask(contract.check_in, member_account(helper), **asked)
    assert arrival["by_member"] == str(helper)
    state = activities.ask(contract.get_check_in, member_account(helper), activity_id=activity)
    assert (state["may_organise"], state["helpers"]) == (False, [str(helper)])
    assert activities.refused(contract.get_check_in, member_account(other), activity_id=activity).status == 403
    activities.ask(contract.set_check_in, CHAIR, activity_id=activity)
    assert activities.refused(contract.check_in, member_account(helper), **asked).status == 403
    for reading in (contract.list_attendance, contract.get_check_in):
        assert activities.ask(reading, AUDITOR, activity_id=activity)


def test_an_undone_check_in_does_not_come_back_with_an_older_scan(activities: ActivitiesHarness):
    activity = soon(activities)
    (member,) = registered(activities, activity, 1)
    token = activities.ask(contract.desk_list, OFFICER, activity_id=activity)["token"]
    shown = code(activities, activity, member)
    scan(activities, activity, shown)
    wrong = {"activity_id": activity, "member_id": member, "reason": "扫错了人"}

    undone = activities.ask(contract.undo_check_in, OFFICER, **wrong)

    assert (undone["state"], undone["arrived_at"]) == ("undone", None)
    assert activities.refused(contract.undo_check_in, OFFICER, **wrong).rule == "workflow.attendance"
    late = sync(activities, activity, token, line(shown, 30))
    assert (late["outcome"], late["rule"]) == ("not_counted", "check_in.not_taken_back_since")
    with frozen(now() + timedelta(minutes=1)):
        assert scan(activities, activity, shown)["outcome"] == "recorded"


def line(shown: str, seconds: int = 0, **more: Any) -> dict[str, Any]:
    return {"scan": str(uuid4()), "code": shown, "seconds_ago": seconds, **more}


def sync(activities: ActivitiesHarness, activity: UUID, token: str, *lines: dict[str, Any], desk: str = "北门") -> Any:
    asked = {"activity_id": activity, "token": token, "desk": desk, "lines": list(lines)}
    outcomes = activities.ask(contract.sync_check_ins, OFFICER, **asked)["outcomes"]
    return outcomes[0] if len(lines) == 1 else outcomes


@BOTH
def test_a_desk_without_network_hands_in_its_scans_later_and_each_counts_once(activities: ActivitiesHarness):
    activity, other = soon(activities), soon(activities)
    alone, scanned_before, foreign = registered(activities, activity, 3)
    activities.register(other, foreign)
    told = activities.ask(contract.desk_list, OFFICER, activity_id=activity)
    assert [one["member_id"] for one in told["items"]] == [str(alone), str(scanned_before), str(foreign)]
    codes = {one: code(activities, activity, one) for one in (alone, scanned_before)}
    elsewhere = code(activities, other, foreign)
    with frozen(now() + timedelta(minutes=10)):
        online = scan(activities, activity, codes[scanned_before], desk="东门")
    lines = [line(codes[alone], 1500), line(codes[scanned_before], 1200), line(elsewhere, 1500), line("junk", 10)]

    with frozen(now() + timedelta(minutes=30)):
        first = sync(activities, activity, told["token"], *lines)
        again = sync(activities, activity, told["token"], *lines)

    assert [one["outcome"] for one in first] == ["recorded", "already", "not_counted", "not_counted"]
    assert first == again, "a sync whose answer was lost is repeated and changes nothing"
    assert (first[1]["desk"], first[1]["arrived_at"]) == ("东门", online["arrived_at"])
    assert first[2]["rule"] == "check_in.code_belongs_here"
    assert first[2]["member_id"] is None, "a scan of another activity is not put on somebody of this one"
    assert first[3]["rule"] == "check_in.code_is_genuine"
    assert figures(activities, activity)["present"] == 2
    assert figures(activities, other)["present"] == 0


def test_who_cancelled_after_the_desk_lost_its_network_was_let_in_and_stands_out(activities: ActivitiesHarness):
    activity = soon(activities)
    (member,) = registered(activities, activity, 1)
    token = activities.ask(contract.desk_list, OFFICER, activity_id=activity)["token"]
    shown = code(activities, activity, member)
    activities.cancel(activity, member)
    outcome = sync(activities, activity, token, line(shown, 5))
    assert (outcome["outcome"], outcome["flag"]) == ("recorded", "cancelled")


def test_times_without_network_follow_the_age_of_a_scan_and_not_a_clock(activities: ActivitiesHarness):
    activity = soon(activities)
    first, second = registered(activities, activity, 2)
    token = activities.ask(contract.desk_list, OFFICER, activity_id=activity)["token"]
    shown = code(activities, activity, first)
    by_hand = listed_id(activities, activity, second)
    start = now()
    with frozen(start + timedelta(minutes=60)):
        late = sync(activities, activity, token, line(shown, 55 * 60))
        ended = sync(activities, activity, token, line(shown, 53 * 60))
        expired = sync(activities, activity, token, line(shown, 30 * 60))
        chosen = {"scan": str(uuid4()), "registration_id": by_hand, "seconds_ago": 600}
        found = sync(activities, activity, token, chosen)
        before = sync(activities, activity, token, {**chosen, "scan": str(uuid4()), "seconds_ago": 65 * 60})
    assert late["outcome"] == "recorded"
    assert late["arrived_at"] == (start + timedelta(minutes=5)).isoformat()
    assert ended["outcome"] == "already"
    assert ended["arrived_at"] == late["arrived_at"]
    assert expired["rule"] == "check_in.code_is_in_time"
    assert found["outcome"] == "recorded"
    assert before["rule"] == "check_in.scan_follows_the_list"
    with frozen(start + timedelta(hours=49)):
        asked = {"activity_id": activity, "token": token, "lines": [line(shown)]}
        assert activities.refused(contract.sync_check_ins, OFFICER, **asked).rule == "check_in.list_holds"


def listed_id(activities: ActivitiesHarness, activity: UUID, member: UUID) -> str:
    told = activities.ask(contract.desk_list, OFFICER, activity_id=activity)["items"]
    return next(one["registration_id"] for one in told if one["member_id"] == str(member))


@BOTH
def test_a_closed_list_tells_counts_makes_the_activity_held_and_is_certified(activities: ActivitiesHarness):
    activity = soon(activities)
    came, missed, excused = registered(activities, activity, 3)
    (stranger,) = activities.members(1, unit=OTHER_UNIT)
    set_up(activities, activity, cost="100.00")
    scan(activities, activity, code(activities, activity, came))
    activities.ask(contract.check_in, OFFICER, activity_id=activity, member_id=stranger)
    activities.ask(
        contract.mark_attendance, OFFICER, activity_id=activity, member_ids=[excused], mark="excused", note="住院"
    )
    early = activities.refused(contract.close_attendance, OFFICER, activity_id=activity)
    assert early.rule == "calendar.activity_has_started"
    mine = activities.ask(contract.my_attendance, member_account(came))["items"][0]
    assert mine["certified"] is False

    with frozen(at(minutes=160)):
        closed = activities.ask(contract.close_attendance, OFFICER, activity_id=activity)

    counts = {
        "expected": 3, "present": 2, "absent": 1, "excused": 1, "walk_ins": 1, "flagged": 0, "companions": 0,
        "people": 2,
    }  # fmt: skip
    assert closed["figures"] == {**counts, "cost_a_head": "50.00"}
    (event,) = activities.events("attendance_recorded")
    assert event == {"type": "attendance_recorded", "activity_id": str(activity), "plan_item_id": None, **counts}
    shown = activities.activity(activity)
    assert (shown["state"], shown["attended"]) == ("held", 2)
    assert activities.events("event_held")[-1]["attended"] == 2
    assert [row["member_id"] for row in listed(activities, activity, state="absent")] == [str(missed)]
    by_unit = activities.ask(contract.attendance_by_unit, OFFICER, activity_id=activity)["items"]
    assert [(one["unit_id"], one["expected"], one["present"], one["walk_ins"]) for one in by_unit] == [
        (str(UNIT), 3, 1, 0), (str(OTHER_UNIT), 0, 1, 1),
    ]  # fmt: skip
    mine = activities.ask(contract.my_attendance, member_account(came))["items"][0]
    certificate = activities.ask(contract.my_certificate, member_account(came), attendance_id=mine["id"])
    reading = activities.ask(contract.read_certificate_code, token=certificate["code"])
    assert (reading["state"], reading["name"], reading["subject_id"]) == ("good", "大合唱", None)
    theirs = {"attendance_id": mine["id"]}
    assert activities.refused(contract.my_certificate, member_account(missed), **theirs).status == 404


def test_a_closed_list_takes_nothing_until_it_is_opened_again_with_a_reason(activities: ActivitiesHarness):
    activity = soon(activities)
    late, other = registered(activities, activity, 2)
    with frozen(at(minutes=40)):
        token = activities.ask(contract.desk_list, OFFICER, activity_id=activity)["token"]
        shown = code(activities, activity, late)
        activities.ask(contract.close_attendance, OFFICER, activity_id=activity)
        assert not_let_in(activities, activity, code=shown).rule == "check_in.list_is_open"
        assert sync(activities, activity, token, line(shown))["rule"] == "check_in.list_is_open"
        again = activities.refused(contract.close_attendance, OFFICER, activity_id=activity)
        assert again.rule == "check_in.list_is_open"
        held = activities.refused(calendar.hold_activity, OFFICER, activity_id=activity, attended=7)
        assert held.rule == "calendar.count_is_not_another"
        activities.ask(contract.reopen_attendance, OFFICER, activity_id=activity, reason="北门的名单还没有交")
        assert sync(activities, activity, token, line(shown))["outcome"] == "recorded"
        activities.ask(
            contract.mark_attendance, OFFICER, activity_id=activity, member_ids=[other, other], mark="absent"
        )
        activities.ask(contract.close_attendance, OFFICER, activity_id=activity)
    assert [one["present"] for one in activities.events("attendance_recorded")] == [0, 1]
    assert activities.activity(activity)["attended"] == 1


def test_paper_lists_are_entered_afterwards_as_registered_within_the_seats(activities: ActivitiesHarness):
    begun = {"starts_at": at(days=-3), "ends_at": at(days=-3, hours=2), "capacity": 3}
    activity = activities.schedule(registration_opens_at=at(days=-9), registration_closes_at=at(days=-4), **begun)
    members = activities.members(5)
    stranger = uuid4()
    asked = {"activity_id": activity, "mark": "present", "registered": True}

    marked = activities.ask(contract.mark_attendance, OFFICER, member_ids=[*members, stranger], **asked)

    assert marked["marked"] == 3
    assert {one["rule"] for one in marked["refused"]} == {"check_in.member_belongs", "check_in.walk_in_finds_a_seat"}
    activities.ask(contract.mark_attendance, OFFICER, **{**asked, "member_ids": members[:1], "mark": "absent"})
    activities.ask(contract.close_attendance, OFFICER, activity_id=activity)
    shown = activities.activity(activity)
    assert (shown["seats_taken"], shown["attended"]) == (3, 2)
    assert [one["entered_late"] for one in activities.events("registration_confirmed")] == [True] * 3
    activities.assert_sound(activity)


@BOTH
def test_the_list_is_sorted_filtered_paged_and_a_chair_sees_the_own_unit(activities: ActivitiesHarness):
    activity = soon(activities)
    first, second = registered(activities, activity, 2)
    (third,) = activities.members(1, unit=OTHER_UNIT)
    activities.register(activity, third)
    for minutes, member in ((1, third), (2, first)):
        with frozen(now() + timedelta(minutes=minutes)):
            activities.ask(contract.check_in, OFFICER, activity_id=activity, member_id=member)

    def order(sort: str, limit: int = 100) -> list[str]:
        found: list[str] = []
        asked: dict[str, Any] = {"activity_id": activity, "sort": sort, "limit": limit}
        while True:
            page = activities.ask(contract.list_attendance, OFFICER, **asked)
            found += [row["member_id"] for row in page["items"]]
            if page["next_cursor"] is None:
                return found
            asked["cursor"] = page["next_cursor"]

    by_ticket, by_time = [str(one) for one in (first, second, third)], [str(one) for one in (third, first, second)]
    for limit in (1, 100):
        assert order("ticket", limit) == by_ticket
        assert order("unit", limit) == by_ticket
        assert order("arrived_at", limit) == by_time
        assert order("-arrived_at", limit) == [str(first), str(third), str(second)]
    assert [row["member_id"] for row in listed(activities, activity, chair_of(OTHER_UNIT))] == [str(third)]
    assert [row["member_id"] for row in listed(activities, activity, member_id=second)] == [str(second)]
    assert [row["state"] for row in listed(activities, activity, unit_id=UNIT)] == ["present", "expected"]


def test_notes_are_stored_encrypted_and_erased_with_the_member(activities: ActivitiesHarness):
    activity = soon(activities)
    (member,) = registered(activities, activity, 1)
    asked = {"activity_id": activity, "member_ids": [member], "mark": "excused", "note": "住院"}
    activities.ask(contract.mark_attendance, OFFICER, **asked)
    with activities.database.session() as session:
        stored = session.connection().exec_driver_sql("SELECT note FROM attendance").scalar_one()
    assert "住院" not in stored
    assert listed(activities, activity)[0]["note"] == "住院"
    activities.receive("forget_attendance", activities.message(MemberAnonymised, member_id=str(member)))
    assert listed(activities, activity)[0]["note"] is None
