"""Loading sessions and items for a change, and telling open pages of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.contracts.governance.congress.session_events import SessionChanged
from services.governance.congress.tables import AgendaItem, Congress, CongressSession

ROW = ("id", "congress_id", "number", "kind", "opens_on", "closes_on", "place", "state", "version")


def session_of(tx: Transaction, session_id: UUID) -> CongressSession:
    """Return a session. Raises `NotFound`."""
    return tx.get(CongressSession, session_id, "There is no such session.", field="session_id")


def held_session_of(tx: Transaction, session_id: UUID) -> CongressSession:
    """Return a session, locked: what happens in it happens one after the other."""
    return tx.get(CongressSession, session_id, "There is no such session.", field="session_id", lock=True)


def held_item_of(tx: Transaction, item_id: UUID) -> tuple[AgendaItem, CongressSession]:
    """Return an item of an agenda and its session, which is locked."""
    item = tx.get(AgendaItem, item_id, "There is no such item.", field="item_id")
    session = held_session_of(tx, item.session_id)
    tx.session.refresh(item)
    return item, session


def tell(tx: Transaction, session: CongressSession) -> None:
    """Record that what pages show of a session changed."""
    tx.record(SessionChanged(session_id=session.id, congress_id=session.congress_id, state=session.state))


def session_row(tx: Transaction, session: CongressSession) -> dict[str, Any]:
    """Return a session as it stands in a list."""
    term = tx.session.get_one(Congress, session.congress_id).number
    return {**{name: getattr(session, name) for name in ROW}, "term": term}
