"""What changed between two revisions of an article, line by line, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import ndiff
from typing import Any

_KINDS = {"  ": "same", "- ": "gone", "+ ": "new"}


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the lines of title, summary and text of two revisions: `same`, `gone` or `new`."""
    lines = ndiff(_lines(old), _lines(new))
    return [{"kind": _KINDS[line[:2]], "text": line[2:]} for line in lines if line[:2] in _KINDS]


def _lines(revision: Mapping[str, Any]) -> list[str]:
    heads = [str(revision[name]) for name in ("title", "title_en", "summary") if revision.get(name)]
    return [*heads, *str(revision["body"]).split("\n")]
