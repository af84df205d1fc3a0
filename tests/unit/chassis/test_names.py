"""Names have one form and are made of letters, the same on every version of Python."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.names import canonical_name, is_letter
from services.chassis.security.encryption import mask_name

COUNT = 123_772
DIGEST = "90c45c4cd89f08061f3f1c8a636f3959dce6cb3d74561b641d58961ba1d609e7"
"""Of the letters among all code points, as 3.11, 3.12 and 3.13 answer."""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("甲　乙", "甲乙"),
        (" 甲 乙\u200b", "甲乙"),
        ("甲\u3164乙\xa0", "甲乙"),
        ("欧 阳 晓 明", "欧阳晓明"),
        ("Ａｎｎａ　　Ｌｉ", "Anna Li"),
        ("Anna \t Li", "Anna Li"),
        ("王 Anna", "王 Anna"),
        ("J. Li", "J. Li"),
        ("Jose\u0301", "José"),
        ("O’Neil", "O'Neil"),
        ("Lévi‑Strauss", "Lévi-Strauss"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 ‧ 买买提", "阿卜杜拉·买买提"),
        ("⻩⼀⻰", "黄一龙"),
        ("\uf900", "\u8c48"),
        ("葛\U000e0100", "葛"),
        ("\U00031350 \U0002ebf0", "\U00031350\U0002ebf0"),
        ("", ""),
        ("\u3000\u200b", ""),
    ],
)
def test_a_name_has_one_form(typed: str, name: str) -> None:
    assert canonical_name(typed) == name


@given(
    st.text(st.one_of(st.characters(max_codepoint=0x323AF), st.sampled_from("甲乙 　·•.．\u200b豈⻩Ａ")), max_size=9)
)
def test_a_name_in_its_form_stays_as_it_is(text: str) -> None:
    once = canonical_name(text)

    assert canonical_name(once) == once


@pytest.mark.parametrize(("name", "masked"), [("甲　乙", "甲*"), ("欧 阳 娜", "欧**"), ("Anna Li", "A*** L*")])
def test_a_name_is_masked_in_its_form(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize("code", [0x3007, 0x3400, 0x9FFF, 0xFA0E, 0x20000, 0x2A700, 0x2EBF0, 0x2F800, 0x31350, 0x33479])
def test_every_chinese_character_is_a_letter(code: int) -> None:
    assert is_letter(chr(code))


@pytest.mark.parametrize("character", "1٣½\u202e\u2066\ue000\u00d7。㈠①€\U0001f600\uffff", ids=ascii)
def test_what_is_no_letter(character: str) -> None:
    assert not is_letter(character)


def test_letters_are_the_same_on_every_version_of_python() -> None:
    letters = "".join(str(int(is_letter(chr(code)))) for code in range(0x110000) if not 0xD800 <= code < 0xE000)

    assert letters.count("1") == COUNT
    assert hashlib.sha256(letters.encode()).hexdigest() == DIGEST
