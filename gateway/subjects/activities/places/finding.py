"""Places in the search: found by name and address, for members those they can book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.activities.places.places import list_places

_LONGEST = 60


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return a page of places whose name or address has the words."""
    page = call(list_places, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return the page of each place, with kind and address."""
    page = "portal.console_place" if console else "portal.place"
    return [Found(url_for(page, place_id=one["id"]), one["about"]) for one in items]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    about = f"{words(one['kind'], 'place_kind')} · {one['address']}"
    return {
        "id": one["id"], "title": one["name"], "title_en": one["name_en"], "excerpt": None, "excerpt_en": None,
        "about": about,
    }  # fmt: skip
