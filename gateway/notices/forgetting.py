"""What is kept about a person's notices: for the copy of the own data, and erased when the retention period ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.notices.tables import Notice, NoticeDelivery, NoticePreference, NoticeSettings, NoticeStop
from services.chassis.database.transaction import Transaction

MOST_COPIED = 1000
"""Notices in the copy of the own data, the newest."""
_OF_SETTINGS = ("email", "confirmed_at", "quiet_from", "quiet_to", "digest_hour", "stopped_at")


def erase(tx: Transaction, member_id: UUID, account_id: UUID | None) -> None:
    """Erase notices, deliveries, preferences and settings of a member, and of the account if there is one."""
    mine = [one for one in (member_id, account_id) if one is not None]
    for table in (NoticeDelivery, Notice):
        tx.session.execute(sa.delete(table).where(table.recipient_id.in_(mine)))
    tx.session.execute(sa.delete(NoticeStop).where(NoticeStop.member_id == member_id))
    for of_account in (NoticePreference, NoticeSettings):
        tx.session.execute(sa.delete(of_account).where(of_account.account_id == account_id))


def own_data(tx: Transaction) -> dict[str, Any]:
    """Return what is kept about the caller's notices."""
    recipients = tx.principal.own_ids
    found = sa.select(Notice).where(Notice.recipient_id.in_(recipients)).order_by(Notice.at.desc()).limit(MOST_COPIED)
    notices = [{"kind": row.kind, "at": row.at, "read_at": row.read_at} for row in tx.session.scalars(found)]
    sent = sa.select(NoticeDelivery).where(NoticeDelivery.recipient_id.in_(recipients))
    deliveries = [
        {"kind": row.kind, "channel": row.channel, "state": row.state, "sent_at": row.sent_at}
        for row in tx.session.scalars(sent.order_by(NoticeDelivery.id.desc()).limit(MOST_COPIED))
    ]
    settings = tx.session.get(NoticeSettings, tx.principal.account_id)
    preferences = sa.select(NoticePreference).where(NoticePreference.account_id == tx.principal.account_id)
    return {
        "notices": notices,
        "deliveries": deliveries,
        "settings": None if settings is None else {name: getattr(settings, name) for name in _OF_SETTINGS},
        "preferences": [
            {"kind": row.kind, "channel": row.channel, "wanted": row.wanted} for row in tx.session.scalars(preferences)
        ],
    }
