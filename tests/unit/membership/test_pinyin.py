"""A name is found by its pinyin and initials, family names read as family names."""

from __future__ import annotations

import pytest

from services.membership.person.pinyin import key_of_beginning, search_keys


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
