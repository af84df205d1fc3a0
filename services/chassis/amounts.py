"""Parsing amounts of money that people type or files contain; an ambiguous amount is not parsed."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


def plain_amount(text: str) -> str:
    """Return an amount as `Decimal` reads it: 1,083.70 as 1083.70, also in full width or with ¥ or 元.

    A text that is no number, or that can be read two ways, is returned unchanged, and the field that parses it
    refuses it. In 3487,50 the comma may be a decimal point or a separator of thousands.
    """
    return number_in(text) or text


def number_in(text: str) -> str | None:
    """Return the number a text holds as `plain_amount` does, None where there is none or more than one reading."""
    bare = _bare(text)
    if _GROUPED.fullmatch(bare):
        return bare.replace(",", "")
    return bare if _PLAIN.fullmatch(bare) else None


def is_ambiguous(text: str) -> bool:
    """Tell whether a text is a number that people in different places read differently."""
    bare = _bare(text)
    return "," in bare and not _GROUPED.fullmatch(bare) and re.fullmatch(r"-?[0-9.,]*[0-9][0-9.,]*", bare) is not None


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
