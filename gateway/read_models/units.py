"""Units of the union by id, cached in memory, because nearly every page shows their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from gateway.read_models import search_index
from gateway.read_models.tables import UnitView
from gateway.read_models.upserts import keep_newest
from gateway.read_models.wording import in_words
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_FACTS = ("unit_id", "code", "name", "name_en", "kind", "parent_id", "active")

SEARCHED = search_index.Indexed(
    "unit",
    search_index.entries(
        UnitView.unit_id, UnitView.name, UnitView.name_en, datetime(1970, 1, 1, tzinfo=UTC), text=UnitView.code
    ),
)  # fmt: skip
"""Units are found by name and code; which of them there are is public."""

_all: MicroCache[str, dict[str, dict[str, Any]]] = MicroCache(seconds=5)


def note(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store the present state of units."""
    rows = [{**{name: event.data[name] for name in _FACTS}, "sequence": event.sequence} for event in events]
    keep_newest(tx, UnitView, rows, key=["unit_id"])
    search_index.refresh(tx, SEARCHED, (row["unit_id"] for row in rows))
    tx.after_commit(_all.clear)


def by_id() -> dict[str, dict[str, Any]]:
    """Return every unit, by id as text, in the order of their codes."""
    return _all.get("units", _load)


def _load() -> dict[str, dict[str, Any]]:
    with gateway().database.session(readonly=True) as session:
        return read(session)


def read(session: Session) -> dict[str, dict[str, Any]]:
    """Return every unit as `by_id` does, using an open session."""
    rows = session.scalars(sa.select(UnitView).order_by(UnitView.code)).all()
    return {str(row.unit_id): in_words(row, _FACTS) for row in rows}
