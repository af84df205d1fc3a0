"""The history of units: what became of each, and the names it had by date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.membership.organisation.tables import Unit, UnitHistory

_GIVES_NAME = ("founded", "renamed", "split_from")
_MOST_NAMES = 100
_SEES_WHO_AND_WHY = ("chair", "officer", "auditor")


def note(
    tx: Transaction,
    unit: Unit,
    kind: str,
    on: date,
    *,
    reason: str | None = None,
    other: UUID | None = None,
    members: int | None = None,
) -> None:
    """Add to a unit's history, with the name it has from then on.

    Args:
        tx: the transaction.
        unit: as it is after the change.
        kind: a word of the contract's `HISTORY_KINDS`.
        on: the day since which it is so.
        reason: why.
        other: the parent, the source or the heir.
        members: how many moved with it.
    """
    entry = UnitHistory(
        unit_id=unit.id,
        kind=kind,
        happened_on=on,
        name=unit.name,
        name_en=unit.name_en,
        other_unit_id=other,
        members=members,
        noted_at=tx.now,
        noted_by=tx.principal.actor,
        reason=reason,
    )
    tx.session.add(entry)


def last_day_of_change(tx: Transaction, unit_id: UUID) -> date | None:
    """Return the day of the latest change of a unit, None when nothing is known."""
    statement = sa.select(sa.func.max(UnitHistory.happened_on)).where(UnitHistory.unit_id == unit_id)
    return tx.session.scalar(statement)


def unit_history(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of what became of a unit, newest first, with all its names. Raises `NotFound`."""
    if tx.session.get(Unit, request["unit_id"]) is None:
        raise NotFound("There is no such unit.", field="unit_id")
    statement = sa.select(UnitHistory).where(UnitHistory.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(UnitHistory.happened_on, "desc"), (UnitHistory.id, "desc")])
    columns = ("id", "kind", "happened_on", "name", "name_en", "other_unit_id", "members")
    insider = tx.principal.has(*_SEES_WHO_AND_WHY)
    items = [
        {
            **{name: getattr(row, name) for name in columns},
            "by": row.noted_by if insider else None,
            "reason": row.reason if insider else None,
        }
        for row in page.rows
    ]
    return page.reply(items, names=_names(tx, request["unit_id"]))


def _names(tx: Transaction, unit_id: UUID) -> list[dict[str, Any]]:
    statement = (
        sa.select(UnitHistory.name, UnitHistory.name_en, UnitHistory.happened_on.label("since"))
        .where(UnitHistory.unit_id == unit_id, UnitHistory.kind.in_(_GIVES_NAME))
        .order_by(UnitHistory.happened_on, UnitHistory.id)
        .limit(_MOST_NAMES)
    )
    rows = list(tx.session.execute(statement))
    ends = (row.since - timedelta(days=1) for row in rows[1:])
    return [{**row._asdict(), "to": end} for row, end in zip_longest(rows, ends)]
