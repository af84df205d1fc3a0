"""Idempotency keys of a batch of registrations. Pure: the chassis reads and stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from services.activities.options.use_cases.reading import Choice
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError, errors_from
from services.chassis.rpc.idempotency import Keyed, keyed
from services.contracts.activities.registration.operations import register


class Asked(NamedTuple):
    """One member's request: what it chose and answered, and its idempotency key, if it had one."""

    member_id: UUID
    choice: Choice
    answers: Mapping[str, Any]
    keyed: Keyed | None = None


def asked_of(request: Mapping[str, Any]) -> list[Asked]:
    """Return the requests in order."""
    members = request["member_ids"]
    nothing = [None] * len(members)
    asked = []
    for member_id, key, chosen in zip(members, request["keys"] or nothing, request["choices"] or nothing, strict=True):
        own = {"activity_id": request["activity_id"], **(chosen or {})}
        used = keyed(register, key["actor"], key["key"], own) if key else None
        asked.append(asked_by(member_id, chosen or {}, used))
    return asked


def asked_by(member_id: UUID, request: Mapping[str, Any], used: Keyed | None = None) -> Asked:
    """Return one member's request for what `request` chose and answered."""
    return Asked(member_id, choice_of(request), request.get("answers") or {}, used)


def choice_of(request: Mapping[str, Any]) -> Choice:
    """Return what a request chose; one that says nothing is for the member alone."""
    return Choice(request.get("companions", 0), tuple(request.get("options", ())))


def errors_of(outcome: Mapping[str, Any]) -> dict[str, list[InputError]]:
    """Return what is wrong with the answers of a request that was refused for them, by field."""
    return errors_from(outcome["params"]["errors"])


def registered(result: Mapping[str, Any], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to one member of a batch who got a place."""
    return {**result, **outcome, "already": outcome["outcome"] == "already"}


def answers_of(result: Mapping[str, Any], decided: Sequence[Asked]) -> list[tuple[Keyed, Any]]:
    """Return the answers to store by key: those that are no refusals."""
    outcomes = {outcome["member_id"]: outcome for outcome in result["outcomes"]}
    placed = {
        one.keyed: outcomes[one.member_id]
        for one in decided
        if one.keyed and outcomes[one.member_id]["outcome"] != "refused"
    }
    return [(key, register.reply_schema.dump(registered(result, outcome))) for key, outcome in placed.items()]


def repeated(before: Mapping[Keyed, Any]) -> list[dict[str, Any]]:
    """Return the answers to requests with used keys."""
    return [{"actor": asked.actor, "key": asked.key, **_told(answer)} for asked, answer in before.items()]


def _told(answer: Any) -> dict[str, Any]:
    if isinstance(answer, InvalidInput):
        return {"registered": None, "problem": answer.to_wire()}
    return {"registered": answer, "problem": None}
