"""Types of requests: listing, adding, changing, offering."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.welfare.requests.types import MOST_TYPES
from services.welfare.requests import rules
from services.welfare.requests.tables import MemberRequest, RequestType
from services.welfare.requests.workflow import OPEN_STATES

_TERMS = ("name", "about", "counted_only", "accept_days", "steps", "documents", "handler_id", "keep_months")


def list_request_types(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the types by name, all or those offered."""
    statement = sa.select(RequestType).order_by(RequestType.name).limit(MOST_TYPES)
    if request["offered"] is not None:
        statement = statement.where(RequestType.offered.is_(request["offered"]))
    return {"items": [_reply(one) for one in tx.session.scalars(statement)]}


def add_request_type(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a type.

    Raises:
        Refused: the name is taken, there are too many, or its steps do not fit its kind.
    """
    tx.lock("request-types")
    count = tx.session.scalar(sa.select(sa.func.count()).select_from(RequestType)) or 0
    refuse_first(rules.types_are_few(count, MOST_TYPES), *_refusals(tx, request, None))
    made = RequestType(**{name: request[name] for name in _TERMS}, offered=True)
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, f"request_type/{made.id}", {name: (None, request[name]) for name in _TERMS})
    return _reply(made)


def change_request_type(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Replace what a type says; who handles it handles its open requests too."""
    tx.lock("request-types")
    found = type_of(tx, request["type_id"])
    refuse_first(
        rules.counted_only_stays(found.counted_only, request["counted_only"]), *_refusals(tx, request, found.id)
    )
    note_change(tx, f"request_type/{found.id}", {name: (getattr(found, name), request[name]) for name in _TERMS})
    for name in _TERMS:
        setattr(found, name, request[name])
    handled = sa.update(MemberRequest).where(MemberRequest.type_id == found.id, MemberRequest.state.in_(OPEN_STATES))
    tx.session.execute(handled.values(handler_id=request["handler_id"]).execution_options(synchronize_session=False))
    return _reply(found)


def offer_request_type(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Offer a type or stop offering it; requests under way go on."""
    found = type_of(tx, request["type_id"])
    note_change(tx, f"request_type/{found.id}", {"offered": (found.offered, request["offered"])})
    found.offered = request["offered"]
    return _reply(found)


def type_of(tx: Transaction, type_id: UUID) -> RequestType:
    """Return a type. Raises `NotFound`."""
    return tx.get(RequestType, type_id, "There is no such type.", field="type_id")


def names_of_types(tx: Transaction, type_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of types by id."""
    found = sa.select(RequestType.id, RequestType.name).where(RequestType.id.in_(type_ids))
    return {row.id: row.name for row in tx.session.execute(found)}


def _refusals(tx: Transaction, request: dict[str, Any], own_id: UUID | None) -> tuple[Any, ...]:
    same = sa.select(RequestType.id).where(RequestType.name == request["name"])
    other = next((one for one in tx.session.scalars(same) if one != own_id), None)
    return (
        rules.name_is_free(other is not None),
        rules.type_has_its_way(request["counted_only"], len(request["steps"]), len(request["documents"])),
    )


def _reply(one: RequestType) -> dict[str, Any]:
    return {"id": one.id, "offered": one.offered, **{name: getattr(one, name) for name in _TERMS}}
