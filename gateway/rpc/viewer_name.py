"""The reader's own name, for the greeting: concurrent readers are looked up in one batch, and names are cached.

Belongs here: only the own name, which one may always see. Other people's names are looked up in `calls`, with the
reader's rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app

from gateway.rpc.batching import Batcher
from gateway.rpc.caching import MicroCache
from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.rpc.deadlines import names_seconds
from gateway.runtime import Gateway
from services.chassis.errors import Problem, Unavailable
from services.chassis.rpc.context import CallContext
from services.contracts.membership.record.operations import names_of

_BATCHES = "gonghui_own_names"

_names: MicroCache[UUID, str] = MicroCache(seconds=60, largest=50_000)
_absences: MicroCache[str, bool] = MicroCache(seconds=5)


def install(app: Any, gateway: Gateway) -> None:
    """Attach the batches to the app."""

    def load(_key: str, member_ids: list[UUID]) -> Sequence[str]:
        reply = gateway.client.call(
            names_of, {"ids": [str(one) for one in member_ids]}, CallContext(SYSTEM_PRINCIPAL), names_seconds()
        )
        found = {item["id"]: item["name"] for item in reply["items"]}
        return [found.get(str(one), "") for one in member_ids]

    app.extensions[_BATCHES] = Batcher(load)


def own_name(member_id: UUID) -> tuple[str | None, bool]:
    """Return the reader's name, None if unknown, and whether membership answered.

    After membership failed to answer, it is not called for a few seconds, so that not every page waits for it.
    """
    known = _names.peek(member_id)
    if known is not None:
        return known or None, True
    if _absences.peek("membership"):
        return None, False
    batches: Batcher[str, UUID, str] = current_app.extensions[_BATCHES]
    try:
        name = batches.submit("names", member_id)
    except Unavailable:
        _absences.put("membership", True)
        return None, False
    except Problem:
        return None, True
    _names.put(member_id, name)
    return name or None, True
