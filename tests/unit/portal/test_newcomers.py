"""A list of newcomers as typed or pasted becomes rows a contract takes."""

from __future__ import annotations

from io import BytesIO

import pytest

from gateway.portal.pages.console.newcomers import COLUMNS, _rows_given, rows_of
from services.chassis.errors import InvalidInput
from services.chassis.sheets import write_csv, write_xlsx
from tests.support.hostile_books import HOSTILE

ROW = {
    "name": "欧阳晓",
    "gender": "female",
    "id_number": "110101199003078888",
    "birth_date": "1990-03-07",
    "phone": "17700000000",
    "employment": "contract",
    "hired_on": "2026-09-01",
}


@pytest.mark.parametrize(
    "line",
    [
        "欧阳晓\t女\t110101199003078888\t17700000000\t合同制\t2026-09-01",
        "欧阳晓, 女, 110101199003078888, 17700000000, 合同制, 2026/09/01",
        "欧阳晓，女，110101199003078888，17700000000，合同制，2026.09.01",
    ],
)
def test_tabs_and_commas_divide_the_columns(portal, line):
    with portal.test_request_context():
        assert rows_of(line) == [ROW]


def test_empty_lines_are_no_rows(portal):
    with portal.test_request_context():
        assert len(rows_of("\n欧阳晓,女\n\n  \n张三,男\n")) == 2


def test_what_is_not_understood_goes_on_as_it_is_for_the_service_to_refuse(portal):
    with portal.test_request_context():
        assert rows_of("张三,不详,123") == [{"name": "张三", "gender": "不详", "id_number": "123"}]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_uploaded_list_is_read_by_its_headings_in_whatever_order(portal, kind):
    headings = ("姓名", "性别", "身份证号", "手机号", "用工形式", "入职日期")
    columns = list(zip(COLUMNS, headings, strict=True))[::-1]
    row = {**ROW, "gender": "女", "employment": "合同制"}
    content = (write_xlsx if kind == "xlsx" else write_csv)(columns, [row])
    posted = {"list": (BytesIO(content), f"名单.{kind}"), "lines": "张三,男"}
    with portal.test_request_context(method="POST", data=posted):
        assert _rows_given() == [ROW]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_is_refused_and_the_gateway_lives(portal, name):
    content, rule = HOSTILE[name]
    posted = {"list": (BytesIO(content), "名单.xlsx")}
    with portal.test_request_context(method="POST", data=posted), pytest.raises(InvalidInput) as refused:
        _rows_given()
    assert refused.value.rule == f"sheet.{rule}"
