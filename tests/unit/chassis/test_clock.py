"""Days are Chinese days, instants are aware, and a test can stop the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.chassis import clock


def test_a_day_begins_at_midnight_in_china() -> None:
    assert clock.day_of(datetime(2023, 3, 7, 15, 59, 59, tzinfo=UTC)) == date(2023, 3, 7)
    assert clock.day_of(datetime(2023, 3, 7, 16, 0, 0, tzinfo=UTC)) == date(2023, 3, 8)


def test_the_stopped_clock_stands_and_runs_again_afterwards() -> None:
    with clock.frozen(datetime(2023, 12, 31, 23, 30, tzinfo=clock.SHANGHAI)) as instant:
        assert clock.now() == clock.now() == instant
        assert clock.today() == date(2023, 12, 31)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_clocks_stopped_inside_one_another_go_back_one_by_one() -> None:
    with clock.frozen(datetime(2023, 1, 1, tzinfo=UTC)) as outer:
        with clock.frozen(datetime(2024, 1, 1, tzinfo=UTC)):
            pass
        assert clock.now() == outer


def test_clocks_stopped_in_two_threads_run_again_in_whatever_order_they_end() -> None:
    first, second = clock.frozen(datetime(2023, 1, 1, tzinfo=UTC)), clock.frozen(datetime(2024, 1, 1, tzinfo=UTC))
    first.__enter__()
    later = second.__enter__()
    first.__exit__(None, None, None)
    assert clock.now() == later
    second.__exit__(None, None, None)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_now_is_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.day_of(datetime(2023, 1, 1))  # noqa: DTZ001
