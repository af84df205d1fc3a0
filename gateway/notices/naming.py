"""What kinds of notices are called, in filters, tables and files."""

from __future__ import annotations

from typing import Any

from gateway.notices.wording import words_of
from gateway.subject import installed


def kind_names() -> dict[str, Any]:
    """Return all kinds with their words."""
    return {name: words_of(name, kind) for name, kind in installed().notices.items()}


def named(kind: str) -> str:
    """Return what a kind is called; one that is no more stays as it is."""
    found = installed().notices.get(kind)
    return str(words_of(kind, found)) if found else kind
