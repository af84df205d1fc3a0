"""Announcements in the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from gateway.identity.current import current_principal
from gateway.notices import announcements
from gateway.portal.formats import moment
from gateway.search_kind import Found


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return an announcement as its recipients read it, or in the console as officers follow it."""
    sent = announcements.sent_at_of(UUID(item["id"]) for item in items)
    page = "portal.sent_announcement" if console and current_principal().has("officer") else "portal.announcement"
    return [
        Found(url_for(page, announcement_id=item["id"]), moment(sent.get(UUID(item["id"]))))
        for item in items
    ]  # fmt: skip
