"""Readings of single Chinese characters, without tones, from the data of pypinyin.

The library keeps its dictionary as 7 MB of texts in every process that imports it. Only the first reading of a
character without its tone is needed here: 0.3 MB.
"""

from __future__ import annotations

import json
import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_OTHERS = {"长": "chang", "重": "chong"}
"""In given names 长 is the long one (长春), 重 the double one (重阳)."""
_UMLAUT = "\u0308"


@lru_cache(maxsize=8192)
def reading_of(character: str) -> str | None:
    """Return the reading of one character in lower-case Latin letters with ü; None where the dictionary has none."""
    if character in _OTHERS:
        return _OTHERS[character]
    place = bisect_left(_CHARACTERS, ord(character))
    known = place < len(_CHARACTERS) and _CHARACTERS[place] == ord(character)
    return _SYLLABLES[_PLACES[place]] if known else None


def _without_tone(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading)
    plain = "".join(letter for letter in letters if letter == _UMLAUT or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain)


def _loaded() -> tuple[array[int], array[int], list[str]]:
    """Return the characters in order, for each the place of its reading, and the readings."""
    library = find_spec("pypinyin")
    assert library is not None
    assert library.origin is not None
    readings: dict[str, str] = json.loads(Path(library.origin).with_name("pinyin_dict.json").read_text("utf-8"))
    places: dict[str, int] = {}
    found = sorted((int(point), _without_tone(several.partition(",")[0])) for point, several in readings.items())
    which = array("H", (places.setdefault(reading, len(places)) for _, reading in found))
    return array("I", (point for point, _ in found)), which, list(places)


_CHARACTERS, _PLACES, _SYLLABLES = _loaded()
