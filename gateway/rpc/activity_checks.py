"""Checks of activities: members who open the same activity at the same time are checked in one call.

Before registration opens, many reload the page, and each needs exact data (seats, may I register).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app

from gateway.rpc.batching import Batcher
from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.rpc.deadlines import part_seconds
from gateway.runtime import Gateway
from services.chassis.rpc.context import CallContext
from services.contracts.activities.registration.operations import check_registrations

_BATCHES = "gonghui_looks"

Look = tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None, list[dict[str, Any]]]


def install(app: Any, gateway: Gateway) -> None:
    """Attach the batches to the app."""

    def look(activity_id: str, member_ids: list[str]) -> Sequence[Look]:
        payload = {"activity_id": activity_id, "member_ids": member_ids}
        reply = gateway.client.call(check_registrations, payload, CallContext(SYSTEM_PRINCIPAL), part_seconds())
        found = {item["member_id"]: item for item in reply["items"]}
        # A release before options has no form, one before questions has none of these.
        form, questions = reply.get("form"), reply.get("questions", [])
        return [(reply["activity"], found[member_id], form, questions) for member_id in member_ids]

    app.extensions[_BATCHES] = Batcher(look)


def look_at(activity_id: UUID, member_id: UUID) -> Look:
    """Return an announced activity, what a member may do (`RegistrationCheck`), its form or None, and its questions.

    Raises:
        NotFound: there is none, or it is a draft.
        Unavailable: no answer in time.
    """
    batches: Batcher[str, str, Look] = current_app.extensions[_BATCHES]
    return batches.submit(str(activity_id), str(member_id))
