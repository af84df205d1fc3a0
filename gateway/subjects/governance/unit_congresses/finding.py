"""Filings in the search: found by unit, agenda, place or resolution, as governance lets the asker see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.people import unit_choices, unit_name
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.governance.unit_congresses.operations import list_filings
from services.contracts.governance.unit_congresses.requests import MOST_NAMED

_LONGEST = 60


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return a page of filings whose unit, agenda, place or resolution has the words, the latest first."""
    named = [unit_id for unit_id, name in unit_choices().items() if q.lower() in str(name).lower()]
    asked = {"q": q[:_LONGEST], "named_unit_ids": named[:MOST_NAMED], "cursor": cursor, "limit": limit}
    page = call(list_filings, asked, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the page of each filing."""
    return [Found(url_for("portal.filing", filing_id=one["id"]), one["about"]) for one in items]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    told = [words(one["form"], "congress_form")] if one["form"] else []
    return {
        "id": one["id"], "title": f"{unit_name(one['unit_id'])} {one['year']}", "title_en": None, "excerpt": None,
        "excerpt_en": None, "about": " · ".join(map(str, [*told, words(one["state"], "filing")])),
    }  # fmt: skip
