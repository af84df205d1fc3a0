"""How far a plan item has come, which plan is in force, when the next activity is suggested."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.governance.plan import rules
from services.governance.plan.rules import Progress, Tally, progress_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("tally", "reached"),
    [
        (Tally(), Progress("open", 0)),
        (Tally(scheduled=1), Progress("scheduled", 0)),
        (Tally(scheduled=1, target=2, held=1), Progress("in_progress", 50)),
        (Tally(held=1), Progress("done", 100)),
        (Tally(target=3, held=5), Progress("done", 100)),
        (Tally(declared_done=True), Progress("done", 100)),
        (Tally(counts_visits=True), Progress("open", 0)),
        (Tally(counts_visits=True, visits_due=3), Progress("in_progress", 0)),
        (Tally(counts_visits=True, visits_due=3, visits_done=1), Progress("in_progress", 33)),
        (Tally(counts_visits=True, visits_due=3, visits_done=3), Progress("in_progress", 100)),
        (Tally(visits_due=3, visits_done=3), Progress("open", 0)),
        (Tally(counts_visits=True, target=10, visits_due=1, visits_done=1), Progress("in_progress", 10)),
        (Tally(counts_visits=True, target=2, visits_due=4, visits_done=3), Progress("in_progress", 75)),
        (Tally(dropped=True, scheduled=1), Progress("dropped", 0)),
    ],
)
def test_progress_follows_from_what_was_scheduled_held_visited_or_declared(tally: Tally, reached: Progress):
    assert progress_of(tally) == reached


@given(
    target=st.integers(1, 50),
    scheduled=st.integers(0, 50),
    held=st.integers(0, 60),
    counts=st.booleans(),
    due=st.integers(0, 500),
    done=st.integers(0, 500),
    declared=st.booleans(),
)
def test_progress_is_a_percent_and_never_falls_when_more_is_done(target, scheduled, held, counts, due, done, declared):
    tally = Tally(target, scheduled, held, counts, due, min(done, due), declared)
    more = Tally(target, scheduled, held + 1, counts, due, min(done, due), declared)

    assert 0 <= progress_of(tally).percent <= progress_of(more).percent <= 100
    assert (progress_of(tally).state == "done") == (declared or held >= target)


def test_the_latest_published_plan_is_in_force_until_the_next_one_is_published():
    assert rules.plan_in_force(date(2026, 3, 1), [2023]) == 2023
    assert rules.plan_in_force(date(2026, 3, 1), [2023, 2026, 2027]) == 2026
    assert rules.plan_in_force(date(2022, 12, 31), [2023]) is None
    assert rules.plan_in_force(date(2026, 3, 1), []) is None


def test_a_plans_progress_is_the_mean_of_its_items():
    assert rules.plan_progress([]) == 0
    assert rules.plan_progress([0, 50, 100]) == 50
    assert rules.plan_progress([100, 100, 99]) == 99


@pytest.mark.parametrize(
    ("year", "months", "reached", "late"),
    [
        (2026, (10, None), Progress("open", 0), True),
        (2026, (11, None), Progress("open", 0), False),
        (2026, (9, 11), Progress("in_progress", 50), False),
        (2026, (9, 10), Progress("scheduled", 0), True),
        (2026, (10, None), Progress("done", 100), False),
        (2026, (10, None), Progress("dropped", 0), False),
        (2026, (None, None), Progress("open", 0), False),
        (2025, (None, None), Progress("open", 0), True),
        (2025, (None, None), Progress("in_progress", 100), False),
        (2027, (1, None), Progress("open", 0), False),
    ],
)
def test_an_item_is_late_when_its_months_are_over(
    year: int, months: tuple[int | None, ...], reached: Progress, late: bool
):
    assert rules.is_late(date(2026, 11, 29), year, months, reached) is late


def test_what_is_done_scheduled_or_dropped_is_not_dropped():
    assert rules.item_is_unfinished("in_progress") is None
    assert rules.item_is_unfinished("done") is not None
    assert rules.item_has_nothing_scheduled(0) is None
    assert rules.item_has_nothing_scheduled(2).params == {"activities": 2}
    assert rules.item_is_in_the_plan("open") is None
    assert rules.item_is_in_the_plan("dropped") is not None
    assert rules.item_is_dropped("dropped") is None
    assert rules.item_is_dropped("open") is not None


def test_years_in_titles_move_along_and_other_numbers_stay():
    assert rules.of_another_year("2021—2023先进评选", 3) == "2024—2026先进评选"
    assert rules.of_another_year("第16届运动会 120234 号", 3) == "第16届运动会 120234 号"
    assert rules.of_another_year("Contest of 2023", -1) == "Contest of 2022"


def test_months_and_kinds_that_do_not_fit_are_refused_with_their_field():
    backwards = rules.months_are_in_order(8, 7)
    no_month = rules.calendar_item_has_month("calendar", None)
    no_kind = rules.activity_item_has_kind("activity", None)

    assert backwards is not None
    assert backwards.field == "month_to"
    assert no_month is not None
    assert no_month.field == "month"
    assert no_kind is not None
    assert no_kind.field == "kind"
    assert rules.months_are_in_order(7, 8) is None
    assert rules.months_are_in_order(None, None) is None
    assert rules.calendar_item_has_month("IV", None) is None
    assert rules.activity_item_has_kind("manual", None) is None


def test_a_span_without_its_first_month_is_refused():
    assert rules.months_are_in_order(None, 8) is not None


def test_an_item_something_was_done_for_stays_in_the_plan():
    assert rules.item_is_unused(0, 0) is None
    assert rules.item_is_unused(1, 0) is not None
    assert rules.item_is_unused(0, 1) is not None


NOW = datetime(2023, 2, 1, 2, 30, 17, tzinfo=UTC)


def test_an_activity_is_suggested_on_a_wednesday_afternoon_in_its_months():
    suggestion = rules.suggest_time(NOW, 2023, (9, None), 240)
    start = suggestion.starts_at.astimezone(SHANGHAI)

    assert (start.date(), start.hour) == (date(2023, 9, 13), 14)
    assert suggestion.ends_at - suggestion.starts_at == timedelta(minutes=240)


def test_when_the_months_are_over_the_first_afternoon_two_weeks_ahead_is_suggested():
    late = rules.suggest_time(datetime(2026, 11, 22, 4, 0, tzinfo=UTC), 2023, (9, None), 120)

    assert late.starts_at.astimezone(SHANGHAI).date() == date(2026, 12, 9)


def test_late_in_its_month_the_notice_counts_more_than_the_month():
    late = rules.suggest_time(datetime(2023, 9, 25, 4, 0, tzinfo=UTC), 2023, (9, None), 120)

    assert late.starts_at.astimezone(SHANGHAI).date() == date(2023, 10, 11)


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    year=st.integers(2020, 2040),
    month=st.one_of(st.none(), st.integers(1, 12)),
    minutes=st.integers(5, 20_000),
)
def test_every_suggestion_leaves_time_to_register_and_to_cancel(now, year, month, minutes):
    suggestion = rules.suggest_time(now, year, (month, None), minutes)

    assert suggestion.starts_at.astimezone(SHANGHAI).weekday() == 2
    assert suggestion.registration_opens_at <= now < suggestion.registration_closes_at
    assert suggestion.registration_closes_at < suggestion.cancel_until < suggestion.starts_at < suggestion.ends_at
