"""What kinds of notices are called, in filters, tables and files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from gateway.notices.wording import words_of
from gateway.subject import NewsKind, TodoKind, installed


def kind_names() -> dict[str, Any]:
    """Return all kinds with their words."""
    return {name: words_of(name, kind) for name, kind in installed().notices.items()}


def kind_names_for(roles: Collection[str]) -> dict[str, Any]:
    """Return the kinds that somebody with these roles can be told of, with their words."""
    kinds = installed().notices.items()
    return {name: words_of(name, kind) for name, kind in kinds if concerns(kind, roles)}


def concerns(kind: TodoKind | NewsKind, roles: Collection[str]) -> bool:
    """Whether somebody with these roles can be told of a kind."""
    return not isinstance(kind, TodoKind) or not kind.roles or not kind.roles.isdisjoint(roles)


def named(kind: str) -> str:
    """Return what a kind is called; one that is no more stays as it is."""
    found = installed().notices.get(kind)
    return str(words_of(kind, found)) if found else kind
