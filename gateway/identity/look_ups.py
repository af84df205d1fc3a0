"""The memory of who is signed in by which token, for a few seconds; dropped when roles, units or sessions change.

Dropped in every replica: the one that hears of a change tells the others.
"""

from __future__ import annotations

from typing import Any

from gateway.rpc import invalidations
from gateway.rpc.caching import MicroCache

REMEMBERED_SECONDS = 5.0
"""How long a look-up is good for: a replica that is cut off from the broker sees a sign-out or a role no later."""

remembered: MicroCache[str, Any] = MicroCache(seconds=REMEMBERED_SECONDS, largest=20_000)


def forget_look_ups() -> None:
    """Drop what is remembered, in this process and in the other replicas."""
    remembered.clear()
    invalidations.tell("look_ups")


invalidations.on("look_ups", lambda _: remembered.clear())
