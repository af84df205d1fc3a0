"""Members in the search: membership finds them, and only those the asker may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.people import unit_name
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.membership.record.operations import list_members

_LONGEST = 50


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return members whose name, pinyin, initials or number begin with what was typed; the excerpt is the number."""
    page = call(list_members, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    items = [
        {
            "id": member["id"],
            "title": member["name"],
            "title_en": None,
            "excerpt": member["number"],
            "excerpt_en": None,
            "unit_id": member["unit_id"],
        }
        for member in page["items"]
    ]
    return {"items": items, "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return a member's page in the console, with the unit."""
    return [Found(url_for("portal.member", member_id=item["id"]), unit_name(item["unit_id"])) for item in items]
