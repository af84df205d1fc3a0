"""The cache of each reader's summary, for a second; entries are dropped when an event changes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gateway.rpc import invalidations
from gateway.rpc.caching import MicroCache

remembered: MicroCache[UUID, dict[str, Any]] = MicroCache(largest=20_000)


def forget_own() -> None:
    """Drop entries in this process and in the other replicas."""
    remembered.clear()
    invalidations.tell("own")


invalidations.on("own", lambda _: remembered.clear())
