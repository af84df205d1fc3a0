"""To-dos in words: text, icon and page of each entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for

from gateway.identity.current import current_principal
from gateway.portal.formats import title_of
from gateway.portal.people import unit_name
from gateway.portal.words import words
from gateway.read_models import activities
from gateway.subject import TodoKind, installed


def told(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return to-dos with text, icon and page; unknown kinds are left out."""
    kinds = installed().todos
    known = [(item, kinds[item["kind"]]) for item in items if item["kind"] in kinds]
    titles = _titles(item["subject_id"] for item, kind in known if kind.about == "activity")
    return [
        {**item, "text": kind.words or words(item["kind"], "todo"), "icon": kind.icon, "address": _address(kind, item),
         "about": titles.get(item["subject_id"], "") if kind.about == "activity" else _unit_of(item)}
        for item, kind in known
    ]  # fmt: skip


def _address(kind: TodoKind, item: dict[str, Any]) -> str:
    return url_for(f"portal.{kind.endpoint}", **({kind.argument: item["subject_id"]} if kind.argument else {}))


def _unit_of(item: dict[str, Any]) -> str:
    return unit_name(item["unit_id"]) if item.get("unit_id") and current_principal().has("officer") else ""


def _titles(ids: Iterable[str]) -> dict[str, str]:
    """Return titles of activities."""
    known = activities.several(UUID(found) for found in set(ids))
    return {str(activity_id): title_of(resource) for activity_id, resource in known.items()}
