"""Loading sessions and items for a change, and telling open pages of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.governance.congress.session_events import SessionChanged
from services.governance.congress.session_tables import AgendaItem, CongressSession
from services.governance.congress.tables import Congress, Delegate
from services.governance.congress.workflow import SESSION

ROW = (
    "id", "congress_id", "number", "kind", "requested_by", "requesters", "opens_on", "closes_on", "place", "state",
    "version",
)  # fmt: skip


def session_of(tx: Transaction, session_id: UUID) -> CongressSession:
    """Return a session. Raises `NotFound`."""
    return tx.get(CongressSession, session_id, "There is no such session.", field="session_id")


def seen_session_of(tx: Transaction, session_id: UUID) -> CongressSession:
    """Return a session for reading; what is only drafted is there for officers and auditors. Raises `NotFound`."""
    found = session_of(tx, session_id)
    if found.state == SESSION.initial and not sees_drafts(tx):
        raise NotFound("There is no such session.", field="session_id")
    return found


def sees_drafts(tx: Transaction) -> bool:
    """Whether the caller reads sessions before they are convened."""
    return tx.principal.has("officer") or tx.principal.has("auditor")


def day_of(tx: Transaction, session: CongressSession) -> date:
    """Return the day whose delegates a session has: that of its end, or today."""
    return session.closed_on or tx.today


def seats_at(tx: Transaction, session: CongressSession, member_id: UUID) -> list[Delegate]:
    """Return the seats that a member holds in the bodies of a session."""
    day = day_of(tx, session)
    held = sa.select(Delegate).where(
        Delegate.congress_id == session.congress_id, Delegate.member_id == member_id,
        Delegate.starts_on <= day, Delegate.last_day >= day,
    )  # fmt: skip
    return list(tx.session.scalars(held.order_by(Delegate.body)))


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
    (row,) = session_rows(tx, [session])
    return row


def session_rows(tx: Transaction, sessions: Sequence[CongressSession]) -> list[dict[str, Any]]:
    """Return sessions as they stand in a list."""
    numbers = sa.select(Congress.id, Congress.number).where(Congress.id.in_({one.congress_id for one in sessions}))
    terms = {row.id: row.number for row in tx.session.execute(numbers)}
    return [{**{name: getattr(one, name) for name in ROW}, "term": terms[one.congress_id]} for one in sessions]
