"""Looking at an activity: members who look at the same one at the same time are answered together by its owner.

Before registration opens everybody reloads the page; each look asks what must be exact now (seats, may I register).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app

from gateway.rpc.batching import Batcher
from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.runtime import Gateway
from services.chassis.rpc.context import CallContext
from services.contracts.activities.registration.operations import check_registrations

_BATCHES = "gonghui_looks"
SECONDS = 3.0

Look = tuple[dict[str, Any], dict[str, Any]]


def install(app: Any, gateway: Gateway) -> None:
    """Put the batches within reach of the app's requests."""

    def look(activity_id: str, member_ids: list[str]) -> Sequence[Look]:
        payload = {"activity_id": activity_id, "member_ids": member_ids}
        reply = gateway.client.call(check_registrations, payload, CallContext(principal=SYSTEM_PRINCIPAL), SECONDS)
        found = {item["member_id"]: item for item in reply["items"]}
        return [(reply["activity"], found[member_id]) for member_id in member_ids]

    app.extensions[_BATCHES] = Batcher(look, seconds=SECONDS)


def look_at(activity_id: UUID, member_id: UUID) -> Look:
    """Return an announced activity as it stands now, and what a member may do about it (`RegistrationCheck`).

    Raises:
        NotFound: there is none, or it is a draft.
        Unavailable: no answer in time.
    """
    batches: Batcher[str, str, Look] = current_app.extensions[_BATCHES]
    return batches.submit(str(activity_id), str(member_id))
