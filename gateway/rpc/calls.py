"""Calls to services on behalf of the signed-in account, for API and portal; and cached names by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import g, has_request_context

from gateway.identity.current import current_principal
from gateway.read_models import units
from gateway.rpc.caching import MicroCache
from gateway.rpc.deadlines import names_seconds, seconds_for
from gateway.runtime import gateway
from services.chassis.errors import Problem, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Principal, service_principal
from services.contracts.membership.record.operations import names_of as names_of_operation
from services.contracts.membership.record.shapes import MOST_NAMES

SYSTEM_PRINCIPAL = service_principal("gateway")

_names: MicroCache[tuple[str, str], str] = MicroCache(seconds=60, largest=50_000)
_absences: MicroCache[str, bool] = MicroCache(seconds=5)


def call(
    operation: Operation,
    payload: Mapping[str, Any],
    *,
    seconds: float | None = None,
    idempotency_key: str | None = None,
    principal: Principal | None = None,
    origin: str | None = None,
) -> dict[str, Any]:
    """Call the owning service and return its reply in JSON form.

    Args:
        operation: from services.contracts.
        payload: JSON values; the service checks them by the operation's schema.
        seconds: how long to wait; when absent the RPC deadline of the settings, longer for a file.
        idempotency_key: makes a repeated command answer the same.
        principal: who asks; the signed-in account when absent.
        origin: keyed hash of the request's network, for operations that are limited by it.

    Raises:
        Problem: the service's answer; `Unavailable` or its `DeadlineExceeded` without one.
    """
    context = CallContext(
        principal=current_principal() if principal is None else principal,
        correlation_id=_story("correlation_id") or str(uuid7()),
        traceparent=_story("traceparent"),
        idempotency_key=idempotency_key,
        origin=origin,
    )
    return gateway().client.call(operation, payload, context, seconds_for(operation) if seconds is None else seconds)


def names_of(member_ids: Iterable[UUID | str | None]) -> dict[str, str]:
    """Return the names that the reader may see, by member id, as far as available.

    After membership failed to answer, it is not called for a few seconds, so that not every page waits for it.
    """
    asker = current_principal()
    if asker.kind == "anonymous":
        return {}
    found: dict[str, str] = {}
    missing: list[str] = []
    for member_id in dict.fromkeys(str(member_id) for member_id in member_ids if member_id):
        name = _names.peek((asker.actor, member_id))
        if name is None:
            missing.append(member_id)
        else:
            found[member_id] = name
    for start in range(0, len(missing), MOST_NAMES):
        found.update(_ask_names(missing[start : start + MOST_NAMES], asker.actor))
    return found


def whole_names_of(member_ids: Iterable[str]) -> dict[str, str]:
    """Return names unshortened, by member id, as far as available; the caller has checked that the reader may see them.

    Who may see a name by a task, as the visitor sent to a member, is known to another service than membership.
    """
    try:
        found = call(names_of_operation, {"ids": list(member_ids)}, principal=SYSTEM_PRINCIPAL, seconds=names_seconds())
    except Problem:
        return {}
    return {item["id"]: item["name"] for item in found["items"]}


def _ask_names(member_ids: list[str], scope: str) -> dict[str, str]:
    """Call membership, unless it has just failed to answer."""
    if _absences.peek("membership"):
        return {}
    try:
        reply = call(names_of_operation, {"ids": member_ids}, seconds=names_seconds())
    except Unavailable:
        _absences.put("membership", True)
        return {}
    except Problem:
        return {}
    names = {item["id"]: item["name"] for item in reply["items"]}
    for member_id, name in names.items():
        _names.put((scope, member_id), name)
    return names


def unit_names() -> dict[str, dict[str, Any]]:
    """Return every unit by id as text, from the view: `name`, `name_en`, `code`, `kind`, `parent_id`, `active`."""
    return units.by_id()


def _story(name: str) -> str | None:
    return g.get(name) if has_request_context() else None
