"""Which new notices leave the portal, over which channel and when: in the transaction that records them.

Belongs here: choosing by address, preference and stop. Not: sending (`delivery`), which looks at all of it again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.tables import Account
from gateway.notices import mail
from gateway.notices.tables import Announcement, NoticeDelivery, NoticePreference, NoticeSettings, NoticeStop
from gateway.notices.timing import leaves_at
from services.chassis.database.bulk import columns_of, insert_rows, is_among
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7

EMAIL = "email"


def queue_mail(tx: Transaction, notices: Sequence[Mapping[str, Any]]) -> int:
    """Queue an e-mail for each notice whose recipient wants one; return how many.

    A notice that an officer's stop keeps back is stored as withheld, so that the log tells of it.
    """
    if not notices or not mail.is_offered():
        return 0
    reachable = _reachable(tx, list({row["recipient_id"] for row in notices}))
    if not reachable:
        return 0
    unwanted = _unwanted(tx, [row.account_id for row in reachable.values()])
    members, kinds = stops_in_force(tx)
    rows = [
        _row(tx, notice, reach, notice["recipient_id"] in members or notice["kind"] in kinds)
        for notice in notices
        if (reach := reachable.get(notice["recipient_id"])) is not None
        and (reach.account_id, notice["kind"]) not in unwanted
    ]
    if rows:
        insert_rows(tx.session, NoticeDelivery.__table__, columns_of(rows), {})
    return len(rows)


def stops_in_force(tx: Transaction) -> tuple[set[UUID], set[str]]:
    """Return the members and the kinds that officers have stopped."""
    stops = tx.session.execute(
        sa.select(NoticeStop.member_id, NoticeStop.kind).where(NoticeStop.ended_at.is_(None))
    ).all()
    return {row.member_id for row in stops if row.member_id}, {row.kind for row in stops if row.kind}


def taken_back(tx: Transaction, event_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these events are announcements that were taken back."""
    back = Announcement.id.in_(event_ids), Announcement.state == "taken_back"
    return set(tx.session.scalars(sa.select(Announcement.id).where(*back)))


def _reachable(tx: Transaction, recipients: Sequence[UUID]) -> dict[UUID, Any]:
    """Return by recipient the settings of those who have a confirmed address and have not stopped all."""
    columns = (
        NoticeSettings.account_id, NoticeSettings.quiet_from, NoticeSettings.quiet_to, NoticeSettings.digest_hour,
        Account.member_id,
    )  # fmt: skip
    wanted = (
        sa.select(*columns)
        .join(Account, Account.id == NoticeSettings.account_id)
        .where(
            NoticeSettings.confirmed_at.is_not(None), NoticeSettings.stopped_at.is_(None), Account.disabled_at.is_(None)
        )
    )
    found: dict[UUID, Any] = {}
    for column in (Account.member_id, Account.id):
        for row in tx.session.execute(wanted.where(is_among(tx.session, [column], recipients))):
            found[row.member_id if column is Account.member_id else row.account_id] = row
    return found


def _unwanted(tx: Transaction, account_ids: Sequence[UUID]) -> set[tuple[UUID, str]]:
    chosen = sa.select(NoticePreference.account_id, NoticePreference.kind).where(
        is_among(tx.session, [NoticePreference.account_id], account_ids),
        NoticePreference.channel == EMAIL,
        NoticePreference.wanted.is_(False),
    )
    return {(account_id, kind) for account_id, kind in tx.session.execute(chosen)}


def _row(tx: Transaction, notice: Mapping[str, Any], reach: Any, stopped: bool) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "notice_id": notice["id"],
        "recipient_id": notice["recipient_id"],
        "account_id": reach.account_id,
        "kind": notice["kind"],
        "event_id": notice["event_id"],
        "channel": EMAIL,
        "digest": reach.digest_hour is not None,
        "state": "withheld" if stopped else "queued",
        "attempts": 0,
        "next_at": leaves_at(tx.now, reach.quiet_from, reach.quiet_to, reach.digest_hour),
        "claimed_by": None,
        "reason": "stopped_by_officer" if stopped else None,
        "answer": None,
        "sent_at": None,
    }
