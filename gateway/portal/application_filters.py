"""What the console's list of applications is asked for with, on the page and in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def listed_applications(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters of the console's list of applications.

    What no unit has looked at stands on a page of its own, and is found here by its name only.

    Args:
        values: the filters in the address.
    """
    leaves_out = values.get("state") in (None, "submitted") and not values.get("q")
    return {**values, **({"confirmed": True} if leaves_out else {})}
