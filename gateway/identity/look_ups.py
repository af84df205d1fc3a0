"""The cache of accounts by token, for a few seconds; cleared when roles, units or sessions change.

It is cleared in every replica: the one that receives a change notifies the others.
"""

from __future__ import annotations

from typing import Any

from gateway.rpc import invalidations
from gateway.rpc.caching import MicroCache

REMEMBERED_SECONDS = 5.0
"""Seconds a look-up is cached: a replica without broker connection sees changes after this time at the latest."""

remembered: MicroCache[str, Any] = MicroCache(seconds=REMEMBERED_SECONDS, largest=20_000)


def forget_look_ups() -> None:
    """Clear the cache in this process and in the other replicas."""
    remembered.clear()
    invalidations.tell("look_ups")


invalidations.on("look_ups", lambda _: remembered.clear())
