"""Registering for an activity: concurrent registrations for one activity are decided together by its owner.

A request with an idempotency key takes the plain path, because the owner keeps the key with the answer. Either way a
repeat is safe: one member has one registration for an activity, and asking again tells the one that stands.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app

from gateway.batching import Batcher
from gateway.calls import SYSTEM_PRINCIPAL, call
from gateway.identity.current import require_account
from gateway.runtime import Gateway
from gateway.views import registrations
from services.chassis.context import CallContext
from services.chassis.errors import NotAllowed, Problem, Refused
from services.chassis.principal import authorise
from services.chassis.settings import settings
from services.contracts.activities.registration import register, register_batch

_BATCHES = "gonghui_registrations"

RegistrationBatches = Batcher[str, str, dict[str, Any]]


def install(app: Any, gateway: Gateway) -> None:
    """Put the batches within reach of the app's requests."""
    deadline = settings().rpc_deadline

    def decide(activity_id: str, member_ids: list[str]) -> list[dict[str, Any] | Exception]:
        payload = {"activity_id": activity_id, "member_ids": member_ids}
        reply = gateway.client.call(register_batch, payload, CallContext(principal=SYSTEM_PRINCIPAL), deadline)
        return answers_of(reply, member_ids)

    app.extensions[_BATCHES] = Batcher(decide, seconds=deadline)


def register_member(activity_id: UUID | str, idempotency_key: str | None = None) -> dict[str, Any]:
    """Register the member who is signed in.

    Returns:
        The reply of activities' `register`.

    Raises:
        NotSignedIn, NotAllowed: nobody, or no member, is signed in.
        Refused: a rule says no; `rule` names it.
        DeadlineExceeded: no answer in time; repeating is safe.
    """
    account = require_account()
    authorise(account.principal, register)
    if account.member_id is None:
        raise NotAllowed("Only members register.", rule="role_allows")
    if idempotency_key is not None:
        reply = call(register, {"activity_id": str(activity_id)}, idempotency_key=idempotency_key)
    else:
        batches: RegistrationBatches = current_app.extensions[_BATCHES]
        reply = batches.submit(str(activity_id), str(account.member_id))
    registrations.remember(reply)
    return reply


def answers_of(reply: dict[str, Any], member_ids: list[str]) -> list[dict[str, Any] | Exception]:
    """Return what each member of a batch is told, in the order asked."""
    outcomes = {outcome["member_id"]: outcome for outcome in reply["outcomes"]}
    return [_answer(reply, outcomes[member_id]) for member_id in member_ids]


def _answer(reply: dict[str, Any], outcome: dict[str, Any]) -> dict[str, Any] | Problem:
    if outcome["outcome"] == "refused":
        return Refused(outcome["detail"], rule=outcome["rule"], params=outcome.get("params"))
    return {
        "registration_id": outcome["registration_id"],
        "activity_id": reply["activity_id"],
        "member_id": outcome["member_id"],
        "state": outcome["state"],
        "already": outcome["outcome"] == "already",
        "position": outcome.get("position"),
        "registered_at": outcome.get("registered_at"),
        "seats_taken": reply["seats_taken"],
        "seats_left": reply["seats_left"],
        "waiting": reply["waiting"],
    }
