"""Articles in the search: activities finds those that the reader may read, by title, summary and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.formats import plain_day
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.activities.articles.operations import list_news

_LONGEST = 50


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return published articles that hold what was typed."""
    page = call(list_news, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the page of an article, with its category and day."""
    return [
        Found(url_for("portal.news_article", article_id=item["id"]), f"{item['category']} · {plain_day(item['day'])}")
        for item in items
    ]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"], "title": one["title"], "title_en": one["title_en"], "excerpt": one["summary"],
        "excerpt_en": None, "category": one["category_name"], "day": one["published_at"],
    }  # fmt: skip
