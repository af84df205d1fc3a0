"""Claiming deliveries that are due, so that no two replicas send the same one.

Replicas work side by side: a claim skips rows that another one has locked, and lasts longer than sending may take. When
a replica dies in between, its claim lapses and the same message, with the same Message-ID, is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from gateway.notices.tables import NoticeDelivery
from services.chassis.database.transaction import Transaction

CLAIM = timedelta(minutes=5)
"""How long a claim lasts: several times what sending may take."""


@dataclass(frozen=True)
class Claimed:
    """One delivery that this replica has to itself for a while; `before` is the reason of the last attempt."""

    id: UUID
    notice_id: UUID
    account_id: UUID | None
    recipient_id: UUID
    kind: str
    digest: bool
    attempts: int
    event_id: UUID
    before: str | None


def claim(tx: Transaction, channels: Sequence[str], holder: str, most: int) -> list[Claimed]:
    """Claim deliveries that are due, and of a digest all that its recipient is to get with it.

    Digests are claimed by one replica at a time: two would each send a part of one.
    """
    due = (
        NoticeDelivery.state.in_(("queued", "sending")),
        NoticeDelivery.next_at <= tx.now,
        NoticeDelivery.channel.in_(channels),
    )
    free = sa.true() if tx.try_lock("notice digests") else NoticeDelivery.digest.is_(False)
    first = _locked(tx, sa.select(NoticeDelivery).where(*due, free).order_by(NoticeDelivery.next_at).limit(most))
    in_digests = {one for row in first if row.digest for one in (row.recipient_id, row.account_id)}
    more: Sequence[NoticeDelivery] = ()
    if in_digests:
        others = NoticeDelivery.recipient_id.in_(in_digests), NoticeDelivery.digest.is_(True)
        more = _locked(tx, sa.select(NoticeDelivery).where(*due, *others))
    rows = {row.id: row for row in (*first, *more)}
    for row in rows.values():
        row.state, row.claimed_by, row.next_at, row.attempts = "sending", holder, tx.now + CLAIM, row.attempts + 1
    return [
        Claimed(
            row.id,
            row.notice_id,
            row.account_id,
            row.recipient_id,
            row.kind,
            row.digest,
            row.attempts,
            row.event_id,
            row.reason,
        )
        for row in rows.values()
    ]


def _locked(tx: Transaction, statement: sa.Select[NoticeDelivery]) -> Sequence[NoticeDelivery]:
    return tx.session.scalars(statement.with_for_update(skip_locked=True)).all()
