"""What can't be seen says nothing, stands around no text and reorders none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.plain_text import cleaned, in_one_line, is_digits, seen_length, whole_number, without_unseen

UNSEEN = (
    " \t\n\r\v\f\x85\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u180b\u180e\u2000\u2003\u200a\u200b\u200c"
    "\u200d\u200e\u2028\u2029\u202a\u202e\u202f\u205f\u2060\u2064\u2066\u2069\u206f\u2800\u3000\u3164\ufe00\ufe0f\ufeff"
    "\uffa0\ufffb\U0001d173\U000e0001\U000e0020\U000e0100"
)


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_is_no_text(character: str) -> None:
    assert seen_length(character * 3) == 0
    assert cleaned(character * 3) == ""
    assert cleaned(f"{character}甲") == "甲"


@pytest.mark.parametrize("text", ["葛\U000e0100", "❤\ufe0f", "می\u200cخواهم", "क्\u200dष", "one two", "甲 乙", "a\nb"])
def test_what_belongs_to_a_text_stays(text: str) -> None:
    assert cleaned(f" {text} ") == text


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ids=ascii)
def test_nothing_reorders_what_is_shown(mark: str) -> None:
    assert cleaned(f"账单{mark}fdp.exe") == "账单fdp.exe"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\u2029", "\x85", " \n\n ", "\t"], ids=ascii)
def test_a_line_holds_no_line_end(end: str) -> None:
    assert in_one_line(f" 甲{end}乙{end}") == "甲 乙"


@given(st.text(st.sampled_from(UNSEEN + "甲aب\x00"), max_size=12))
def test_a_cleaned_text_is_clean(text: str) -> None:
    once = cleaned(text)

    assert cleaned(once) == once
    assert seen_length(once) == seen_length(text)


def test_a_million_blanks_are_read_once() -> None:
    assert cleaned("甲" + "\u3000" * 1_000_000 + "乙").endswith("乙")
    assert cleaned("甲" + "\u3000" * 1_000_000) == "甲"


def test_numbers_are_written_in_the_digits_from_0_to_9() -> None:
    assert is_digits("0123")
    assert not any(map(is_digits, ("", "٣", "３", "1 ", "-1", "1_0", "²")))
    assert whole_number("-12") == -12
    for text in ("٣", "３", " 1", "1_0", "", "-", "--1"):
        with pytest.raises(ValueError, match="whole"):
            whole_number(text)


def test_a_number_is_found_among_what_cannot_be_seen() -> None:
    assert without_unseen("\u202a1380000\u200b0001\u202c　") == "13800000001"
