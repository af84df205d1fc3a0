"""Surveys in the search: activities finds those that the reader runs or was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.identity.current import current_principal
from gateway.portal.people import CONSOLE_ROLES
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.activities.surveys.operations import list_surveys, my_surveys

_LONGEST = 50


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return surveys that are called what was typed."""
    operation = list_surveys if current_principal().has(*CONSOLE_ROLES) else my_surveys
    page = call(operation, {"q": q[:_LONGEST], "cursor": cursor, "limit": limit}, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return the page of a survey, with its state."""
    page = "portal.console_survey" if console else "portal.survey"
    return [Found(url_for(page, survey_id=item["id"]), str(words(item["state"], "survey"))) for item in items]


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"], "title": one["title"], "title_en": None, "excerpt": None, "excerpt_en": None,
        "state": one["state"],
    }  # fmt: skip
