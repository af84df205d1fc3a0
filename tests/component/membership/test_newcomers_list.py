"""A list of newcomers, typed, pasted or uploaded, is read by the reader of rosters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import write_csv, write_xlsx
from services.contracts.membership.joining import newcomers as contract
from tests.component.membership.harness import MembershipHarness
from tests.support.hostile_books import HOSTILE
from tests.unit.membership.people import id_number

NUMBER = id_number(date(1990, 3, 7), 8)
READ = {
    "name": "欧阳晓", "gender": "female", "id_number": NUMBER, "birth_date": "1990-03-07", "phone": "17700000000",
    "employment": "established", "hired_on": "2023-09-01",
}  # fmt: skip


def read(membership: MembershipHarness, **values: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = membership.ask_typed(contract.read_newcomers, **values)["items"]
    return items


@pytest.mark.parametrize("day", ["2023/9/1", "2023年9月1日", "2023.9.1", "20230901", "2023-09-01"])
@pytest.mark.parametrize("separator", ["\t", ",", "，", ";"])
def test_a_pasted_line_is_read_as_a_row_of_a_roster(membership: MembershipHarness, separator: str, day: str):
    spaced = f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"
    line = separator.join(["欧阳晓", "女", spaced, "177 0000 0000", "在编", day])

    assert read(membership, text=f"{line}\n\n") == [{"row": 1, "values": READ, "problems": {}}]


def test_a_first_line_of_headings_says_what_the_columns_are(membership: MembershipHarness):
    text = f"手机\t姓名\t身份证号码\t备注\t入职时间\t用工性质\n17700000000\t欧阳晓\t{NUMBER}\t好\t2023/9/1\t编制内\n"

    assert [one["values"] for one in read(membership, text=text)] == [READ]


def test_what_cannot_be_read_is_told_by_line_and_field(membership: MembershipHarness):
    text = f"张三,不详,123\n欧阳晓,女,{NUMBER},17700000000,在编,2023-09,多\n"

    first, second = read(membership, text=text)

    assert (first["row"], set(first["problems"])) == (1, {"id_number", "phone", "employment", "hired_on"})
    assert (second["row"], set(second["problems"])) == (2, {"hired_on", "_"})


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_uploaded_list_is_read_by_its_headings_in_whatever_order(membership: MembershipHarness, kind: str):
    headings = ("入职日期", "用工形式", "手机号", "身份证号", "性别", "姓名", "出生年月")
    cells = dict(zip(headings, ("2023年9月1日", "在编", "17700000000", NUMBER, "女", "欧阳晓", "1990.03"), strict=True))
    content = (write_xlsx if kind == "xlsx" else write_csv)([(one, one) for one in headings], [cells])

    assert [one["values"] for one in read(membership, file={"name": f"名单.{kind}", "content": content})] == [READ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_is_refused_and_the_service_lives(membership: MembershipHarness, name: str):
    content, rule = HOSTILE[name]
    with pytest.raises(InvalidInput) as refused:
        read(membership, file={"name": "名单.xlsx", "content": content})
    assert refused.value.rule == f"sheet.{rule}"


def test_a_list_has_an_end(membership: MembershipHarness):
    with pytest.raises(InvalidInput) as refused:
        read(membership, text="a,b\n" * 1_001)
    assert refused.value.rule == "joining.list_is_short_enough"
