"""Saved filters of accounts: reading, saving, renaming, deleting.

Belongs here: what is stored. Not: whether a list has these filters, which its page knows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.tables import Account, SavedFilter
from gateway.rpc import invalidations
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused
from services.chassis.identifiers import uuid7
from services.contracts.gateway.saved_filters import MOST_SAVED

TOPIC = "saved_filters"
_remembered: MicroCache[UUID, list[dict[str, Any]]] = MicroCache(seconds=60, largest=20_000)


def of_account(account_id: UUID) -> list[dict[str, Any]]:
    """Return all saved filters of an account in order; they are remembered for a minute and must not be changed."""
    return _remembered.get(account_id, lambda: _read(account_id))


def _read(account_id: UUID) -> list[dict[str, Any]]:
    with gateway().database.session(readonly=True) as session:
        rows = session.scalars(sa.select(SavedFilter).where(SavedFilter.account_id == account_id))
        return sorted((_to_reply(row) for row in rows), key=lambda one: (one["saved_at"], one["id"]))


def of_list(account_id: UUID, list_name: str) -> list[dict[str, Any]]:
    """Return the saved filters of one list."""
    return [one for one in of_account(account_id) if one["list"] == list_name]


def save(tx: Transaction, account_id: UUID, list_name: str, name: str, filters: Mapping[str, str]) -> dict[str, Any]:
    """Save filters under a name; what is saved already is returned as it is.

    Raises:
        Refused: the name is used for other filters of the list, or there are too many.
    """
    saved = _of_list_locked(tx, account_id, list_name)
    known = next((one for one in saved if one.name == name), None)
    if known is not None and json.loads(known.filters) == dict(filters):
        return _to_reply(known)
    _require_free(saved, name)
    if len(saved) >= MOST_SAVED:
        detail = f"A list has at most {MOST_SAVED} saved filters; delete one first."
        raise Refused(detail, rule="saved_filter.few_enough", params={"most": MOST_SAVED})
    row = SavedFilter(
        id=uuid7(), account_id=account_id, list_name=list_name, name=name,
        filters=json.dumps(dict(filters), ensure_ascii=False), saved_at=tx.now,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    _forget_after(tx, account_id)
    return _to_reply(row)


def rename(tx: Transaction, account_id: UUID, saved_filter_id: UUID, name: str) -> dict[str, Any]:
    """Rename a saved filter.

    Raises:
        NotFound: the account has no such saved filter.
        Refused: another one of the list has the name.
    """
    row = _own(tx, account_id, saved_filter_id)
    _require_free([one for one in _of_list_locked(tx, account_id, row.list_name) if one.id != row.id], name)
    row.name = name
    tx.session.flush()
    _forget_after(tx, account_id)
    return _to_reply(row)


def delete(tx: Transaction, account_id: UUID, saved_filter_id: UUID) -> dict[str, Any]:
    """Delete a saved filter. Raises `NotFound` when the account has no such one."""
    tx.session.delete(_own(tx, account_id, saved_filter_id))
    _forget_after(tx, account_id)
    return {}


def delete_all(tx: Transaction, account_id: UUID) -> None:
    """Delete all saved filters of an account."""
    tx.session.execute(sa.delete(SavedFilter).where(SavedFilter.account_id == account_id))
    _forget_after(tx, account_id)


def _of_list_locked(tx: Transaction, account_id: UUID, list_name: str) -> list[SavedFilter]:
    """Return the saved filters of a list; the account is locked, so that two requests do not exceed the limit."""
    tx.session.execute(sa.select(Account.id).where(Account.id == account_id).with_for_update())
    found = sa.select(SavedFilter).where(SavedFilter.account_id == account_id, SavedFilter.list_name == list_name)
    return list(tx.session.scalars(found))


def _require_free(saved: list[SavedFilter], name: str) -> None:
    if any(one.name == name for one in saved):
        raise Refused(
            "Another saved filter of this list has this name.", rule="saved_filter.name_is_free", field="name"
        )


def _own(tx: Transaction, account_id: UUID, saved_filter_id: UUID) -> SavedFilter:
    row = tx.session.get(SavedFilter, saved_filter_id, with_for_update=True)
    if row is None or row.account_id != account_id:
        raise NotFound("There is no such saved filter.", rule="saved_filter.exists")
    return row


def _forget(items: list[list[Any]]) -> None:
    for item in items:
        _remembered.forget(UUID(str(item[0])))


invalidations.on(TOPIC, _forget)


def _forget_after(tx: Transaction, account_id: UUID) -> None:
    def forget() -> None:
        _remembered.forget(account_id)
        invalidations.tell(TOPIC, [[str(account_id)]])

    tx.after_commit(forget)


def _to_reply(row: SavedFilter) -> dict[str, Any]:
    return {
        "id": row.id, "list": row.list_name, "name": row.name, "filters": json.loads(row.filters),
        "saved_at": row.saved_at,
    }  # fmt: skip
