"""What changed between two revisions of an article, line by line, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.portal.comparing import compared


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the lines of title, summary and text of two revisions: `same`, `gone` or `new`."""
    return [{"kind": kind, "text": line} for kind, line in compared(_text(old), _text(new))]


def _text(revision: Mapping[str, Any]) -> str:
    heads = [str(revision[name]) for name in ("title", "title_en", "summary") if revision.get(name)]
    return "\n".join([*heads, str(revision["body"])])
