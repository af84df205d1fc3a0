"""Coming to a booking and not coming: the code at the place, absences, the bar, figures of use."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.chassis.clock import frozen, now
from services.contracts.activities.places import bookings, codes, places
from services.contracts.governance.rulebook.keys import rule_key
from tests.component.activities.booking import book, open_place, refusal, slot, states, with_rules
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account


@pytest.fixture
def union(activities: ActivitiesHarness) -> ActivitiesHarness:
    return with_rules(activities, open_most=30, week_most=30)


def code_of(union: ActivitiesHarness, place) -> str:
    return union.ask(codes.printed_place_code, OFFICER, place_id=place)["code"]


@pytest.mark.databases("postgresql", "sqlite")
def test_one_checks_in_by_the_code_of_the_place_around_the_beginning_and_once(union: ActivitiesHarness):
    place, other = open_place(union), open_place(union, name="乒乓球室")
    member, stranger = union.members(2)
    code, account = code_of(union, place), member_account(member)
    book(union, place, member, slot(1, 10))
    for moment, wanted in (
        (slot(1, 9, 44), "places.booking_begins_now"),
        (slot(1, 10, 15), "places.booking_begins_now"),
    ):
        with frozen(moment):
            assert union.refused(bookings.check_in_place, account, code=code).rule == wanted
    with frozen(slot(1, 9, 45)):
        assert union.refused(bookings.check_in_place, account, code=code_of(union, other)).rule == (
            "places.booking_begins_now"
        )
        assert union.refused(bookings.check_in_place, member_account(stranger), code=code).rule == (
            "places.booking_begins_now"
        )
        first = union.ask(bookings.check_in_place, account, code=code)
    with frozen(slot(1, 10, 10)):
        again = union.ask(bookings.check_in_place, account, code=code)
        union.run_timer("record_absences")

    assert first == again
    assert first["state"] == "attended"
    assert states(union, place) == [("attended", 1)]


def test_a_code_that_was_renewed_altered_or_of_another_kind_does_not_count(union: ActivitiesHarness):
    place, (member,) = open_place(union), union.members(1)
    old, account = code_of(union, place), member_account(member)
    book(union, place, member, slot(1, 10))
    union.ask(codes.renew_place_code, OFFICER, place_id=place)
    with frozen(slot(1, 10)):
        for wrong in (old, old.replace("place.", "card."), old[:-4] + "AAAA", "x" * 50):
            assert union.refused(bookings.check_in_place, account, code=wrong).rule == "places.code_is_of_a_place"
        assert union.ask(codes.read_place_code, account, token=old)["state"] == "revoked"
        told = union.ask(codes.read_place_code, account, token=code_of(union, place))
    assert (told["state"], told["name"], told["subject_id"]) == ("good", "羽毛球场", str(place))


@pytest.mark.databases("postgresql", "sqlite")
def test_absences_bar_a_member_for_days_and_the_bar_ends(union: ActivitiesHarness):
    place, (member, other) = open_place(union), union.members(2)
    for day in (1, 2, 3):
        book(union, place, member, slot(day, 10))
    for day in (1, 2, 3):
        with frozen(slot(day, 10, 15)):
            union.run_timer("record_absences")
    events = union.events("place_booking_missed")
    last_day = slot(3).date() + timedelta(days=14)
    assert [one["barred_until"] for one in events] == [None, None, str(last_day)]
    with frozen(slot(4, 12)):
        problem = refusal(union, place, member, slot(6, 10))
        assert (problem.rule, problem.params["until"]) == ("places.member_is_not_barred", str(last_day))
        assert problem.params["article"] == "三"
        week = union.ask(bookings.place_week, member_account(member), place_id=place)
        assert week["barred_until"] == str(last_day)
        assert book(union, place, other, slot(6, 10))["state"] == "booked"
    with frozen(slot(18, 12)):
        assert book(union, place, member, slot(1, 10))["state"] == "booked"


def test_without_the_rules_of_absences_nobody_is_barred(activities: ActivitiesHarness):
    union = with_rules(activities, missed_most=None, week_most=30, open_most=30)
    place, (member,) = open_place(union), union.members(1)
    for day in (1, 2, 3):
        book(union, place, member, slot(day, 10))
    with frozen(slot(3, 11)):
        union.run_timer("record_absences")
        assert book(union, place, member, slot(5, 10))["state"] == "booked"
    assert [one["barred_until"] for one in union.events("place_booking_missed")] == [None, None, None]


def test_nobody_is_absent_before_the_time_for_checking_in_is_over():
    """By form of employment, a member could be absent by the usual figure while one's own still let one check in."""
    rule = rule_key("places.check_in_minutes")
    assert rule is not None
    assert rule.scopes == ()


def test_an_officer_corrects_an_absence_with_a_note_and_the_bar_is_gone(union: ActivitiesHarness):
    place, (member,) = open_place(union), union.members(1)
    made = [book(union, place, member, slot(day, 10)) for day in (1, 2, 3)]
    with frozen(slot(3, 11)):
        union.run_timer("record_absences")
        assert refusal(union, place, member, slot(5, 10)).rule == "places.member_is_not_barred"
        asked = {"booking_id": made[0]["id"], "came": True, "note": "门禁记录显示已到"}
        excused = union.ask(bookings.record_arrival, OFFICER, **asked)
        assert (excused["state"], excused["note"]) == ("attended", "门禁记录显示已到")
        assert union.refused(bookings.record_arrival, OFFICER, **asked).rule == "workflow.place_booking"
        assert book(union, place, member, slot(5, 10))["state"] == "booked"
    assert [one["booking_id"] for one in union.events("place_absence_excused")] == [made[0]["id"]]
    early = union.refused(bookings.record_arrival, OFFICER, booking_id=made[1]["id"], came=True, note="还没有开始")
    assert early.rule == "places.slot_has_begun"


def test_use_is_counted_by_month_and_by_hour_in_china(union: ActivitiesHarness):
    place, members = open_place(union, capacity=3), union.members(3)
    made = [book(union, place, one, slot(1, 21)) for one in members]
    union.ask(bookings.cancel_place_booking, member_account(members[2]), booking_id=made[2]["id"])
    with frozen(slot(1, 21)):
        union.ask(bookings.check_in_place, member_account(members[0]), code=code_of(union, place))
    with frozen(slot(1, 21, 30)):
        union.run_timer("record_absences")
        use = union.ask(bookings.place_use, OFFICER, months=2)
        month = f"{now() + timedelta(hours=8):%Y-%m}"

    assert use["hours"] == [{"weekday": slot(1).isoweekday(), "hour": 21, "booked": 2}]
    [this] = [one for one in use["items"] if one["month"] == month]
    assert (this["booked"], this["attended"], this["missed"], this["cancelled"]) == (2, 1, 1, 1)
    assert this["offered_slots"] >= 14 * 3 * slot(1).day
    assert len(use["items"]) == 2


@pytest.mark.databases("postgresql", "sqlite")
def test_lists_of_places_show_members_those_offered_and_find_by_words(union: ActivitiesHarness):
    place = open_place(union)
    open_place(union, name="钢琴房", kind="studio", address="教工之家 203")
    union.ask(places.offer_place, OFFICER, place_id=place, offered=False)
    account = member_account(union.members(1)[0])

    def names(by, **asked):
        return [one["name"] for one in union.ask(places.list_places, by, **asked)["items"]]

    assert names(account) == ["钢琴房"]
    assert names(account, offered=False) == ["钢琴房"]
    assert names(OFFICER, offered=False) == ["羽毛球场"]
    assert names(OFFICER, q="教工之家") == ["钢琴房"]
    assert names(OFFICER, kind="court") == ["羽毛球场"]
    assert len(names(OFFICER, sort="-name")) == 2
    assert union.refused(places.add_place, OFFICER, name="钢琴房", kind="home", address="x", hours=[
        {"weekday": "1", "opens": "08:00", "closes": "09:00"}]).rule == "places.name_is_free"  # fmt: skip
