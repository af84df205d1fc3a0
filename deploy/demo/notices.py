"""Announcements of the demo union, sent and planned, and an e-mail that its recipient's server refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from deploy.demo.people import seeded_id
from services.chassis.database.engine import upsert

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction

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


def make_notices(tx: Transaction, seed: int, member_id: UUID, account_id: UUID) -> None:
    """Store them; doing it again changes nothing. The gateway tells what is due when it runs.

    Args:
        tx: on the gateway's database.
        seed: of the union.
        member_id: to whom the refused e-mail was addressed.
        account_id: of that member.
    """
    from gateway.notices.tables import Announcement, Notice, NoticeDelivery

    common = {
        "audience": {"units": [], "standings": []},
        "state": "planned",
        "created_at": tx.now,
        "created_by": "demo",
    }
    counts = {"total": 0, "done": 0, "version": 1}
    for name, text, send_at in (("sent", _SENT, tx.now), ("planned", _PLANNED, tx.now + timedelta(days=14))):
        row = {"id": seeded_id(seed, "announcement", name), "send_at": send_at, **text, **common, **counts}
        _insert(tx, Announcement, row)
    notice_id, event_id = seeded_id(seed, "notice", "refused"), seeded_id(seed, "event", "refused")
    told = {"recipient_id": member_id, "kind": "member_joined", "event_id": event_id}
    _insert(
        tx, Notice, {"id": notice_id, **told, "subject_id": member_id, "at": tx.now, "params": {}, "read_at": tx.now}
    )
    _insert(
        tx,
        NoticeDelivery,
        {
            "id": seeded_id(seed, "delivery", "refused"), "notice_id": notice_id, **told, "account_id": account_id,
            "channel": "email", "digest": False, "state": "failed", "attempts": 1, "next_at": tx.now,
            "reason": "recipient_refused", "answer": "550",
        },
    )  # fmt: skip


def _insert(tx: Transaction, table: Any, row: dict[str, Any]) -> None:
    tx.session.execute(upsert(tx.session, table).values(**row).on_conflict_do_nothing())
