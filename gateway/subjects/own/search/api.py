"""The search for programs of people who signed in."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route
from gateway.subjects.own.search.finding import FoundOfKind, first_of_each, kinds_of_asker, of_kind, words_to_find
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.contracts.gateway.search import SearchResult, search

_TOLD = tuple(name for name in SearchResult().fields if name != "link")
_UNKNOWN = InputError("input.not_a_choice", "You find nothing of this kind.")


def _search(payload: dict[str, Any]) -> dict[str, Any]:
    q, limit, name = payload["q"], payload["limit"], payload.get("kind")
    if name is None:
        groups = first_of_each(q, limit)
    else:
        kind = next((kind for kind in kinds_of_asker() if kind.name == name), None)
        if kind is None:
            raise InvalidInput(_UNKNOWN, field="kind")
        groups = [of_kind(kind, q, payload.get("cursor"), limit)]
    return {
        "words": list(words_to_find(q)),
        "groups": [_group(group) for group in groups],
        "next_cursor": groups[0].next_cursor if name is not None else None,
    }


def _group(found: FoundOfKind) -> dict[str, Any]:
    # An item may hold more, which only the page shows.
    items = [
        {**{name: item[name] for name in _TOLD}, "link": "/api/v1" + found.kind.link.format_map(item)}
        for item in found.items
    ]
    return {"kind": found.kind.name, "items": items, "more": found.more, "away": found.away}


ROUTES = (Route("GET", "/search", search, answer=_search),)
