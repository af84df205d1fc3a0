"""Activities in the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from gateway.portal.formats import span
from gateway.portal.words import words
from gateway.read_models import activities
from gateway.search_kind import Found


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return an activity's page, with when and where it takes place, or that it does not."""
    known = activities.several(UUID(item["id"]) for item in items)
    page = "portal.console_activity" if console else "portal.activity"
    return [
        Found(url_for(page, activity_id=item["id"]), _about(known.get(UUID(item["id"]))))
        for item in items
    ]  # fmt: skip


def _about(activity: Mapping[str, Any] | None) -> str:
    if activity is None:
        return ""
    state = "" if activity["state"] == "scheduled" else str(words(activity["state"], "activity"))
    told = (span(activity["starts_at"], activity["ends_at"]), activity["place"] or "", state)
    return " · ".join(text for text in told if text)
