"""Whether a member's entitlement account of a year is open; welfare has its content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models import timeline
from gateway.read_models.tables import EntitlementView
from gateway.read_models.upserts import insert_new
from gateway.read_models.viewer_cache import forget_own
from gateway.read_models.wording import in_words
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_ACCOUNTS = (
    sa.select(*EntitlementView.__table__.c)
    .where(EntitlementView.member_id.in_(sa.bindparam("member_ids", expanding=True)))
    .order_by(EntitlementView.year)
)


def note_opened(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store opened accounts."""
    rows = [
        {**{name: event.data[name] for name in ("member_id", "year", "account_id")}, "opened_at": event.time}
        for event in events
    ]
    insert_new(tx, EntitlementView, rows)
    tx.after_commit(forget_own)
    timeline.note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["account_id"],
                "member_id": event.data["member_id"],
                "params": {"year": event.data["year"]},
            }
            for event in events
        ),
    )


def latest_of(session: Any, member_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the latest year's account of each member."""
    rows = session.execute(_ACCOUNTS, {"member_ids": list(member_ids)})
    return {row.member_id: in_words(row, ("account_id", "year", "opened_at")) for row in rows}
