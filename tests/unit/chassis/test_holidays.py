"""Days off and working days: as the notices arrange them, and never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.chassis import holidays
from services.chassis.holidays import ArrangedDay, YearUnknown, arranged, is_known, is_working_day, read_years

NOTICE = {
    "year": 2031, "document": "国务院办公厅关于2031年部分节假日安排的通知", "number": "国办发明电〔2030〕7号",
    "source": "https://www.gov.cn/", "off": {"2031-01-01": "元旦"}, "work": {"2031-01-05": "元旦"},
}  # fmt: skip


def test_the_notice_for_2026_holds() -> None:
    """国办发明电〔2025〕7号: the Spring Festival is off from 15 to 23 February, worked on the 14th and the 28th."""
    off = [date(2026, 2, 15) + timedelta(days=number) for number in range(9)]
    assert [arranged(day) for day in off] == [ArrangedDay(False, "春节")] * 9
    assert arranged(date(2026, 2, 14)) == arranged(date(2026, 2, 28)) == ArrangedDay(True, "春节")
    assert arranged(date(2026, 3, 2)) is None
    assert [is_working_day(date(2026, 2, day)) for day in (13, 14, 16, 21, 28)] == [True, True, False, False, True]


def test_an_ordinary_weekend_is_off() -> None:
    assert [is_working_day(date(2026, 3, day)) for day in (6, 7, 8, 9)] == [True, False, False, True]


@pytest.mark.parametrize("day", [date(2003, 10, 1), date(2090, 1, 1)])
def test_a_year_without_its_notice_is_unknown(day: date) -> None:
    assert not is_known(day.year)
    for ask in (arranged, is_working_day):
        with pytest.raises(YearUnknown):
            ask(day)


def test_a_year_of_the_own_file_holds_until_the_package_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_years([NOTICE, {**NOTICE, "year": 2026, "off": {"2026-03-02": "错"}, "work": {}}])
    assert found[2031] == {date(2031, 1, 1): ArrangedDay(False, "元旦"), date(2031, 1, 5): ArrangedDay(True, "元旦")}
    monkeypatch.setattr(holidays, "read_years", lambda _entries: found)
    holidays._years.cache_clear()
    try:
        assert not is_working_day(date(2031, 1, 1))
        assert is_working_day(date(2031, 1, 5))
        assert arranged(date(2026, 3, 2)) is None
    finally:
        holidays._years.cache_clear()


@pytest.mark.parametrize(
    "changes",
    [
        {"number": ""},
        {"source": ""},
        {"off": {"2030-12-31": "元旦"}},
        {"work": {"2031-01-01": "元旦"}},
        {"off": {"x": "y"}},
    ],
    ids=str,
)
def test_a_wrong_entry_of_the_file_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_years([{**NOTICE, **changes}])
