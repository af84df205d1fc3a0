"""Awards in the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from gateway.portal.formats import day
from gateway.portal.words import words
from gateway.read_models import awards
from gateway.search_kind import Found
from services.chassis import clock


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return the list of awards of the year, level and category, where an award's holder stands."""
    known = awards.several(UUID(item["id"]) for item in items)
    return [_found(known.get(UUID(item["id"]))) for item in items]


def _found(award: Mapping[str, Any] | None) -> Found:
    if award is None:
        return Found(url_for("portal.awards"))
    on = clock.day_of(award["awarded_at"])
    told = [str(words(award["level"], "award_level")), day(on)]
    if award["revoked"]:
        told.append(str(words("revoked", "award")))
    of_it = {"year": on.year, "level": award["level"], "category": award["category"]}
    return Found(url_for("portal.awards", **of_it), " · ".join(told))
