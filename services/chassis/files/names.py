"""Cleans names of uploaded files: no path, no invisible characters, nothing that makes the name look different."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Control characters, marks of direction (U+202E shows `xslx.exe` as `exe.xlsx`), invisible characters, private use and
lone surrogates. The ranges are listed here, so that they are the same in every version of Python."""
_NO_NAME = re.compile(r'[/\\:*?"<>|]')
"""Characters that separate folders or are not allowed in file names on some system."""
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)")


def plain_file_name(name: str, otherwise: str = "file") -> str:
    """Return the name under which a file is stored and served, at most 200 characters with its extension.

    Args:
        name: as uploaded, perhaps with a path.
        otherwise: the name when nothing is left of it.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", name))
    plain = " ".join(_NO_NAME.sub("_", seen).split()).strip(". ")
    if not plain:
        return otherwise
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    if len(plain) <= LONGEST:
        return plain
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST]
    return stem[: LONGEST - len(ending) - 1].rstrip(". ") + dot + ending
