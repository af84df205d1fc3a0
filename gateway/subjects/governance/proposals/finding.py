"""Proposals in the search: governance finds filed ones by title and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.governance.proposals.operations import list_public_proposals

_LONGEST = 50


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return proposals that every member may read and whose title or number has what was typed."""
    asked = {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}
    page = call(list_public_proposals, asked, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the page of a proposal, with its number and state."""
    return [
        Found(
            url_for("portal.proposal", proposal_id=item["id"]),
            f"{item['number']} · {words(item['state'], 'proposal')}",
        )
        for item in items
    ]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"], "title": one["title"], "title_en": None, "excerpt": one["department"], "excerpt_en": None,
        "number": one["number"], "state": one["state"],
    }  # fmt: skip
