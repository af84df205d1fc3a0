"""Filters of the console's list of applications, for the page and the exported file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def listed_applications(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters of the console's list of applications.

    Applications that no unit has reviewed have a page of their own, and are found here by name only.

    Args:
        values: the filters in the query string.
    """
    leaves_out = values.get("state") in (None, "submitted") and not values.get("q")
    return {**values, **({"confirmed": True} if leaves_out else {})}
