"""Saving minutes as a new revision, and reading revisions; the caller holds the record they are of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, NotFound
from services.governance.minutes import rules

_ROW = ("number", "base", "at", "member_id", "note")
Owner = InstrumentedAttribute[UUID]
"""The column of a table of revisions that says whose they are."""


def keep_revision(tx: Transaction, owner: Owner, owner_id: UUID, latest: int, request: dict[str, Any]) -> int:
    """Keep a text as a new revision and return its number; the same text as before makes none.

    Args:
        tx: the transaction, in which the record is locked.
        owner: which table, and whose minutes.
        owner_id: the record.
        latest: the number of its latest revision, 0 for none.
        request: `text`, `note`, and `base`, the number of the revision it was written from.

    Raises:
        Conflict: somebody saved a later revision than that.
    """
    if latest and revision_of(tx, owner, owner_id, latest).text == request["text"]:
        return latest  # saved before, perhaps by this same call
    stale = rules.nobody_saved_meanwhile(request["base"], latest)
    if stale is not None:
        raise Conflict(stale.detail, rule=stale.rule, field=stale.field, params=stale.params)
    given = {name: request[name] for name in ("base", "text", "note")}
    table: Any = owner.class_
    made = table(
        **{owner.key: owner_id}, **given, number=latest + 1, at=tx.now, account_id=tx.principal.account_id,
        member_id=tx.principal.member_id,
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    return latest + 1


def revision_of(tx: Transaction, owner: Owner, owner_id: UUID, number: int) -> Any:
    """Return a revision. Raises `NotFound`."""
    table = owner.class_
    found = tx.session.scalar(sa.select(table).where(owner == owner_id, table.number == number))
    if found is None:
        raise NotFound("There is no such revision.", field="number")
    return found


def revision_page(tx: Transaction, owner: Owner, owner_id: UUID, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the revisions without their texts, the latest first."""
    table = owner.class_
    page = page_of(tx, sa.select(table).where(owner == owner_id), request, [(table.number, "desc")])
    return page.reply([{name: getattr(one, name) for name in _ROW} for one in page.rows])
