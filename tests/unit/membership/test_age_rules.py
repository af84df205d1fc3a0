"""Groups of ages: everybody is in exactly one, and a group of a few people is not told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.record.age_rules import GROUPS, LEAST, births_of, told

YOUNG, THIRTY, FORTY, FIFTY, OLD = GROUPS


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(1996, 11, 30), YOUNG), (date(1996, 11, 29), THIRTY), (date(1986, 11, 30), THIRTY),
        (date(1986, 11, 29), FORTY), (date(1966, 11, 29), OLD), (date(1900, 1, 1), OLD), (date(2026, 11, 29), YOUNG),
    ],
)  # fmt: skip
def test_a_group_begins_on_the_birthday(born: date, group: tuple[int, int | None]) -> None:
    assert [one for one in GROUPS if is_in(born, one, date(2026, 11, 29))] == [group]


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_everybody_is_in_one_group(born: date, today: date) -> None:
    assert sum(is_in(born, group, today) for group in GROUPS) == 1


def is_in(born: date, group: tuple[int, int | None], today: date) -> bool:
    last, too_early = births_of(group, today)
    return (last is None or born <= last) and (too_early is None or born > too_early)


def test_a_group_of_a_few_is_not_told_nor_can_it_be_reckoned() -> None:
    assert told({YOUNG: 4, THIRTY: 30, FORTY: 9, FIFTY: 0, OLD: 5}) == {
        YOUNG: None, THIRTY: 30, FORTY: 9, FIFTY: 0, OLD: None,
    }  # fmt: skip
    assert told({YOUNG: 4, THIRTY: 1, FORTY: 9}) == {YOUNG: None, THIRTY: None, FORTY: 9}
    assert told({YOUNG: 4, THIRTY: 0}) == {YOUNG: None, THIRTY: 0}
    assert told({YOUNG: 0, THIRTY: LEAST}) == {YOUNG: 0, THIRTY: LEAST}
