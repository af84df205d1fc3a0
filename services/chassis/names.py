"""The canonical form of people's names, in which they are stored, searched, compared and masked.

Which characters are letters depends on the tables here and on Unicode 3.2, which the standard library contains beside
its current version: so every version of Python accepts the same names.
"""

from __future__ import annotations

import re
import unicodedata

from services.chassis.plain_text import BLANK, ZERO_WIDTH

HAN = (
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ee5f"
    "\U0002f800-\U0002fa1f\U00030000-\U0003347f"
)
"""Chinese characters as the inside of a character class: the unified ideographs with the extensions A to J (Unicode
17, blocks as a whole), the compatibility ideographs, 々 and 〇."""

_LATER_LETTERS = (
    "\u0220-\u024f\u02ae-\u02af\u037b-\u037d\u04cf\u04f6-\u052f\u0610-\u061a\u063b-\u063f\u0656-\u065f\u06ee-\u06ef"
    "\u0750-\u077f\u07ca-\u07f5\u08a0-\u08b4\u0904\u093a-\u093b\u0955-\u0957\u0971-\u097f\u09bd\u09ce\u0a51\u0a75"
    "\u0a8c\u0ae1-\u0ae3\u0b35\u0b44\u0b62-\u0b63\u0b71\u0bb6\u0c3d\u0c58-\u0c5a\u0c62-\u0c63\u0cbc-\u0cbd\u0ce2-\u0ce3"
    "\u0d3d\u0d62-\u0d63\u0d7a-\u0d7f\u0e86-\u0ead\u0ede-\u0edf\u0f6b-\u0f6c\u1022-\u103f\u105a-\u108f\u10f9-\u10ff"
    "\u135d-\u135f\u1380-\u138f\u1878\u18aa\u1950-\u1974\u1980-\u19c9\u1a20-\u1a7c\u1e9c-\u1e9f\u1efa-\u1eff\u2c60-\u2c7f"
    "\u2d80-\u2dde\u312d-\u312f\u31b8-\u31bf\ua4d0-\ua4fd\ua720-\ua7bf\ua840-\ua873\uaa60-\uaa7f\U00016f00-\U00016f9f"
)
"""Letters and marks added after Unicode 3.2 in scripts of people's names: Latin, Cyrillic, Arabic, the scripts of
India, Lao, Tibetan, Burmese, Mongolian, Dai (Tai Le, New Tai Lue, Tai Tham), Lisu, Miao."""

_OLD = unicodedata.ucd_3_2_0
_PLAIN = re.compile("[\u4e00-\u9fff]+")
_WRITTEN_OUT = re.compile(f"[{HAN}{_LATER_LETTERS}]")
_UNSEEN = re.compile(f"(?![\u202a-\u202e\u2066-\u2069])[{ZERO_WIDTH}\U000e0100-\U000e01ef]")
_BLANKS = re.compile(f"[{BLANK}]+")
_DOTS = re.compile("[\u2022\u2027\u2219\u22c5\u2e31\u30fb\uff65\ua78f\u02d9\u1427\u25cf]")
_HAN_DOT = re.compile(f"(?<=[{HAN}]) ?[.] ?(?=[{HAN}])")
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")

_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_SAME = {
    **{character: unicodedata.normalize("NFKC", chr(character)) for character in range(0xFF01, 0xFF5F)},
    **{character: unicodedata.normalize("NFKC", chr(character)) for character in range(0xFF66, 0xFFDD)},
    **{character: unicodedata.normalize("NFKC", chr(character)) for character in range(0x2E80, 0x2FD6)},
    **{ord(radical): character for radical, character in _RADICALS.items()},
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u0060\u00b4"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013"), "-"),
}
"""Full-width Latin letters, half-width kana, radicals that PDF files give for characters, apostrophes, hyphens."""


def canonical_name(text: str) -> str:
    """Return a name in its canonical form; a canonical name is returned unchanged.

    - NFC; full-width Latin letters become plain ones, radicals (⻩ from a PDF file) the characters they stand for;
    - blanks before, behind and between Chinese characters are dropped, others are one space each;
    - the dot in names like 阿卜杜拉·买买提 is U+00B7 without blanks around it, whatever dot was typed;
    - invisible characters are dropped, also variation selectors (a name is found whatever variant of 葛 it has).
      Characters that reorder the text are kept; rules refuse them.
    """
    if _PLAIN.fullmatch(text):
        return text
    seen = _BLANKS.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    folded = _HAN_DOT.sub("·", _DOTS.sub("·", seen.translate(_SAME)))
    return unicodedata.normalize("NFC", _BETWEEN_HAN.sub("", re.sub(" ?· ?", "·", folded))).strip(" ")


def is_letter(character: str) -> bool:
    """Whether a character may occur in names: a Chinese one, a letter or a combining mark of any script."""
    return _WRITTEN_OUT.match(character) is not None or _OLD.category(character)[0] in "LM"
