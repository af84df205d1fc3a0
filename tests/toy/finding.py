"""The toy subject in the search: its service finds teas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.rpc.calls import call
from gateway.search_kind import Found
from tests.toy.contract import list_teas


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return teas of which the kind begins with what was typed."""
    teas = call(list_teas, {"limit": limit})["items"]
    found = [{"id": tea["id"], "title": tea["kind"]} for tea in teas if tea["kind"].startswith(q)]
    return {
        "items": [{**tea, "title_en": None, "excerpt": None, "excerpt_en": None} for tea in found],
        "next_cursor": cursor,
    }


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the page of teas for each."""
    return [Found(url_for("portal.teas"), "热的") for _ in items]
