"""The memory of what each person has, for a second; dropped when an event changes what somebody has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gateway.caching import MicroCache

remembered: MicroCache[UUID, dict[str, Any]] = MicroCache(largest=20_000)


def forget_own() -> None:
    """Drop what is remembered in this process."""
    remembered.clear()
