"""Removes and counts invisible characters, and defines which characters a text may contain.

The tables are listed here, because those of `unicodedata` depend on the version of Python.
"""

from __future__ import annotations

import re

BLANK = (
    "\\t\\n\\v\\f\\r \\x85\\xa0\\u115f\\u1160\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u2800"
    "\\u3000\\u3164\\uffa0"
)
"""Characters that take space and show nothing, for use in a character class: spaces of every width, line ends, the
fillers of Hangul, the empty pattern of Braille."""
ZERO_WIDTH = (
    "\\xad\\u034f\\u061c\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"
    "\\ufe00-\\ufe0f\\ufeff\\ufff0-\\ufffb"
)
"""Characters of no width in the Basic Multilingual Plane: joiners, marks of direction, variation selectors, the byte
order mark."""
CONTROL = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
"""Control characters except line feed and tab; no text may contain them."""

_HIGH_ZERO_WIDTH = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_UNSEEN = re.compile(f"[{BLANK}{ZERO_WIDTH}{_HIGH_ZERO_WIDTH}]")
_FOLLOWS = "\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_AT_START = re.compile(f"[{BLANK}{ZERO_WIDTH}{_HIGH_ZERO_WIDTH}]+")
# What chooses the form of the character before it (a variant of 葛, an emoji, a flag) belongs to that character.
_AT_END = re.compile(f"(?:(?![{_FOLLOWS}])[{BLANK}{ZERO_WIDTH}{_HIGH_ZERO_WIDTH}])+")
_LINE_END = re.compile(r" *[\t\n\v\f\r\x85\u2028\u2029][\t\n\v\f\r\x85\u2028\u2029 ]*")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def cleaned(text: str) -> str:
    """Return a text as it is stored: without invisible characters at both ends and without characters that reorder it.

    Embeddings, overrides and isolates of direction (U+202A to U+202E, U+2066 to U+2069) change the order in which a
    text and the words after it are shown; they are dropped. Joiners and marks that Arabic and Indic scripts need are
    kept.
    """
    if text.isascii():
        return text.strip(" \t\n\r\v\f")
    text = _REORDERING.sub("", text)
    start = _AT_START.match(text)
    text = text[start.end() :] if start else text
    # Backwards, because a search for trailing blanks would try every run of blanks in the text.
    end = _AT_END.match(text[::-1])
    return text[: len(text) - end.end()] if end else text


def in_one_line(text: str) -> str:
    """Return a text as `cleaned` does, with one blank for each run of line ends, tabs and blanks around them."""
    return _LINE_END.sub(" ", cleaned(text))


def seen_length(text: str) -> int:
    """Return how many characters of a text are visible."""
    return len(_UNSEEN.sub("", text))


def without_unseen(text: str) -> str:
    """Return a number or code without blanks and invisible characters."""
    return _UNSEEN.sub("", text)


def is_digits(text: str) -> bool:
    """Whether a text consists of the digits 0 to 9, at least one; digits of other scripts don't count."""
    return text.isascii() and text.isdigit()


def whole_number(text: str) -> int:
    """Return the number written in a text with the digits 0 to 9.

    Raises:
        ValueError: it is none; `int` itself accepts blanks, underscores and the digits of every script.
    """
    if not is_digits(text.removeprefix("-")):
        raise ValueError("not a whole number")
    return int(text)
