"""Announcements of the demo union, sent and planned, and an e-mail that its recipient's server refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from services.chassis.identifiers import uuid7

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction

_AUTHOR = "demo"
_SENT = {
    "title": "暑期疗休养报名通知",
    "text": "今年暑期疗休养分三批，6 月 10 日前在门户报名。\n名额按分工会分配，详情请问本分工会。",
    "title_en": "Summer recuperation",
    "text_en": "Three groups this summer; please register in the portal by 10 June.",
}
_PLANNED = {
    "title": "教代会召开通知",
    "text": "下月召开教职工代表大会，请代表提前准备提案。",
    "title_en": None,
    "text_en": None,
}


def make_notices(tx: Transaction, member_id: UUID, account_id: UUID) -> None:
    """Store them; doing it again changes nothing. The gateway tells what is due when it runs.

    Args:
        tx: on the gateway's database.
        member_id: to whom the refused e-mail was addressed.
        account_id: of that member.
    """
    from gateway.notices.tables import Announcement, Notice, NoticeDelivery

    if tx.session.scalar(sa.select(Announcement.id).where(Announcement.created_by == _AUTHOR).limit(1)) is not None:
        return
    common = {
        "audience": {"units": [], "standings": []},
        "state": "planned",
        "created_at": tx.now,
        "created_by": _AUTHOR,
    }
    counts = {"total": 0, "done": 0, "version": 1}
    for text, send_at in ((_SENT, tx.now), (_PLANNED, tx.now + timedelta(days=14))):
        row = {"id": uuid7(), "send_at": send_at, **text, **common, **counts}
        tx.session.execute(sa.insert(Announcement).values(**row))
    notice_id, event_id = uuid7(), uuid7()
    told = {"recipient_id": member_id, "kind": "member_joined", "event_id": event_id}
    tx.session.execute(
        sa.insert(Notice).values(
            **{"id": notice_id, **told, "subject_id": member_id, "at": tx.now, "params": {}, "read_at": tx.now}
        )
    )
    refused = {
        "id": uuid7(), "notice_id": notice_id, **told, "account_id": account_id, "channel": "email", "digest": False,
        "state": "failed", "attempts": 1, "next_at": tx.now, "reason": "recipient_refused", "answer": "550",
    }  # fmt: skip
    tx.session.execute(sa.insert(NoticeDelivery).values(**refused))
