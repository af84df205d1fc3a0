"""What a term and its sessions are called: 六届四次."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal.formats import is_english

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return a number from 1 to 99 as it stands in the name of a term: 六, 十二; digits in English."""
    if is_english():
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def session_name(session: Mapping[str, Any]) -> str:
    """Return the name of a session: 六届四次."""
    term, number = numeral(session["term"]), numeral(session["number"])
    return gettext("%(term)s届%(number)s次会议", term=term, number=number)


def term_name(number: int) -> str:
    """Return the name of a term: 第六届."""
    return gettext("第%(number)s届", number=numeral(number))
