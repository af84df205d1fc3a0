"""A name is found by its pinyin and initials, family names read as family names."""

from __future__ import annotations

import pytest

from services.membership.person.pinyin import search_keys


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
