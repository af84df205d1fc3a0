"""Sessions in the search: found by name, place, items and resolutions, as governance lets the asker see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.formats import plain_day
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from gateway.subjects.governance.congress.naming import session_name
from services.contracts.governance.congress.sessions import search_sessions

_LONGEST = 60


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return a page of sessions."""
    page = call(search_sessions, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return the page of each session."""
    page = "portal.session" if console else "portal.own_session"
    return [Found(url_for(page, session_id=one["id"]), one["about"]) for one in items]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    told = (plain_day(one["opens_on"]), one["place"], words(one["state"], "congress_session"))
    return {
        "id": one["id"], "title": session_name(one), "title_en": None, "excerpt": None, "excerpt_en": None,
        "about": " · ".join(map(str, told)),
    }  # fmt: skip
