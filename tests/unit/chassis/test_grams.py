"""Words of a search: one form, the pairs they are indexed by, and where they stand in a text."""

from __future__ import annotations

import pytest

from services.chassis.grams import MOST_WORDS, excerpt, folded, grams_of, grams_to_find, marked, needle, words_of


def found_in(text: str, q: str) -> bool:
    """Whether the index leads to the text, and the text has the words."""
    line, words = folded(text), words_of(q)
    assert words
    by_text = all(needle(word) in line for word in words)
    by_index = set(grams_to_find(words)) <= grams_of(line)
    assert by_index or not by_text, "the index would hide what is there"
    return by_index and by_text


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("教职工太极拳培训班", "太极"),
        ("教职工太极拳培训班", "拳"),
        ("教职工太极拳培训班", "培训 太极"),
        ("Spring YOGA class", "yoga"),
        ("Spring YOGA class", "ｙｏ"),
        ("Spring yoga class", "Y"),
        ("2026年春季运动会", "2026"),
        ("2026年春季运动会", "2026年 运动会"),
        ("第３届合唱（决赛）", "第3届"),
        ("“三八”妇女节观影", "三八"),
        ("㐀㐁字测试", "㐀"),
        ("𠮷野讲座", "𠮷野"),
        ("straße", "STRASSE"),
    ],
)
def test_what_is_there_is_found(text: str, q: str) -> None:
    assert found_in(text, q)


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("教职工太极拳培训班", "太拳"),
        ("太和极乐", "太极"),
        ("Spring yoga class", "oga"),
        ("Spring yoga class", "yogas"),
        ("春季运动会", "运动会 合唱"),
        ("春_季%运动会", "春季"),
    ],
)
def test_what_is_not_there_is_not(text: str, q: str) -> None:
    assert not found_in(text, q)


@pytest.mark.parametrize("q", ["", "   ", "……！？《》", "😀🎉", "\x00\x07\u200b", "%_%", "''--;"])
def test_marks_alone_are_no_words(q: str) -> None:
    assert words_of(q) == ()


def test_a_long_search_is_cut_to_a_few_words_and_grams() -> None:
    words = words_of(" ".join(f"词{number}" for number in range(500)))
    assert len(words) == MOST_WORDS
    assert len(grams_to_find(words)) <= 4
    assert 1 <= len(grams_to_find(words_of("工会" * 500))) <= 4


def test_the_words_are_marked_where_they_stand() -> None:
    in_pieces = [("教工", False), ("Ｙｏ", True), ("ｇａ课 ", False), ("yo", True), ("ga", False)]
    assert marked("教工Ｙｏｇａ课 yoga", ["yo"]) == in_pieces
    assert marked("太极太极拳", ["太极", "极太"]) == [("太极太极", True), ("拳", False)]
    assert marked("无", ["有"]) == [("无", False)]
    assert marked("", ["有"]) == []


def test_the_excerpt_is_around_the_first_word() -> None:
    text = "开场。" * 40 + "在这里学太极拳。" + "散场。" * 60
    cut = excerpt(text, ["太极"])
    assert (cut[0], cut[-1], "太极拳" in cut, len(cut) < 120) == ("…", "…", True, True)
    assert excerpt("短  文\n一行", ["别的"]) == "短 文 一行"
    assert excerpt("", ["太极"]) == ""
