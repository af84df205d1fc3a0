"""Batches of registrations: concurrent registrations for one activity are sent to its service in one call.

Idempotency keys are part of the batch, and the service stores each with its answer in the batch's transaction. A repeat
is safe with and without key: a member has one registration per activity, and a repeat returns it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app

from gateway.http.request_parsing import check
from gateway.identity.current import require_account
from gateway.read_models import registrations
from gateway.rpc.batching import Batcher
from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.runtime import Gateway
from services.chassis.errors import InvalidInput, NotAllowed, Problem, Refused, Unavailable
from services.chassis.input_errors import errors_from
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import authorise
from services.contracts.activities.options.shapes import Chosen
from services.contracts.activities.registration.operations import register, register_batch

ANSWERS_ARE_VALID = "questions.answers_are_valid"
"""The rule that refuses answers; its figures are the errors of each."""
_CHOSEN = Chosen()
_BATCHES = "gonghui_registrations"


class Asker(NamedTuple):
    """One member's request; `key` is its idempotency key, stored under `actor`, the account.

    `choice` is what was chosen, as JSON, so that equal requests are decided once.
    """

    member_id: str
    actor: str
    key: str | None
    choice: str | None = None


RegistrationBatches = Batcher[str, Asker, dict[str, Any]]


def install(app: Any, gateway: Gateway) -> None:
    """Attach the batches to the app."""

    def decide(activity_id: str, askers: list[Asker]) -> list[dict[str, Any] | Exception]:
        payload, context = payload_of(activity_id, askers), CallContext(principal=SYSTEM_PRINCIPAL)
        try:
            reply = gateway.client.call(register_batch, payload, context)
        except InvalidInput as problem:
            if problem.field not in ("keys", "choices"):
                raise
            raise Unavailable("An older release of activities is being replaced; try again.") from None
        for outcome in reply["outcomes"]:
            if outcome["outcome"] != "refused":
                registrations.remember(_placed(reply, outcome))
        return answers_of(reply, askers)

    app.extensions[_BATCHES] = Batcher(decide)


def payload_of(activity_id: str, askers: list[Asker]) -> dict[str, Any]:
    """Return the request to the service; keys and choices only if there are any: an older release takes none."""
    payload: dict[str, Any] = {"activity_id": activity_id, "member_ids": [asker.member_id for asker in askers]}
    if any(asker.key for asker in askers):
        payload["keys"] = [{"actor": asker.actor, "key": asker.key} if asker.key else None for asker in askers]
    if any(asker.choice for asker in askers):
        payload["choices"] = [json.loads(asker.choice) if asker.choice else None for asker in askers]
    return payload


def register_member(
    activity_id: UUID | str, idempotency_key: str | None = None, choice: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Register the signed-in member.

    Args:
        activity_id: the activity.
        idempotency_key: as sent, if any.
        choice: companions and options, where any were chosen.

    Returns:
        The reply of activities' `register`.

    Raises:
        NotSignedIn, NotAllowed: no account, or no member, is signed in.
        InvalidInput: the choice breaks its schema.
        Refused: a rule refuses; `rule` names it.
        DeadlineExceeded: no answer in time; repeating is safe.
    """
    account = require_account()
    authorise(account.principal, register)
    if account.member_id is None:
        raise NotAllowed("Only members register.", rule="role_allows")
    batches: RegistrationBatches = current_app.extensions[_BATCHES]
    chosen = json.dumps(check(_CHOSEN, choice), sort_keys=True) if choice else None
    asker = Asker(str(account.member_id), account.principal.actor, idempotency_key, chosen)
    return batches.submit(str(activity_id), asker)


def answers_of(reply: dict[str, Any], askers: list[Asker]) -> list[dict[str, Any] | Exception]:
    """Return the answer to each member of a batch, in order."""
    outcomes = {outcome["member_id"]: outcome for outcome in reply["outcomes"]}
    repeated = {(told["actor"], told["key"]): told for told in reply.get("repeated", ())}
    return [
        _answer_before(repeated[asker.actor, asker.key])
        if (asker.actor, asker.key) in repeated
        else _answer(reply, outcomes[asker.member_id])
        for asker in askers
    ]


def _answer_before(told: dict[str, Any]) -> dict[str, Any] | Problem:
    """Return the answer to a repeated key: the first answer, or that it was used for another request."""
    if told["problem"] is not None:
        return Problem.from_wire(told["problem"])
    answer: dict[str, Any] = told["registered"]
    return answer


def _answer(reply: dict[str, Any], outcome: dict[str, Any]) -> dict[str, Any] | Problem:
    if outcome["outcome"] == "refused" and outcome["rule"] == ANSWERS_ARE_VALID:
        return InvalidInput(errors=errors_from(outcome["params"]["errors"]))
    if outcome["outcome"] == "refused":
        return Refused(outcome["detail"], rule=outcome["rule"], params=outcome.get("params"))
    return _placed(reply, outcome)


def _placed(reply: dict[str, Any], outcome: dict[str, Any]) -> dict[str, Any]:
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
