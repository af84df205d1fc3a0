"""The memory of who is signed in by which token, for a few seconds; dropped when roles, units or sessions change."""

from __future__ import annotations

from typing import Any

from gateway.caching import MicroCache

REMEMBERED_SECONDS = 5.0
"""How long a look-up is good for: on other replicas a sign-out or a post ended shows up no later than this."""

remembered: MicroCache[str, Any] = MicroCache(seconds=REMEMBERED_SECONDS, largest=20_000)


def forget_look_ups() -> None:
    """Drop what is remembered in this process."""
    remembered.clear()
