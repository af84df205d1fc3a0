"""A name is found by its pinyin and initials, family names read as family names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.pinyin_dict import pinyin_dict

from services.membership.person.use_cases import pinyin as module
from services.membership.person.use_cases.pinyin import given_pinyin, key_of_beginning, key_of_given, search_keys
from services.membership.person.use_cases.readings import reading_of


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("张伟", "zhangwei", "zw"),
        ("欧阳娜娜", "ouyangnana", "oynn"),
        ("曾小明", "zengxiaoming", "zxm"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("刘长春", "liuchangchun", "lcc"),
        ("长孙无忌", "zhangsunwuji", "zswj"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("阿卜杜拉·买买提", "abodulamaimaiti", "abdlmmt"),
        ("吕布", "lvbu", "lb"),
        ("Anna Li", "annali", "al"),
        ("卜一", "buyi", "by"),
        ("薄一", "boyi", "by"),
        ("阚一", "kanyi", "ky"),
        ("佴一", "naiyi", "ny"),
        ("乜一", "nieyi", "ny"),
        ("折一", "sheyi", "sy"),
        ("都一", "duyi", "dy"),
        ("秘一", "biyi", "by"),
        ("贠一", "yunyi", "yy"),
        ("粘一", "nianyi", "ny"),
        ("洗一", "xianyi", "xy"),
        ("澹台一", "tantaiyi", "tty"),
        ("仇一", "qiuyi", "qy"),
        ("解一", "xieyi", "xy"),
        ("区一", "ouyi", "oy"),
        ("查一", "zhayi", "zy"),
        ("万俟一", "moqiyi", "mqy"),
        ("覃一", "qinyi", "qy"),
        ("盖一", "geyi", "gy"),
        ("葛一", "geyi", "gy"),
        ("召一", "shaoyi", "sy"),
        ("繁一", "poyi", "py"),
        ("员一", "yunyi", "yy"),
        ("种一", "chongyi", "cy"),
        ("朴一", "piaoyi", "py"),
        ("缪一", "miaoyi", "my"),
        ("宓一", "miyi", "my"),
        ("蔚一", "yuyi", "yy"),
        ("\U000323af一", "\U000323afyi", "\U000323afy"),
    ],
)
def test_a_name_has_its_search_keys(name: str, pinyin: str, initials: str) -> None:
    assert search_keys(name) == (pinyin, initials)


def test_a_key_never_outgrows_its_column() -> None:
    pinyin, initials = search_keys("庄" * 50)
    assert len(pinyin) == 100
    assert initials == "z" * 50


@pytest.mark.parametrize(
    "name", ["单于明", "单明", "曾国强", "长孙无忌", "张长春", "尉迟恭", "买买提·艾力", "Anna Li", "仇英", "阿依古丽"]
)
def test_the_key_of_a_beginning_begins_the_key_of_the_name(name: str):
    whole = search_keys(name)[0]

    for length in range(1, len(name) + 1):
        key = key_of_beginning(name[:length])
        assert key is None or whole.startswith(key)


def test_every_reading_of_a_family_name_names_its_source_and_is_one_of_the_characters() -> None:
    data = json.loads((Path(module.__file__).parents[1] / "data" / "surnames.json").read_text(encoding="utf-8"))
    # 贠 has another reading there; that of 长 was replaced for given names.
    unknown_to_the_dictionary = {"贠", "长"}
    for row in data["surnames"]:
        assert row["source"] in data["sources"]
        assert len(row["reading"]) == len(row["surname"])
        for character, reading in zip(row["surname"], row["reading"], strict=True):
            readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
            assert reading in readings or character in unknown_to_the_dictionary
    assert len({row["surname"] for row in data["surnames"]}) == len(data["surnames"])
    double = data["double_surnames"]
    assert double["source"] in data["sources"]
    assert {len(surname) for surname in double["surnames"]} == {2}
    assert {row["surname"] for row in data["surnames"] if len(row["surname"]) == 2} <= set(double["surnames"])


def test_every_character_is_read_as_the_library_reads_it() -> None:
    chosen = {"长": "chang", "重": "chong"}
    for point in pinyin_dict:
        character = chr(point)
        library = lazy_pinyin(character, style=Style.NORMAL)[0].replace("v", "ü")
        assert reading_of(character) == chosen.get(character, library)
    assert reading_of("\U000323af") is None


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("王小明", "xiaoming"), ("欧阳娜娜", "nana"), ("张伟", "wei"), ("单雄信", "xiongxin"), ("刘长春", "changchun"),
        ("阿卜杜拉·买买提", "maimaiti"), ("Anna Li", "li"), ("Anna", ""), ("单", ""), ("欧阳", "yang"),
        ("单于明", "ming"), ("单于", ""),
    ],
)  # fmt: skip
def test_the_given_name_has_a_key_of_its_own(name: str, given: str) -> None:
    assert given_pinyin(name, search_keys(name)[0]) == given


def test_a_given_name_is_read_without_the_readings_of_family_names() -> None:
    assert key_of_given("单一") == "danyi"
    assert given_pinyin("王单一", search_keys("王单一")[0]) == "danyi"


def test_an_erased_name_has_no_key() -> None:
    assert given_pinyin("（已删除）", "") == ""
