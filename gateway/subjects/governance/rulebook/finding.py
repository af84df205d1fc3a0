"""Dated rules in the search: governance finds them by name, key, document and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.portal.figure_words import figure
from gateway.portal.formats import plain_day
from gateway.portal.refusals import name_of_rule
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from gateway.subjects.governance.rulebook.settable import keys_named
from services.contracts.governance.rulebook.operations import list_rules

_LONGEST = 60


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return rules of which the name, key, document or number has what was typed; the excerpt is the document."""
    q = q[:_LONGEST]
    asked = {"q": q, "named": keys_named(q), "cursor": cursor, "limit": limit}
    page = call(list_rules, asked, seconds=part_seconds())
    return {"items": [_item(rule) for rule in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the page of a rule's key, with the rule's figure and first day."""
    return [
        Found(url_for("portal.rule", key=item["key"]), f"{item['figure']} · {plain_day(item['valid_from'])}")
        for item in items
    ]


def _item(rule: Mapping[str, Any]) -> dict[str, Any]:
    source = " ".join(rule[name] for name in ("document", "number", "article") if rule[name])
    return {
        "id": rule["id"], "title": name_of_rule(rule["key"]) or rule["key"], "title_en": None,
        "excerpt": source, "excerpt_en": None, "key": rule["key"], "valid_from": rule["valid_from"],
        "figure": figure(rule["key"], rule["value"]),
    }  # fmt: skip
