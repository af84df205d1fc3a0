"""What is asked about a child: its name and day of birth, whom to call, who collects it."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field
from services.contracts.activities.children_classes.children import MOST_COLLECT

CHILD: tuple[Field | str, ...] = ("child_name", "born_on")
CONTACT: tuple[Field | str, ...] = (
    Field("phone", control="tel"),
    Field("health_note", control="textarea", hint=_l("只写老师必须知道的，例如过敏；可不填。")),
)


def collected() -> list[dict[str, str]]:
    """Return who may collect the child, as it was sent; rows without a name are left out."""
    rows = [
        {part: request.form.get(f"{part}-{place}", "").strip() for part in ("name", "phone", "relation")}
        for place in range(MOST_COLLECT)
    ]
    return [row for row in rows if row["name"] or row["phone"]]


def rows_of(known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many rows as people may collect a child, filled in with those that are known."""
    empty = {"name": "", "phone": "", "relation": ""}
    return [*known, *([empty] * MOST_COLLECT)][:MOST_COLLECT]
