"""The month view's Chinese days: lunar days, solar terms, days off, make-up days, and years nobody arranged yet."""

from __future__ import annotations

from datetime import date

import pytest

from gateway.portal.chinese_days import ChineseDay, chinese_day


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 2, 14), ChineseDay("廿七", "春节", True)),
        (date(2026, 2, 17), ChineseDay("正月", "春节")),
        (date(2026, 9, 25), ChineseDay("十五", "中秋")),
        (date(2026, 3, 5), ChineseDay("惊蛰")),
        (date(2025, 7, 25), ChineseDay("闰六月")),
        (date(2033, 12, 22), ChineseDay("闰十一月")),
    ],
)
def test_a_day_is_named_as_in_a_chinese_calendar(day: date, shown: ChineseDay) -> None:
    assert chinese_day(day) == shown


def test_a_year_without_a_notice_has_no_days_off() -> None:
    for day in (date(2000, 1, 1), date(2090, 1, 1), date(2101, 1, 2)):
        assert chinese_day(day).holiday == ""
        assert chinese_day(day).lunar
