"""How days, times and money are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gateway.portal import formats
from services.chassis import clock

NOON = datetime(2026, 3, 8, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stopped():
    with clock.frozen(NOON):
        yield


def test_a_moment_is_written_in_chinese_time(portal):
    with portal.test_request_context():
        assert formats.moment("2026-03-08T06:00:00+00:00") == "3月8日 周日 14:00"
        assert formats.moment("2025-12-31T16:30:00+00:00") == "1月1日 周四 00:30"
        assert formats.moment("2023-03-08T06:00:00+00:00") == "2023年3月8日 周三 14:00"


def test_english_has_its_own_order(portal):
    with portal.test_request_context(headers={"Cookie": "language=en"}):
        assert formats.day("2023-03-08") == "Wed, 8 Mar 2023"


def test_a_span_names_the_same_day_once(portal):
    with portal.test_request_context():
        assert formats.span("2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z") == "3月8日 周日 14:00–16:00"


@pytest.mark.parametrize(("value", "written"), [("1200", "¥1,200.00"), ("-3.5", "−¥3.50"), (None, "—"), (0, "¥0.00")])
def test_money_has_two_places(value, written):
    assert formats.money(value) == written


@pytest.mark.parametrize(("days", "written"), [(8, "今天"), (9, "明天"), (11, "还有 3 天"), (6, "已过 2 天")])
def test_how_far_a_day_is(portal, days, written):
    with portal.test_request_context():
        assert formats.until(date(2026, 3, days)) == written


def test_a_month_is_whole_weeks_from_monday():
    weeks = formats.month_weeks(2026, 3)
    assert weeks[0][0] == date(2026, 2, 23)
    assert weeks[-1][-1] == date(2026, 4, 5)
    assert all(len(week) == 7 for week in weeks)


@pytest.mark.parametrize(("step", "first"), [(-3, date(2025, 12, 1)), (0, date(2026, 3, 1)), (10, date(2027, 1, 1))])
def test_months_go_over_the_year(step, first):
    assert formats.first_of_month(2026, 3, step) == first


@pytest.mark.parametrize(
    ("part", "whole", "length"), [(1, 4, "25.00"), (9, 4, "100.00"), (0, 4, "0"), (1, 10_000, "0.60")]
)
def test_a_bar_is_seen_and_never_too_long(part, whole, length):
    assert formats.share(part, whole) == length
