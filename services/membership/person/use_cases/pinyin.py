"""Latin search keys of names: 张伟 → zhangwei, zw.

Family names have readings of their own (曾 zeng, 单 shan), and some have two characters (欧阳); they stand with their
sources in `data/surnames.json`.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from services.chassis.names import HAN, is_letter
from services.membership.person.use_cases.readings import reading_of

_DATA = Path(__file__).parents[1] / "data" / "surnames.json"
_STATED = json.loads(_DATA.read_text(encoding="utf-8"))
_FAMILY_NAMES: dict[str, tuple[str, ...]] = {row["surname"]: tuple(row["reading"]) for row in _STATED["surnames"]}
_DOUBLE_NAMES = frozenset(_STATED["double_surnames"]["surnames"])
_LONGEST_FAMILY_NAME = max(map(len, _FAMILY_NAMES))
_LONGEST_KEY = 100
_CHINESE = re.compile(f"[{HAN}]*")
_CHARACTER_OR_WORD = re.compile(rf"[{HAN}]|[^\s{HAN}]+")


@lru_cache(maxsize=8192)
def search_keys(name: str) -> tuple[str, str]:
    """Return (pinyin, initials) of a name in lower-case Latin letters; a Latin name is its own pinyin.

    Letters of other scripts are kept as they are, so that no name has an empty key.
    """
    syllables = _syllables(name)
    return "".join(syllables)[:_LONGEST_KEY], "".join(word[0] for word in syllables)[:_LONGEST_KEY]


def key_of_beginning(text: str) -> str | None:
    """Return how the pinyin of every name that begins with the text begins; None where that is not certain.

    单 alone is shan, but 单于 is chanyu: the first character of a double family name says nothing.
    """
    if any(family.startswith(text) and family != text for family in _FAMILY_NAMES):
        return None
    return search_keys(text)[0] or None


def given_pinyin(name: str, pinyin: str) -> str:
    """Return the end of a name's pinyin that is the given name's: 王小明 → xiaoming; empty where it has no such part.

    The part before is a family name, of names with a dot the part before the dot, of Latin names the first word.
    """
    family = _family_part(name)
    key, _ = search_keys(family)
    return pinyin[len(key) :] if family != name and pinyin.startswith(key) else ""


def key_of_given(text: str) -> str:
    """Return how the pinyin of every given name that begins with the text begins; family readings do not hold there."""
    return "".join(_read(text))


def _family_part(name: str) -> str:
    if "·" in name:
        return name.partition("·")[0]
    if not _CHINESE.fullmatch(name):
        return name.partition(" ")[0]
    return name[: 2 if len(name) > 2 and name[:2] in _DOUBLE_NAMES else 1]


def _syllables(name: str) -> list[str]:
    for length in range(_LONGEST_FAMILY_NAME, 0, -1):
        reading = _FAMILY_NAMES.get(name[:length])
        if reading:
            return [*reading, *_read(name[length:])]
    return _read(name)


def _read(text: str) -> list[str]:
    """Return the reading of each Chinese character, and other words as they are; neighbours don't change a reading."""
    parts = _CHARACTER_OR_WORD.findall(text)
    return [cleaned for part in parts if (cleaned := _letters(reading_of(part) or part if len(part) == 1 else part))]


def _letters(word: str) -> str:
    return "".join(character for character in word.lower() if is_letter(character)).replace("ü", "v")
