"""Rules of places: slots of opening times, deadlines, absences."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.activities.places import hours_rules, rules

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
"""Noon in China."""


def open_on(weekday: int, *spans: tuple[str, str]) -> list[dict[str, str]]:
    return [{"weekday": str(weekday), "opens": opens, "closes": closes} for opens, closes in spans]


def test_slots_are_whole_and_begin_at_each_opening():
    spans = hours_rules.spans_of(open_on(3, ("14:00", "17:30"), ("08:30", "11:00")), 3)

    assert hours_rules.slots_of(spans, 60) == [(510, 570), (570, 630), (840, 900), (900, 960), (960, 1020)]


def test_the_last_slot_may_end_at_midnight():
    spans = hours_rules.spans_of(open_on(5, ("22:00", "24:00")), 5)

    assert hours_rules.slots_of(spans, 60) == [(1320, 1380), (1380, 1440)]


def test_a_day_without_hours_has_no_slots():
    assert hours_rules.spans_of(open_on(5, ("22:00", "24:00")), 6) == []


@pytest.mark.parametrize(
    ("spans", "rule"),
    [
        ((("08:00", "12:00"), ("12:00", "18:00")), None),
        ((("08:00", "12:00"), ("11:59", "18:00")), "places.hours_do_not_overlap"),
        ((("08:00", "08:59"),), "places.hours_hold_a_slot"),
        ((("18:00", "08:00"),), "places.hours_hold_a_slot"),
    ],
)
def test_times_of_opening_hold_a_slot_and_do_not_overlap(spans, rule):
    refusal = hours_rules.hours_are_sound(open_on(2, *spans), 60)

    assert (refusal.rule if refusal else None) == rule


def test_a_booking_of_other_lengths_does_not_fit_a_slot():
    midnight, slots = NOON - timedelta(hours=12), [(600, 660)]
    ten = midnight + timedelta(hours=10)

    assert hours_rules.fits_slots(ten, ten + timedelta(hours=1), midnight, slots)
    assert not hours_rules.fits_slots(ten, ten + timedelta(minutes=30), midnight, slots)


def test_cancelling_ends_before_the_slot_but_for_who_got_it_later_than_that():
    starts_at, early = NOON, NOON - timedelta(days=1)
    deadline = NOON - timedelta(minutes=120)

    assert rules.cancelled_in_time(starts_at, early, deadline - timedelta(seconds=1), 120) is None
    assert rules.cancelled_in_time(starts_at, early, deadline, 120) is not None
    assert rules.cancelled_in_time(starts_at, deadline + timedelta(seconds=1), NOON - timedelta(minutes=1), 120) is None
    assert rules.cancelled_in_time(starts_at, None, NOON - timedelta(minutes=1), 120) is None
    assert rules.cancelled_in_time(starts_at, None, NOON, 120) is not None


def test_days_ahead_count_days_not_hours_and_say_when_booking_opens():
    today = date(2026, 3, 4)

    assert rules.day_is_near(date(2026, 3, 18), today, 14) is None
    refusal = rules.day_is_near(date(2026, 3, 19), today, 14)
    assert refusal is not None
    assert refusal.params["opens"] == "2026-03-05"


@pytest.mark.parametrize(
    ("missed", "until"),
    [
        ((), None),
        ((1, 5), None),
        ((1, 5, 20), date(2026, 4, 3)),
        ((20, 1, 5), date(2026, 4, 3)),
        ((1, 5, 31), None),
        ((1, 15, 30), date(2026, 4, 13)),
        ((1, 5, 20, 25), date(2026, 4, 8)),
        ((3, 3, 3), date(2026, 3, 17)),
    ],
)
def test_three_absences_in_thirty_days_bar_for_fourteen(missed, until):
    days = [date(2026, 3, day) for day in missed]

    assert rules.barred_until(days, 3, 30, 14) == until


def test_a_bar_holds_on_its_last_day_and_not_after():
    last = date(2026, 4, 3)

    assert rules.member_is_not_barred(last, last, 3) is not None
    assert rules.member_is_not_barred(last, last + timedelta(days=1), 3) is None


def test_retired_members_book_places_that_are_for_them_only():
    assert rules.standing_may_book("retained", True) is None
    assert rules.standing_may_book("retained", False) is not None
    assert rules.standing_may_book("withdrawn", True) is not None
    assert rules.standing_may_book(None, True) is not None
