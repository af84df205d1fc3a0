"""The delivery log for officers and operators: listed by state, channel and kind; failed deliveries sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from gateway.identity.tables import KnownMember
from gateway.notices.tables import NoticeDelivery
from services.chassis.database.engine import rows_changed
from services.chassis.database.history import note_change
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused
from services.chassis.identifiers import lowest_id, moment_of
from services.chassis.process.settings import settings

_OF_ROW = ("id", "kind", "channel", "state", "attempts", "reason", "answer", "sent_at")


def list_deliveries(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of deliveries, latest first; recipients are named to officers only."""
    statement = sa.select(NoticeDelivery)
    for name in ("state", "channel", "kind"):
        if request[name] is not None:
            statement = statement.where(getattr(NoticeDelivery, name) == request[name])
    keys = [(NoticeDelivery.id, "desc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    members = _members(tx, page.rows) if tx.principal.has("officer") else set()
    return {"items": [_to_reply(row, members) for row in page.rows], "next_cursor": page.next_cursor}


def retry(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Send a delivery that failed, or waits for another attempt, at once.

    Raises:
        NotFound: there is no such delivery.
        Refused: it was sent, taken back or withheld.
    """
    row = tx.session.scalar(
        sa.select(NoticeDelivery).where(NoticeDelivery.id == request["delivery_id"]).with_for_update()
    )
    if row is None:
        raise NotFound("There is no such delivery.", field="delivery_id")
    if row.state not in ("failed", "queued"):
        raise Refused("Only what failed or waits can be sent again.", rule="notices.delivery_is_open")
    note_change(tx, f"delivery/{row.id}", {"state": (row.state, "queued"), "next_at": (row.next_at, tx.now)})
    row.state, row.next_at, row.attempts = "queued", tx.now, 0
    return {"count": 1}


def forget_old(tx: Transaction) -> int:
    """Delete deliveries that ended before the retention period of events; return how many."""
    before = lowest_id(tx.now - timedelta(days=settings().event_retention_days))
    old = NoticeDelivery.id < before, NoticeDelivery.state.not_in(("queued", "sending"))
    return rows_changed(tx.session, sa.delete(NoticeDelivery).where(*old))


def _members(tx: Transaction, rows: Any) -> set[Any]:
    known = sa.select(KnownMember.member_id).where(KnownMember.member_id.in_([row.recipient_id for row in rows]))
    return set(tx.session.scalars(known))


def _to_reply(row: NoticeDelivery, members: set[Any]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _OF_ROW},
        "member_id": row.recipient_id if row.recipient_id in members else None,
        "queued_at": moment_of(row.id),
        "next_at": row.next_at if row.state in ("queued", "sending") else None,
    }
