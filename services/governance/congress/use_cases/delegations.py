"""Delegations: which units are in one, and who leads it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.congress.delegates import MOST_DELEGATIONS
from services.governance.congress import rules
from services.governance.congress.tables import CongressDelegation, Delegate, DelegationUnit
from services.governance.congress.use_cases.store import SERVING, congress_of, open_congress_of

_LEADERS = ("head_id", "deputy_id")


def list_congress_delegations(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the delegations of a congress by name."""
    found = congress_of(tx, request["congress_id"])
    statement = sa.select(CongressDelegation).where(CongressDelegation.congress_id == found.id)
    rows = tx.session.scalars(statement.order_by(CongressDelegation.name).limit(MOST_DELEGATIONS)).all()
    return {"items": _replies(tx, found.id, rows)}


def form_delegation(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Form a delegation. Raises `Refused` where a unit is in another or a head is no delegate of it."""
    found = open_congress_of(tx, request["congress_id"], alone=True)
    count = sa.select(sa.func.count()).where(CongressDelegation.congress_id == found.id)
    refuse_first(rules.delegations_are_few(tx.session.scalar(count) or 0, MOST_DELEGATIONS))
    made = CongressDelegation(congress_id=found.id)
    return _settle(tx, made, request)


def change_delegation(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change a delegation; the same rules hold."""
    one = _delegation_of(tx, request["delegation_id"])
    open_congress_of(tx, one.congress_id, alone=True)
    return _settle(tx, one, request)


def dissolve_delegation(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Dissolve a delegation."""
    one = _delegation_of(tx, request["delegation_id"])
    open_congress_of(tx, one.congress_id, alone=True)
    _clear_units(tx, one.id)
    note_change(tx, f"congress_delegation/{one.id}", {"name": (one.name, None)})
    tx.session.delete(one)
    return {}


def _settle(tx: Transaction, one: CongressDelegation, request: dict[str, Any]) -> dict[str, Any]:
    unit_ids = sorted(set(request["unit_ids"]))
    same = sa.select(CongressDelegation.id).where(
        CongressDelegation.congress_id == one.congress_id, CongressDelegation.name == request["name"]
    )
    taken = sa.select(sa.func.count()).where(
        DelegationUnit.congress_id == one.congress_id, DelegationUnit.unit_id.in_(unit_ids)
    )
    if one.id is not None:
        same, taken = same.where(CongressDelegation.id != one.id), taken.where(DelegationUnit.delegation_id != one.id)
    seated = _seated(tx, one.congress_id, unit_ids)
    refuse_first(
        rules.name_is_free(tx.session.scalar(same.limit(1)) is not None),
        rules.unit_is_in_one_delegation(tx.session.scalar(taken) or 0),
        *(rules.head_is_of_delegation(request[name] in seated, name) for name in _LEADERS if request[name] is not None),
    )
    changes = {name: (getattr(one, name), request[name]) for name in ("name", *_LEADERS)}
    for name in ("name", *_LEADERS):
        setattr(one, name, request[name])
    tx.session.add(one)
    tx.session.flush()
    _clear_units(tx, one.id)
    tx.session.add_all(
        DelegationUnit(congress_id=one.congress_id, unit_id=unit_id, delegation_id=one.id) for unit_id in unit_ids
    )
    tx.session.flush()
    note_change(tx, f"congress_delegation/{one.id}", changes)
    (reply,) = _replies(tx, one.congress_id, [one])
    return reply


def _delegation_of(tx: Transaction, delegation_id: UUID) -> CongressDelegation:
    return tx.get(CongressDelegation, delegation_id, "There is no such delegation.", field="delegation_id", lock=True)


def _clear_units(tx: Transaction, delegation_id: UUID) -> None:
    gone = sa.delete(DelegationUnit).where(DelegationUnit.delegation_id == delegation_id)
    tx.session.execute(gone.execution_options(synchronize_session="fetch"))


def _seated(tx: Transaction, congress_id: UUID, unit_ids: Collection[UUID]) -> set[UUID]:
    seated = sa.select(Delegate.member_id).where(
        Delegate.congress_id == congress_id, Delegate.unit_id.in_(unit_ids), SERVING
    )
    return set(tx.session.scalars(seated))


def _replies(tx: Transaction, congress_id: UUID, rows: Collection[CongressDelegation]) -> list[dict[str, Any]]:
    ids = {one.id for one in rows}
    units = sa.select(DelegationUnit).where(DelegationUnit.delegation_id.in_(ids)).order_by(DelegationUnit.unit_id)
    of: dict[UUID, list[UUID]] = {one: [] for one in ids}
    for unit in tx.session.scalars(units):
        of[unit.delegation_id].append(unit.unit_id)
    counts = (
        sa.select(DelegationUnit.delegation_id, Delegate.body, sa.func.count())
        .join(Delegate, Delegate.unit_id == DelegationUnit.unit_id)
        .where(DelegationUnit.delegation_id.in_(ids), Delegate.congress_id == congress_id, SERVING)
        .group_by(DelegationUnit.delegation_id, Delegate.body)
    )
    delegates: dict[UUID, dict[str, int]] = {one: {} for one in ids}
    for delegation_id, body, count in tx.session.execute(counts):
        delegates[delegation_id][body] = count
    names = ("id", "congress_id", "name", "head_id", "deputy_id")
    return [
        {**{name: getattr(one, name) for name in names}, "unit_ids": of[one.id], "delegates": delegates[one.id]}
        for one in rows
    ]
