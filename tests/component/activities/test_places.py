"""Places: booking, waiting, cancelling, hours of days, limits, changes, blocks."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.chassis.clock import frozen, start_of, today
from services.chassis.database.history import ChangeHistory
from services.chassis.database.transaction import transaction
from services.chassis.rules.rulebook import PolicyRule
from services.contracts.activities.places import bookings, places
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.booking import DAILY, book, local, open_place, refusal, slot, states, with_rules
from tests.component.activities.harness import AUDITOR, OFFICER, OTHER_UNIT, UNIT, ActivitiesHarness, member_account


@pytest.fixture
def union(activities: ActivitiesHarness) -> ActivitiesHarness:
    return with_rules(activities)


def cancel(union: ActivitiesHarness, booking: str, member, **more):
    return union.ask(bookings.cancel_place_booking, member_account(member), booking_id=booking, **more)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_slot_goes_to_one_the_next_waits_and_moves_up_when_it_is_given_back(union: ActivitiesHarness):
    place = open_place(union)
    first, second, third = union.members(3)
    made = book(union, place, first, slot())
    waits = [book(union, place, one, slot()) for one in (second, third)]

    assert (made["state"], made["number"]) == ("booked", 1)
    assert [(one["state"], one["position"]) for one in waits] == [("waiting", 1), ("waiting", 2)]
    cancel(union, made["id"], first)
    assert states(union, place) == [("cancelled", None), ("booked", 1), ("waiting", None)]
    events = union.events(subject=f"place/{place}")
    assert [one["type"] for one in events] == ["place_booked", "place_booking_cancelled", "place_booked"]
    assert [one.get("moved_up") for one in events] == [False, None, True]
    assert events[-1]["member_id"] == str(second)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_cancelled_booking_blocks_nothing_and_can_be_made_again(union: ActivitiesHarness):
    place = open_place(union, waiting_list=False)
    first, second = union.members(2)
    for member in (first, second, first):
        made = book(union, place, member, slot())
        assert refusal(union, place, second if member == first else first, slot()).rule == "places.slot_has_room"
        cancel(union, made["id"], member)

    [booked] = [one for one in union.ask(bookings.place_week, AUDITOR, place_id=place, day=slot().date())["days"]
                if one["day"] == str(slot().date())]  # fmt: skip
    ten = next(one for one in booked["slots"] if one["starts_at"].startswith(f"{slot().date()}T02:00"))
    assert (ten["state"], ten["taken"], ten["free"]) == ("free", 0, 1)


def test_a_place_for_several_gives_the_freed_number_out_again(union: ActivitiesHarness):
    place = open_place(union, capacity=3, waiting_list=False)
    members = union.members(4)
    made = [book(union, place, one, slot()) for one in members[:3]]
    cancel(union, made[1]["id"], members[1])

    again = book(union, place, members[3], slot())

    assert again["number"] == 2
    assert refusal(union, place, members[1], slot()).rule == "places.slot_has_room"


def test_slots_follow_the_hours_of_the_day_in_china(union: ActivitiesHarness):
    late = [
        {"weekday": "3", "opens": "00:00", "closes": "02:00"},
        {"weekday": "3", "opens": "22:00", "closes": "24:00"},
    ]
    place, (member,) = open_place(union, hours=late), union.members(1)
    with frozen(local("2026-03-02 12:00")):
        week = union.ask(bookings.place_week, member_account(member), place_id=place)
        assert [len(day["slots"]) for day in week["days"]] == [0, 0, 4, 0, 0, 0, 0]
        assert book(union, place, member, local("2026-03-04 00:00"))["state"] == "booked"
        assert book(union, place, member, local("2026-03-04 23:00"))["state"] == "booked"
        for moment in ("2026-03-05 00:00", "2026-03-04 02:00", "2026-03-04 00:30"):
            assert refusal(union, place, member, local(moment)).rule == "places.slot_is_offered"


def test_a_week_begins_on_monday_at_midnight_in_china(union: ActivitiesHarness):
    place, (member,) = open_place(with_rules(union, open_most=20)), union.members(1)
    with frozen(local("2026-03-02 07:00")):
        for moment in ("2026-03-03 08:00", "2026-03-05 08:00", "2026-03-08 21:00"):
            book(union, place, member, local(moment))
        problem = refusal(union, place, member, local("2026-03-07 08:00"))
        assert (problem.rule, problem.params["most"]) == ("places.week_bookings_are_few", 3)
        assert problem.params["document"] == "场地预约办法"
        assert book(union, place, member, local("2026-03-09 08:00"))["state"] == "booked"


def test_days_off_close_a_place_that_says_so_and_make_up_days_do_not(union: ActivitiesHarness):
    place = open_place(union, closed_on_days_off=True)
    other, (member,) = open_place(union, name="乒乓球室"), union.members(1)
    with frozen(local("2025-09-29 12:00")):
        day = local("2025-10-01 10:00")
        assert refusal(union, place, member, day).rule == "places.slot_is_offered"
        assert book(union, other, member, day)["state"] == "booked"
        week = union.ask(bookings.place_week, member_account(member), place_id=place)
        assert [bool(one["slots"]) for one in week["days"]] == [True, True, False, False, False, False, False]
        assert week["days"][2]["closed"] in ("国庆节", "国庆节、中秋节", "National Day")


def test_limits_name_their_rule_and_count_waiting_places_but_not_cancelled_ones(union: ActivitiesHarness):
    place, (member, other) = open_place(with_rules(union, week_most=20)), union.members(2)
    book(union, place, other, slot(2))
    made = [book(union, place, member, slot(days)) for days in (1, 2, 3)]
    assert [one["state"] for one in made] == ["booked", "waiting", "booked"]

    assert refusal(union, place, member, slot(4)).rule == "places.open_bookings_are_few"
    cancel(union, made[1]["id"], member)
    assert book(union, place, member, slot(4))["state"] == "booked"
    assert refusal(union, place, other, slot(15)).rule == "places.day_is_near"
    assert refusal(union, place, other, slot(0, 0)).rule == "places.slot_is_offered"


def test_nobody_is_in_two_places_at_a_time(union: ActivitiesHarness):
    place, (member,) = open_place(union), union.members(1)
    other = open_place(union, name="钢琴房", slot_minutes=90)
    book(union, place, member, slot(1, 10))

    assert refusal(union, other, member, slot(1, 9, 30)).rule == "places.one_place_at_a_time"
    assert refusal(union, place, member, slot(1, 10)).rule == "places.one_place_at_a_time"
    assert book(union, other, member, slot(1, 11))["state"] == "booked"


def test_without_a_rule_nobody_books_and_the_key_is_named(activities: ActivitiesHarness):
    place, (member,) = open_place(with_rules(activities, cancel_minutes=None)), activities.members(1)

    problem = refusal(activities, place, member, slot())

    assert (problem.code, problem.params["key"]) == ("no_rule_in_force", "places.cancel_minutes")


def test_own_bookings_are_shown_while_no_rule_says_until_when_one_cancels(union: ActivitiesHarness):
    place, (member,) = open_place(union), union.members(1)
    made = book(union, place, member, slot())
    with transaction(union.database) as tx:
        tx.session.execute(sa.delete(PolicyRule).where(PolicyRule.key == "places.cancel_minutes"))
    (shown,) = union.ask(bookings.my_place_bookings, member_account(member))["items"]
    assert (shown["id"], shown["may_cancel"]) == (made["id"], False)
    refused = union.refused(bookings.cancel_place_booking, member_account(member), booking_id=made["id"])
    assert refused.params["key"] == "places.cancel_minutes"


def test_a_place_is_for_its_audience_and_its_standings(union: ActivitiesHarness):
    place, (member,) = open_place(union, units=[OTHER_UNIT], for_retained=False), union.members(1)
    [other] = union.members(1, unit=OTHER_UNIT)
    assert refusal(union, place, member, slot()).rule == "places.member_is_in_audience"
    assert book(union, place, other, slot())["state"] == "booked"

    union.tell(MemberUpdated, 5, member_id=other, unit_id=OTHER_UNIT, employment="contract", standing="retained",
               fields_changed=["standing"])  # fmt: skip

    assert refusal(union, place, other, slot(2)).rule == "places.standing_may_book"


def test_members_of_a_merged_unit_book_what_was_for_it(union: ActivitiesHarness):
    """A place for a unit was nobody's once the unit was merged into another; who waited lost the turn."""
    place, (member,) = open_place(union, units=[UNIT]), union.members(1)
    moved, waiting = union.members(2, unit=OTHER_UNIT)
    first = book(union, place, member, slot())
    assert refusal(union, place, moved, slot()).rule == "places.member_is_in_audience"
    union.tell(UnitMerged, unit_id=UNIT, into_unit_id=OTHER_UNIT, kind="unit", on=today(), members=1)
    assert book(union, place, moved, slot(2))["state"] == "booked"
    assert book(union, place, waiting, slot())["state"] == "waiting"
    cancel(union, first["id"], member)
    assert states(union, place)[-1] == ("booked", 1)


def test_who_leaves_the_union_gives_back_what_is_to_come_and_the_next_moves_up(union: ActivitiesHarness):
    place, (member, other) = open_place(union), union.members(2)
    book(union, place, member, slot())
    book(union, place, other, slot())
    left = {
        "member_id": member,
        "unit_id": UNIT,
        "employment": "contract",
        "standing": "withdrawn",
        "fields_changed": [],
    }

    union.tell(MemberUpdated, 5, **left)
    assert states(union, place) == [("cancelled", None), ("booked", 1)]

    union.receive("forget_place_bookings", union.example_message(MemberAnonymised, 6, member_id=member))
    found = union.ask(bookings.list_place_bookings, OFFICER, place_id=place, show="all")["items"]
    assert {one["member_id"] for one in found} == {None, str(other)}


def test_a_late_end_of_membership_takes_no_booking_of_who_is_a_member_again(union: ActivitiesHarness):
    """It gave back what the member had booked since, by what the event said, not by what is true now."""
    place, (member,) = open_place(union), union.members(1)
    now = {"member_id": member, "unit_id": UNIT, "employment": "contract", "fields_changed": []}
    union.tell(MemberUpdated, 7, **now, standing="active")
    book(union, place, member, slot())

    union.tell(MemberUpdated, 5, **now, standing="withdrawn")

    assert states(union, place) == [("booked", 1)]


def test_what_was_noted_about_a_member_is_erased_with_the_bookings(union: ActivitiesHarness):
    """Notes of corrected absences, which may mention an illness, stayed in the history of changes."""
    place, (member, other) = open_place(union, capacity=2), union.members(2)
    made = [book(union, place, one, slot()) for one in (member, other)]
    with frozen(slot(1, 11)):
        for one in made:
            union.ask(bookings.record_arrival, OFFICER, booking_id=one["id"], came=False, note="住院未到")
    union.receive("forget_place_bookings", union.example_message(MemberAnonymised, 6, member_id=member))
    assert _noted(union) == [f"place_booking/{made[1]['id']}"]
    with frozen(start_of(today() + timedelta(days=430))):
        union.run_timer("forget_old_bookings")
    assert _noted(union) == []


def _noted(union: ActivitiesHarness) -> list[str]:
    with union.database.session() as session:
        return list(session.scalars(sa.select(ChangeHistory.subject).where(ChangeHistory.reason == "住院未到")))


def test_a_change_must_fit_what_was_booked_and_more_room_goes_to_who_waits(union: ActivitiesHarness):
    place, members = open_place(union, capacity=2), union.members(3)
    made = [book(union, place, one, slot()) for one in members]
    terms = {"name": "羽毛球场", "kind": "court", "address": "体育馆一楼", "hours": DAILY, "place_id": place}

    def change(**changes):
        version = union.ask(places.get_place, OFFICER, place_id=place)["version"]
        return union.answer(places.change_place, OFFICER, **{**terms, "version": version, **changes})

    assert change(capacity=1)["problem"]["rule"] == "places.bookings_still_fit"
    assert change(capacity=2, slot_minutes=45)["problem"]["rule"] == "places.bookings_still_fit"
    assert change(capacity=2, version=99)["problem"]["code"] == "precondition_failed"
    assert change(capacity=3)["ok"]["capacity"] == 3
    assert states(union, place)[2] == ("booked", 3)
    for booking, member in zip(made[:2], members, strict=False):
        cancel(union, booking["id"], member)
    assert change(capacity=1)["ok"]["capacity"] == 1
    assert states(union, place)[2] == ("booked", 1)


def test_a_block_says_how_many_it_cancels_cancels_them_and_stops_booking(union: ActivitiesHarness):
    place, (member, other, third) = open_place(union), union.members(3)
    book(union, place, member, slot(1, 10))
    book(union, place, other, slot(1, 10))
    kept = book(union, place, third, slot(1, 12))
    when = {"place_id": place, "starts_at": slot(1, 9, 30), "ends_at": slot(1, 12)}
    told = union.ask(places.preview_place_block, OFFICER, **when)["cancels"]

    assert told == 2
    refused = union.refused(places.block_place, OFFICER, **when, reason="检修灯具", cancels=1)
    assert (refused.rule, refused.params["found"]) == ("places.block_cancels_as_told", 2)
    block = union.ask(places.block_place, OFFICER, **when, reason="检修灯具", cancels=told)
    assert states(union, place) == [("cancelled", None), ("cancelled", None), ("booked", 1)]
    assert kept["state"] == "booked"
    problem = refusal(union, place, member, slot(1, 9))
    assert (problem.rule, problem.params["reason"]) == ("places.slot_is_not_blocked", "检修灯具")
    mine = union.ask(bookings.my_place_bookings, member_account(member), show="past")["items"]
    assert [(one["cause"], one["note"]) for one in mine] == [("blocked", "检修灯具")]
    union.ask(places.lift_place_block, OFFICER, place_id=place, block_id=block["id"])
    assert book(union, place, member, slot(1, 9))["state"] == "booked"


def test_cancelling_has_a_deadline_for_members_and_a_reason_for_officers(union: ActivitiesHarness):
    place, (member, other) = open_place(union), union.members(2)
    made = book(union, place, member, slot(1, 10))

    refused = union.refused(bookings.cancel_place_booking, member_account(other), booking_id=made["id"])
    assert refused.rule == "places.booking_is_ones_own"
    with frozen(slot(1, 8, 30)):
        late = union.refused(bookings.cancel_place_booking, member_account(member), booking_id=made["id"])
        assert (late.rule, late.params["minutes"]) == ("places.cancelled_in_time", 120)
    assert union.refused(bookings.cancel_place_booking, OFFICER, booking_id=made["id"]).rule == "places.reason_is_given"
    ended = union.ask(bookings.cancel_place_booking, OFFICER, booking_id=made["id"], reason="场馆承办比赛")
    assert (ended["cause"], ended["note"]) == ("by_officer", "场馆承办比赛")
    again = union.refused(bookings.cancel_place_booking, OFFICER, booking_id=made["id"], reason="再次取消")
    assert again.rule == "workflow.place_booking"


def test_who_still_waits_when_the_slot_begins_is_told_so(union: ActivitiesHarness):
    place, (member, other) = open_place(union), union.members(2)
    book(union, place, member, slot())
    book(union, place, other, slot())
    with frozen(slot(1, 10)):
        union.run_timer("end_waiting")

    assert states(union, place) == [("booked", 1), ("cancelled", None)]
    assert union.events(subject=f"place/{place}")[-1]["cause"] == "not_reached"


def test_whose_bookings_they_were_is_erased_after_the_time_of_keeping(union: ActivitiesHarness):
    place, (member,) = open_place(union), union.members(1)
    book(union, place, member, slot())
    with frozen(start_of(today() + timedelta(days=330))):
        union.run_timer("forget_old_bookings")
        assert union.ask(bookings.list_place_bookings, OFFICER, show="all")["items"][0]["member_id"] == str(member)
    with frozen(start_of(today() + timedelta(days=430))):
        union.run_timer("forget_old_bookings")
        assert union.ask(bookings.list_place_bookings, OFFICER, show="all")["items"][0]["member_id"] is None
