"""Units in the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from gateway.search_kind import Found


def shown(items: Sequence[Mapping[str, Any]], _console: bool) -> list[Found]:
    """Return a unit's page in the console."""
    return [Found(url_for("portal.unit", unit_id=item["id"])) for item in items]
