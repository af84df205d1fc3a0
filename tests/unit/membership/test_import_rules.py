"""Rules of roster import: headings are understood, words and days are read, what is unclear is not guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.membership.imports import ALLOWED, DUPLICATES, ROSTER_FIELDS
from services.membership.imports import heading_rules, rules
from services.membership.person import rules as person_rules

DAYS = st.dates(date(1912, 1, 1), date(2098, 12, 31))


def test_headings_are_understood_in_chinese_and_english():
    guessed = heading_rules.guessed_mapping(
        ["姓 名*", "身份证号码", "Gender", "所在单位", "用工性质", "手机（必填）", "备注", "名字"]
    )

    assert guessed == {
        "姓 名*": "name", "身份证号码": "id_number", "Gender": "gender", "所在单位": "unit", "用工性质": "employment",
        "手机（必填）": None, "备注": None, "名字": None,
    }  # fmt: skip


def test_every_field_has_a_heading_that_is_understood():
    assert set(heading_rules.ROSTER_HEADINGS) == set(ROSTER_FIELDS)


@pytest.mark.parametrize(
    "text",
    ["2023-09-01", "2023/9/1", "2023.9.1", "2023年9月1日", "20230901", "2023-09-01 00:00:00",
     "２０２３－９－１"],
)  # fmt: skip
def test_a_day_is_read_in_the_forms_offices_use(text: str):
    assert rules.day_of(text) == date(2023, 9, 1)


@pytest.mark.parametrize("text", ["1/9/2023", "2023-09", "2023年9月", "2023-13-01", "2023-02-30", "明天", "1", "99999"])
def test_a_day_that_is_not_plain_is_not_guessed(text: str):
    assert rules.day_of(text) is None
    assert rules.day_is_readable("hired_on", text) is not None


@given(DAYS)
def test_any_day_is_read_back_from_every_form(day: date):
    forms = (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日")

    assert {rules.day_of(form) for form in forms} == {day}


@pytest.mark.parametrize("text", ["40422", "38960", "45170.0", "45170.5"])
def test_a_bare_number_is_no_day_and_says_so(text: str):
    refusal = rules.day_is_readable("hired_on", text)

    assert rules.day_of(text) is None
    assert refusal is not None
    assert refusal.rule == "imports.day_is_no_bare_number"


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [("gender", "男", "male"), ("gender", "Female", "female"), ("employment", "在编", "established"),
     ("employment", "劳务派遣", "dispatched"), ("employment", "非编", "contract"), ("original_age", "55周岁", "F55"),
     ("gender", "其他", None), ("employment", "志愿者", None)],
)  # fmt: skip
def test_words_are_read_as_offices_write_them(field: str, text: str, word: str | None):
    assert rules.word_of(field, text) == word
    assert (rules.word_is_known(field, text) is None) == (word is not None)


def test_sex_follows_from_the_identity_number():
    assert person_rules.gender_in("99999919900101001X") == "male"
    assert person_rules.gender_in("999999199001010028") == "female"
    assert person_rules.gender_in("9999") is None


def test_a_rounded_number_is_refused_as_such():
    refusal = rules.digits_are_whole("id_number", "1.10101199001011E+17")

    assert refusal is not None
    assert refusal.rule == "imports.digits_are_whole"
    assert rules.digits_are_whole("phone", "1.1E+17") is None


def test_a_unit_is_known_with_and_without_its_ending():
    assert rules.unit_key("计算机学院 分工会") == rules.unit_key("计算机学院")
    assert rules.unit_key("分工会") == "分工会"


def test_nobody_becomes_a_member_twice_by_any_choice():
    assert set(ALLOWED) == set(DUPLICATES)
    assert all("create" not in ALLOWED[kind] for kind in ("member", "former", "repeated"))
    assert all(choices[0] == "skip" for choices in ALLOWED.values())


def test_each_field_is_the_column_whose_heading_says_it_best():
    guessed = heading_rules.guessed_mapping(["部门", "参加工作时间", "名字", "姓名", "分工会", "到校时间"])

    assert guessed == {
        "部门": None, "参加工作时间": None, "名字": None, "姓名": "name", "分工会": "unit", "到校时间": "hired_on",
    }  # fmt: skip
    assert heading_rules.guessed_mapping(["参加工作时间"]) == {"参加工作时间": "hired_on"}


@pytest.mark.parametrize(
    ("text", "months"),
    [("1982.05", {(1982, 5)}), ("1982-5", {(1982, 5)}), ("1982年5月", {(1982, 5)}), ("198205", {(1982, 5)}),
     ("1982.1", {(1982, 1), (1982, 10)}), ("1982.13", set()), ("1982", set()), ("", set()), ("1982-05-01", set())],
)  # fmt: skip
def test_a_month_is_read_in_the_forms_offices_use(text: str, months: set[tuple[int, int]]):
    assert rules.months_of(text) == months


def test_a_first_row_of_data_is_no_second_row_of_headings():
    headings = ["序号", "姓名", "(C)"]

    assert heading_rules.folded_headings(headings, {"序号": "1", "姓名": "张三", "(C)": "x"}) is None
    assert heading_rules.folded_headings(headings, {"序号": "", "姓名": "张三", "(C)": "13800000001"}) is None
    assert heading_rules.folded_headings(headings, {"序号": "", "姓名": "张三", "(C)": ""}) is None
    assert heading_rules.folded_headings(headings, {"序号": "", "姓名": "", "(C)": "甲", "(D)": "甲"}) == [
        "序号", "姓名", "姓名 / 甲", "姓名 / 甲 4",
    ]  # fmt: skip
