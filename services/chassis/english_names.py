"""English names are optional: where none is given, the Chinese name takes its place and is followed when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def with_english(given: Mapping[str, Any], *names: str, stored: object | None = None) -> dict[str, Any]:
    """Return what was given with an English name for each name, `title_en` for `title`.

    Args:
        given: what was given by field; null as an English name is none.
        names: the fields that have an English name beside them.
        stored: what is changed, None for what is new.
    """
    complete = dict(given)
    for name in names:
        english = f"{name}_en"
        before, before_english = getattr(stored, name, None), getattr(stored, english, None)
        if english not in given and before_english != before:
            continue
        if given.get(english) in (None, before):
            complete[english] = given.get(name, before)
    return complete
