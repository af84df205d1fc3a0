"""The filter of lists by id: for a reader that knows which items it is about to show."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

MOST_IDS = 100
"""As many as a page can have."""


def ids_filter() -> fields.Field[Any]:
    """Return the filter `ids`: only items with one of these ids, as far as other filters and rights admit."""
    return fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(min=1, max=MOST_IDS))
