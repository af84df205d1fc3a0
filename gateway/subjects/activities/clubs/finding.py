"""Clubs in the search: found by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.activities.clubs.clubs import list_clubs

_LONGEST = 60


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return a page of clubs whose name has the words."""
    page = call(list_clubs, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return the page of each club, with its kind and state."""
    page = "portal.console_club" if console else "portal.club"
    return [Found(url_for(page, club_id=one["id"]), one["about"]) for one in items]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    about = f"{words(one['kind'], 'club_kind')} · {words(one['state'], 'club')}"
    return {
        "id": one["id"], "title": one["name"], "title_en": one["name_en"], "excerpt": None, "excerpt_en": None,
        "about": about,
    }  # fmt: skip
