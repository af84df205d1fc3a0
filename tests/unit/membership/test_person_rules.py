"""What a person states is judged field by field, and no answer repeats the value."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.person import rules
from tests.unit.membership.people import id_number

TODAY = date(2023, 3, 1)
births = st.dates(date(1930, 1, 1), date(2007, 1, 1))


def test_the_published_example_of_the_standard_has_the_right_check_character() -> None:
    # The worked example printed in GB 11643-1999, annex.
    assert rules.id_number_check_character_fits("11010519491231002X") is None
    assert rules.id_number_check_character_fits("440524188001010014") is None


@given(births, st.integers(0, 999))
def test_a_well_formed_number_passes_every_rule(birth: date, order: int) -> None:
    assert rules.refusals_of({"id_number": id_number(birth, order), "birth_date": birth}, TODAY) == []


@given(births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(birth: date, order: int, place: int, shift: int) -> None:
    number = id_number(birth, order)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert rules.id_number_check_character_fits(wrong) is not None


@given(births, st.integers(0, 999), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(birth: date, order: int, place: int) -> None:
    number = id_number(birth, order)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert rules.id_number_check_character_fits(swapped) is not None


@pytest.mark.parametrize("text", ["", "1234", "110105491231002", "1101051949123100Z", "01010519491231002X"])
def test_other_forms_are_no_identity_number(text: str) -> None:
    refusal = rules.id_number_has_its_form(text)
    assert refusal is not None
    assert refusal.rule == "person.id_number_has_its_form"


def test_an_identity_number_is_read_in_any_width_case_and_grouping() -> None:
    assert rules.normalised_id_number(" １１０１０５-19491231-002x ") == "11010519491231002X"


def test_a_birth_date_that_is_not_in_the_number_is_refused_at_the_birth_date() -> None:
    refusals = rules.refusals_of({"id_number": "11010519491231002X", "birth_date": date(1949, 12, 30)}, TODAY)
    assert [(one.rule, one.field) for one in refusals] == [("person.id_number_holds_birth_date", "birth_date")]


def test_a_number_that_holds_no_date_fits_no_birth_date() -> None:
    assert rules.birth_date_in("110105194902300021") is None
    assert rules.id_number_holds_birth_date("110105194902300021", date(1949, 2, 28)) is not None


def test_no_refusal_repeats_what_was_stated() -> None:
    stated = {
        "name": "张3", "id_number": "110105194912310021", "birth_date": date(2020, 1, 1), "phone": "12345",
        "email": "nobody", "hired_on": date(2030, 1, 1),
    }  # fmt: skip
    refusals = rules.refusals_of(stated, TODAY)
    assert {one.field for one in refusals} == set(stated)
    told = " ".join(one.detail + str(one.params) for one in refusals)
    assert not [value for value in stated.values() if str(value) in told]


@pytest.mark.parametrize(
    ("birth", "allowed"),
    [(date(2007, 3, 1), True), (date(2007, 3, 2), False), (date(1922, 3, 2), True), (date(1922, 3, 1), False)],
)
def test_the_age_runs_from_16_to_100(birth: date, allowed: bool) -> None:
    # 1922-03-01 is 101 on 2023-03-01.
    assert (rules.age_allows_work(birth, TODAY) is None) is allowed


def test_an_age_counts_full_years_also_for_who_was_born_on_29_february() -> None:
    assert rules.age_on(date(2004, 2, 29), date(2023, 2, 28)) == 18
    assert rules.age_on(date(2004, 2, 29), date(2023, 3, 1)) == 19


def test_hiring_lies_neither_ahead_nor_before_the_16th_birthday() -> None:
    assert rules.hired_on_is_past(TODAY, TODAY) is None
    assert rules.hired_on_is_past(date(2023, 3, 2), TODAY) is not None
    assert rules.hired_on_follows_birth(date(1996, 5, 1), date(1980, 5, 1)) is None
    assert rules.hired_on_follows_birth(date(1996, 4, 30), date(1980, 5, 1)) is not None


@pytest.mark.parametrize(
    "text", ["13800000000", "+86 138 0000 0000", "0086-138-0000-0000", "0571-8800 0000", "+44 20 7946 0000"]
)
def test_telephone_numbers_in_their_usual_forms_pass(text: str) -> None:
    assert rules.phone_has_its_form(rules.normalised_phone(text)) is None


@pytest.mark.parametrize("text", ["12800000000", "1380000000", "138000000000", "abc", "+8612345678901", ""])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    assert rules.phone_has_its_form(rules.normalised_phone(text)) is not None


@pytest.mark.parametrize("text", ["li.na@example.edu.cn", " Li+x@Example.CN ", "a@b.co"])
def test_mail_addresses_pass(text: str) -> None:
    assert rules.email_has_its_form(rules.normalised_email(text)) is None


@pytest.mark.parametrize(
    "text", ["nobody", "a@b", "@example.cn", "a@.cn", "a b@example.cn", "a@@example.cn", "a..b@example.cn", "a@-b.cn"]
)
def test_what_cannot_be_mailed_to_is_refused(text: str) -> None:
    assert rules.email_has_its_form(rules.normalised_email(text)) is not None


@pytest.mark.parametrize("name", ["张伟", "欧阳娜娜", "阿卜杜拉•买买提", "Anna-Maria O'Neil", "Nguyễn Văn A"])
def test_names_of_all_peoples_pass(name: str) -> None:
    assert rules.name_is_written_in_letters(rules.normalised_name(name)) is None


@pytest.mark.parametrize("name", ["张3", "<b>", "", " · ", "a@b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert rules.name_is_written_in_letters(rules.normalised_name(name)) is not None


def test_a_name_is_stored_in_one_form() -> None:
    assert rules.normalised_name("  阿卜杜拉・买买提 ") == "阿卜杜拉·买买提"


def test_a_number_with_a_right_check_character_and_an_impossible_day_is_refused() -> None:
    # ID(1990-02-30, 002): well formed, its check character fits, and there is no such day.
    body = "99000019900230002"
    number = body + _check_character(body)

    refusals = rules.refusals_of({"id_number": number, "birth_date": None}, TODAY)

    assert [(one.rule, one.field) for one in refusals] == [("person.id_number_holds_a_date", "id_number")]


def _check_character(body: str) -> str:
    return next(mark for mark in "0123456789X" if rules.id_number_check_character_fits(body + mark) is None)


@pytest.mark.parametrize("digits", ["\u0661\u0663\u0668" + "\u0660" * 8, "1380000000\u0661", "０"])
def test_digits_of_other_scripts_are_no_telephone(digits: str) -> None:
    assert rules.phone_has_its_form(rules.normalised_phone(digits)) is not None


def test_full_width_digits_and_what_cannot_be_seen_are_read_as_meant() -> None:
    assert rules.normalised_phone("\u202a１３８０００００００１\u202c") == "13800000001"
    assert rules.normalised_id_number("\ufeff1101０1 19900101\u200b001x") == "11010119900101001X"


@pytest.mark.parametrize("name", ["\U00031350甲", "\U0002ebf0", "〇", "\U000323af"])
def test_a_rare_character_is_a_letter_on_every_version_of_python(name: str) -> None:
    assert rules.name_is_written_in_letters(name) is None


@pytest.mark.parametrize("name", ["甲\u202e乙", "甲\u2066乙", "\ue000", "甲1", "\u0661"])
def test_what_reorders_a_name_or_is_private_is_none(name: str) -> None:
    assert rules.name_is_written_in_letters(rules.normalised_name(name)) is not None
