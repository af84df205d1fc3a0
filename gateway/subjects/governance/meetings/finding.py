"""Decisions in the search: found by number or title, as governance lets the asker see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.formats import plain_day
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.governance.meetings.decisions import list_meeting_decisions

_LONGEST = 60


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return a page of decisions."""
    page = call(list_meeting_decisions, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the page of each decision."""
    return [Found(url_for("portal.meeting_decision", decision_id=one["id"]), one["about"]) for one in items]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    told = (one["number"], one["body_name"], plain_day(one["decided_on"]), words(one["outcome"], "meeting_outcome"))
    return {
        "id": one["id"], "title": one["title"], "title_en": None, "excerpt": None, "excerpt_en": None,
        "about": " · ".join(map(str, told)),
    }  # fmt: skip
