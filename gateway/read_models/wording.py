"""The JSON form of values in views, the same as in answers of services."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """Return the JSON form of one value of a view."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def in_words(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the named attributes of a row in JSON form."""
    return {name: plain(getattr(row, name)) for name in names}
