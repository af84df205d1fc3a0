"""Rosters as offices really write them: months for days, cells beyond the headings, two rows of headings, titles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.contracts.membership import imports as contract
from services.membership.imports.use_cases import parts
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.rosters import (
    COLUMNS,
    carry_out,
    check,
    look,
    members,
    problems,
    row,
    upload,
)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS_PER_PART", 2)


def upload_text(membership: MembershipHarness, text: str, name: str = "名册.csv") -> Any:
    return membership.ask_typed(contract.upload_roster, name=name, content=text.encode())["id"]


def test_a_month_as_date_of_birth_makes_no_row_bad(membership: MembershipHarness):
    columns = [*COLUMNS, ("出生年月", "出生年月")]
    rows = [
        row(1, 出生年月="1980.05"),
        row(2, 出生年月="1980年5月"),
        row(3, 出生年月="不详"),
        row(4, 出生年月="1981.05"),
    ]

    import_id = upload(membership, rows, columns=columns)

    assert check(membership, import_id)["counts"] == {"sound": 3, "bad": 1, "noted": 1}
    assert problems(membership, import_id) == [
        (4, "noted", "出生年月", "不详", "imports.day_is_readable"),
        (5, "bad", "出生年月", "1981.05", "imports.month_is_of_birth"),
    ]
    carry_out(membership, import_id)
    assert [member.birth_date for member in members(membership)] == [date(1980, 5, day) for day in (2, 3, 4)]


def test_an_optional_cell_that_cannot_be_read_is_left_out_and_told(membership: MembershipHarness):
    columns = [*COLUMNS, ("性别", "性别"), ("邮箱", "邮箱"), ("工会小组", "工会小组"), ("原退休年龄", "原退休年龄")]
    odd = {
        "性别": "女士",
        "邮箱": "没有@",
        "工会小组": "第九组",
        "原退休年龄": "处级",
        "手机号": "内线8001",
        "入职日期": "2012.9",
    }

    import_id = upload(membership, [row(1, **odd), row(2)], columns=columns)

    assert check(membership, import_id)["counts"] == {"sound": 2, "bad": 0, "noted": 1}
    assert {found[2] for found in problems(membership, import_id, kind="noted")} == set(odd)
    assert carry_out(membership, import_id)["result"] == {"joined": 2, "updated": 0, "skipped": 0, "refused": 0}
    first = members(membership)[0]
    assert (first.gender, first.email, first.group_id, first.original_age, first.phone, first.hired_on) == (
        "female", None, None, None, None, None,
    )  # fmt: skip


def test_an_optional_cell_that_cannot_be_read_changes_nothing_of_a_member(membership: MembershipHarness):
    columns = [*COLUMNS, ("性别", "性别")]
    for changes in ({"性别": "男"}, {"性别": "先生", "手机号": "无此号", "入职日期": "2012.9"}):
        import_id = upload(membership, [row(1, **changes)], columns=columns)
        check(membership, import_id)
        carry_out(membership, import_id, member="update")

    (member,) = members(membership)
    assert (member.gender, member.phone, member.hired_on) == ("male", "13800000001", date(2020, 9, 1))
    assert membership.events("member_updated") == []


def test_of_a_month_of_joining_the_first_day_counts_and_is_told(membership: MembershipHarness):
    columns = [*COLUMNS, ("入会日期", "入会日期")]
    rows = [
        row(1, 入会日期="2021.03"), row(2, 入会日期="2020-09", 入职日期=date(2020, 9, 15)),
        row(3, 入会日期="2021.1"),
    ]  # fmt: skip
    import_id = upload(membership, rows, columns=columns)

    assert check(membership, import_id)["counts"] == {"sound": 2, "bad": 1, "noted": 2}
    assert problems(membership, import_id, kind="bad") == [(4, "bad", "入会日期", "2021.1", "imports.day_is_readable")]
    carry_out(membership, import_id)
    assert [member.joined_on for member in members(membership)] == [date(2021, 3, 1), date(2020, 9, 15)]


def test_a_row_with_cells_beyond_the_headings_is_refused_with_what_was_found(membership: MembershipHarness):
    number, other = row(1)["身份证号"], row(2)["身份证号"]
    text = f"姓名,身份证号,单位,用工形式\n张晓明,{number},单位01,在编,1,083.70\n李四,{other},单位01,在编,,\n"

    import_id = upload_text(membership, text)

    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 1}
    ((row_number, kind, heading, value, rule),) = problems(membership, import_id)
    assert (row_number, kind, heading, value, rule) == (2, "bad", None, "1, 083.70", "imports.row_fits_the_headings")


def test_a_surplus_identity_number_is_not_shown_whole(membership: MembershipHarness):
    number, other = row(1)["身份证号"], row(2)["身份证号"]
    import_id = upload_text(membership, f"姓名,身份证号,单位,用工形式\n张晓明,{number},单位01,在编,{other}\n")
    check(membership, import_id)

    shown = problems(membership, import_id)[0][3]
    assert other not in shown
    assert other[6:14] not in shown


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_title_and_two_rows_of_headings_are_understood(membership: MembershipHarness, separator: str):
    cells = [
        ["文学院教职工名册（2026年）"],
        ["序号", "姓名", "身份证号", "单位", "用工形式", "联系方式", ""],
        ["", "", "", "", "", "手机", "邮箱"],
        ["1", "张晓明", row(1)["身份证号"], "单位01", "在编", "13800000001", "a@example.edu.cn"],
    ]
    import_id = upload_text(membership, "\n".join(separator.join(line) for line in cells))

    assert look(membership, import_id)["mapping"] == {
        "序号": None, "姓名": "name", "身份证号": "id_number", "单位": "unit", "用工形式": "employment",
        "联系方式 / 手机": "phone", "联系方式 / 邮箱": "email",
    }  # fmt: skip
    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 0}
    carry_out(membership, import_id)
    (member,) = members(membership)
    assert (member.phone, member.email) == ("13800000001", "a@example.edu.cn")


def test_the_first_day_in_any_job_is_not_the_day_of_hiring_when_that_is_there_too(membership: MembershipHarness):
    columns = [("参加工作时间", "参加工作时间"), *COLUMNS]
    import_id = upload(membership, [row(1, 参加工作时间="1999-07-01")], columns=columns)

    mapping = look(membership, import_id)["mapping"]

    assert (mapping["参加工作时间"], mapping["入职日期"]) == (None, "hired_on")


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff"姓名","身份证号",单位,用工形式\n张晓明,{number},单位01,在编\n',
        "姓名,身份证号,单位,用工形式\r张晓明,{number},单位01,在编\r",
        "sep=;\n姓名;身份证号;单位;用工形式\n张晓明;{number};单位01;在编",
        '"姓\n名",身份证号\u00a0,单位,用工形式,,\n,,,,,\n张晓明\u00a0,{number}\u200b,单位01,在编,,\n',
        "姓名,身份证号,单位,用工形式\n张晓明,'{number},单位01,在编\n",
    ],
)
def test_odd_files_of_public_bug_reports_are_read(membership: MembershipHarness, text: str):
    import_id = upload_text(membership, text.format(number=row(1)["身份证号"]))

    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 0}
