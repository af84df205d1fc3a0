"""Pictures of dues and of the budget: what is drawn of the services' figures, for each reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from gateway.subjects.governance.funds import figures as funds
from gateway.subjects.membership.dues import figures as dues

NOVEMBER = {
    "month": "2026-11", "unit_id": None, "members": 10, "members_owing": 3, "due": "100.00",
    "paid": "80.00", "owed": "20.00",
}  # fmt: skip
WITHOUT_AMOUNTS = {**NOVEMBER, "due": None, "paid": None, "owed": None}
LINE = {
    "year": 2026, "code": "birthdays", "name": "生日慰问", "name_en": "Birthdays", "amount": "1000.00",
    "spent": "300.00", "committed": "200.00", "available": "500.00",
}  # fmt: skip
UNSPENT = {**LINE, "spent": "0.00", "committed": "0.00"}


@pytest.fixture(autouse=True)
def request_context(app_with_portal: Flask) -> Iterator[None]:
    with app_with_portal.test_request_context("/"):
        yield


def test_dues_have_a_column_for_each_of_twelve_months_also_where_none_was_charged() -> None:
    picture = dues.by_month([NOVEMBER, {**NOVEMBER, "month": "2026-09"}], "2026-11")

    assert [place.label for place in picture.places][-3:] == ["9月", "10月", "11月"]
    assert [len(place.boxes) for place in picture.places] == [0] * 9 + [2, 0, 2]
    assert picture.parts[-1] == (80, "20.00")
    assert [place.address for place in picture.places][-2:] == [None, "/console/dues?month=2026-11#units"]
    assert picture.places[-1].said == "2026-11：已缴 ¥80.00，应缴 ¥100.00"
    assert [row[0] for row in picture.table.rows] == ["2026-11", "2026-09"]  # type: ignore[union-attr]


def test_who_sees_no_amounts_sees_members() -> None:
    picture = dues.by_month([WITHOUT_AMOUNTS], "2026-11")

    assert picture.parts[-1] == (7, 3)
    assert picture.texts[-1] == "10"
    assert picture.table.headings == ["月份", "应缴人数", "欠缴人数"]  # type: ignore[union-attr]
    assert dues.by_unit([WITHOUT_AMOUNTS], "2026-11").rows[0].text == "7 / 10 · 70%"


def test_a_unit_that_paid_too_much_is_full_and_no_more() -> None:
    picture = dues.by_unit([{**NOVEMBER, "paid": "150.00", "owed": "0.00"}], "2026-11")

    assert picture.lanes[0].segments[0].width == 100
    assert picture.lanes[0].limit is None


def test_each_budget_line_is_full_at_its_own_amount_and_marked_where_the_year_stands() -> None:
    picture = funds.budget_lines([LINE, {**LINE, "amount": "0.00"}], 2026, date(2026, 7, 2), writes=True)

    lane = picture.lanes[0]
    assert [(one.x, one.width) for one in lane.segments] == [(0.0, 30.0), (30.0, 20.0)]
    assert lane.mark == 50.14
    assert lane.row.text == "¥500 / ¥1,000 · 50%"
    assert lane.row.address == "/console/budget/line?year=2026&code=birthdays"
    assert picture.lanes[1].mark is None


def test_another_years_budget_has_no_mark_and_an_auditor_is_led_to_the_entries() -> None:
    picture = funds.budget_lines([LINE], 2025, date(2026, 7, 2), writes=False)

    assert (picture.lanes[0].mark, picture.mark_label) == (None, None)
    assert picture.rows[0].address == "/console/funds?year=2026&line=birthdays"


def test_a_budget_of_which_nothing_is_used_says_so_instead_of_empty_bars() -> None:
    assert funds.budget_lines([UNSPENT], 2026, date(2026, 1, 5), writes=True).empty == "2026 年还没有支出和预占。"
    assert funds.budget_lines([UNSPENT, LINE], 2026, date(2026, 1, 5), writes=True).empty is None


def test_months_of_two_years_stand_beside_each_other() -> None:
    picture = funds.spent_by_month(2026, [{"code": "2026-03", "amount": "50.00"}], [{"code": "2025-03", "amount": 25}])

    assert [len(place.boxes) for place in picture.places] == [0, 0, 2] + [0] * 9
    assert picture.places[2].address == "/console/funds?since=2026-03-01&until=2026-03-31"
    assert picture.table.headings == ["月份", "2026", "2025"]  # type: ignore[union-attr]
    assert funds.spent_by_month(2026, [], []).is_blank


def test_dues_that_await_the_payroll_stand_between_what_came_in_and_what_is_in_arrears() -> None:
    waiting = {**NOVEMBER, "members_owing": 0, "members_waiting": 3, "owed": "0.00", "waiting": "20.00"}
    picture = dues.by_month([waiting, {**NOVEMBER, "month": "2026-10"}], "2026-11")

    assert [str(one.label) for one in picture.series] == ["已缴", "待代扣", "欠缴"]
    assert picture.parts[-2:] == [(80, 0, "20.00"), (80, "20.00", "0.00")]
    assert picture.table.headings[1:4] == ["应缴人数", "待代扣人数", "欠缴人数"]  # type: ignore[union-attr]
    assert picture.table.rows[0][1:4] == ("10", "3", "0")  # type: ignore[union-attr]
    assert dues.by_unit([waiting], "2026-11").rows[0].parts == (80, "20.00")
