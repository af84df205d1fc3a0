"""What somebody finds, by kind: from the gateway's own index, and from the services that own the rest.

A service that is away costs only its own group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.identity.current import current_principal
from gateway.read_models import search
from gateway.search_kind import SearchKind
from gateway.subject import installed
from services.chassis.errors import InvalidInput, Unavailable
from services.chassis.grams import words_of
from services.contracts.gateway.search import SAYS_NOTHING


@dataclass(frozen=True)
class FoundOfKind:
    """The results of a kind; `more` says that there are others, `away` that its service did not answer."""

    kind: SearchKind
    items: list[dict[str, Any]] = field(default_factory=list)
    more: bool = False
    next_cursor: str | None = None
    away: bool = False


def kinds_of_asker() -> list[SearchKind]:
    """Return the kinds of things the asker may find, in the order of the subjects."""
    roles = current_principal().roles
    return [kind for kind in installed().search.values() if not kind.roles or kind.roles & roles]


def words_to_find(q: str) -> tuple[str, ...]:
    """Return the words of a search. Raises `InvalidInput` when there are none."""
    if words := words_of(q):
        return words
    raise InvalidInput(SAYS_NOTHING, field="q")


def first_of_each(q: str, limit: int) -> list[FoundOfKind]:
    """Return the first results of each kind that has some, or whose service is away."""
    kinds, words = kinds_of_asker(), words_to_find(q)
    indexed = [kind.name for kind in kinds if kind.indexed is not None]
    own = search.first_of_each(current_principal(), words, indexed, limit + 1) if indexed else {}
    found = [_first(kind, own.get(kind.name, []), limit) if kind.indexed else _asked(kind, q, None, limit)
             for kind in kinds]  # fmt: skip
    return [group for group in found if group.items or group.away]


def of_kind(kind: SearchKind, q: str, cursor: str | None, limit: int) -> FoundOfKind:
    """Return one page of the results of a kind.

    Raises:
        InvalidInput: the search says nothing, or the cursor belongs to another list.
    """
    words = words_to_find(q)
    if kind.indexed is None:
        return _asked(kind, q, cursor, limit)
    page = search.page(current_principal(), words, kind.name, cursor, limit)
    return _page(kind, page)


def _first(kind: SearchKind, items: Sequence[dict[str, Any]], limit: int) -> FoundOfKind:
    return FoundOfKind(kind, list(items[:limit]), more=len(items) > limit)


def _asked(kind: SearchKind, q: str, cursor: str | None, limit: int) -> FoundOfKind:
    assert kind.find is not None
    try:
        return _page(kind, kind.find(q, cursor, limit))
    except Unavailable:
        return FoundOfKind(kind, away=True)
    except InvalidInput as problem:
        # What says nothing to one service may be found elsewhere; the page somebody is on is another matter.
        if "cursor" in (problem.field, *problem.params.get("errors", ())):
            raise
        return FoundOfKind(kind)


def _page(kind: SearchKind, page: dict[str, Any]) -> FoundOfKind:
    cursor = page["next_cursor"]
    return FoundOfKind(kind, page["items"], more=cursor is not None, next_cursor=cursor)
