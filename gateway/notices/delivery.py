"""Delivering queued notices: claimed in a transaction (`claiming`), sent outside of any, the outcome stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from gateway.identity.tables import Account
from gateway.notices import robots
from gateway.notices.claiming import Claimed, claim
from gateway.notices.composing import Letter, composed, posts_of
from gateway.notices.mail import Mail, Outcome
from gateway.notices.queueing import stops_in_force, taken_back
from gateway.notices.tables import Notice, NoticeDelivery, NoticePreference, NoticeSettings
from gateway.notices.timing import MOST_ATTEMPTS, leaves_at, retry_at
from services.chassis import clock
from services.chassis.database.engine import Database, rows_changed
from services.chassis.database.leases import new_holder
from services.chassis.database.transaction import Transaction, transaction

AT_ONCE = 50
"""Deliveries of one claim; their messages share a connection."""
_POSTS = 5
"""Posts of one claim; each may take ten seconds, and a chat takes 20 a minute."""
Send = Callable[[list[Mail]], Mapping[str, Outcome]]
_OWN_REFUSALS = ("recipient_refused", "message_refused", "robot_refused")
"""Reasons that are about one recipient alone, not about the server as a whole."""


@dataclass(frozen=True)
class Kept:
    """Deliveries that are not sent now: those withheld with the reason, and when quiet hours end for others."""

    withheld: Mapping[UUID, str]
    until: Mapping[UUID, datetime] = field(default_factory=dict)

    def __contains__(self, delivery_id: UUID) -> bool:
        return delivery_id in self.withheld or delivery_id in self.until


def deliver_mail(app: Flask, database: Database, send: Send, holder: str | None = None) -> int:
    """Send the e-mails that are due, one claim; return how many deliveries were claimed.

    Args:
        app: of the gateway, in which texts are written.
        database: of the gateway.
        send: sends messages and returns the outcome of each by id.
        holder: names this replica in its claims.
    """
    holder = holder or new_holder()
    with transaction(database) as tx:
        claimed = claim(tx, ("email",), holder, AT_ONCE)
        letters, kept = _letters(tx, claimed)
    if not claimed:
        return 0
    with app.app_context():
        mails = composed(letters)
    outcomes = send(mails) if mails else {}
    by_delivery = {delivery_id: outcomes[letter.id] for letter in letters for delivery_id in letter.delivery_ids}
    with transaction(database) as tx:
        _store(tx, holder, claimed, by_delivery, kept)
    return len(claimed)


def deliver_posts(
    app: Flask, database: Database, post: Callable[[str, str], Outcome], holder: str | None = None
) -> int:
    """Post what is due to group chats, one claim; return how many deliveries were claimed.

    Args:
        app: of the gateway, in which texts are written.
        database: of the gateway.
        post: posts a text to an address.
        holder: names this replica in its claims.
    """
    holder = holder or new_holder()
    with transaction(database) as tx:
        claimed = claim(tx, robots.SERVICES, holder, _POSTS)
        addresses = robots.addresses_of(tx, [one.recipient_id for one in claimed])
        notices = _notices(tx, claimed)
        back = taken_back(tx, {one.event_id for one in claimed})
    if not claimed:
        return 0
    wanted = [one for one in claimed if one.recipient_id in addresses and one.event_id not in back]
    with app.app_context():
        texts = posts_of([_plain(notices[one.notice_id]) for one in wanted])
    outcomes = {one.id: post(addresses[one.recipient_id], text) for one, text in zip(wanted, texts, strict=True)}
    reasons = {one.id: "taken_back" if one.event_id in back else "robot_ended" for one in claimed}
    kept = Kept({one: reason for one, reason in reasons.items() if one not in outcomes})
    with transaction(database) as tx:
        _store(tx, holder, claimed, outcomes, kept)
    return len(claimed)


def _letters(tx: Transaction, claimed: Sequence[Claimed]) -> tuple[list[Letter], Kept]:
    """Return what is to be written, and which deliveries are not sent now after all."""
    if not claimed:
        return [], Kept({})
    notices = _notices(tx, claimed)
    accounts = [one.account_id for one in claimed]
    settings = {
        row.account_id: row
        for row in tx.session.scalars(sa.select(NoticeSettings).where(NoticeSettings.account_id.in_(accounts)))
    }
    withheld = _withheld(tx, claimed, notices, settings)
    kept = Kept(withheld, _quiet(tx, [one for one in claimed if one.id not in withheld], settings))
    together: dict[Any, list[Claimed]] = defaultdict(list)
    for one in claimed:
        if one.id not in kept:
            together[one.account_id if one.digest else one.id].append(one)
    languages = sa.select(Account.id, Account.language).where(Account.id.in_(accounts))
    spoken = {row.id: row.language for row in tx.session.execute(languages)}
    letters = [_letter(group, notices, settings, spoken) for group in together.values()]
    return letters, kept


def _notices(tx: Transaction, claimed: Sequence[Claimed]) -> dict[UUID, Notice]:
    wanted = sa.select(Notice).where(Notice.id.in_([one.notice_id for one in claimed]))
    return {row.id: row for row in tx.session.scalars(wanted)}


def _letter(
    group: Sequence[Claimed],
    notices: Mapping[UUID, Notice],
    settings: Mapping[Any, NoticeSettings],
    spoken: Mapping[UUID, str | None],
) -> Letter:
    account_id = group[0].account_id
    assert account_id is not None
    return Letter(
        id=str(min(one.id for one in group)),
        account_id=account_id,
        language=spoken.get(account_id) or "zh",
        to=settings[account_id].email or "",
        digest=group[0].digest,
        delivery_ids=tuple(one.id for one in group),
        notices=tuple(_plain(notices[one.notice_id]) for one in group),
    )


def _plain(row: Notice) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "kind", "at", "subject_id", "params", "event_id")}


def _withheld(
    tx: Transaction,
    claimed: Sequence[Claimed],
    notices: Mapping[UUID, Notice],
    settings: Mapping[Any, NoticeSettings],
) -> dict[UUID, str]:
    """Return by delivery why it is not sent: what was decided since it was queued, or was read meanwhile."""
    members, kinds = stops_in_force(tx)
    back = taken_back(tx, {one.event_id for one in claimed})
    chosen = sa.select(NoticePreference.account_id, NoticePreference.kind).where(
        NoticePreference.account_id.in_([one.account_id for one in claimed]),
        NoticePreference.channel == "email",
        NoticePreference.wanted.is_(False),
    )
    unwanted = {(account_id, kind) for account_id, kind in tx.session.execute(chosen)}
    found: dict[UUID, str] = {}
    for one in claimed:
        how = settings.get(one.account_id)
        if how is None or how.confirmed_at is None or how.stopped_at is not None:
            found[one.id] = "stopped_by_recipient"
        elif (one.account_id, one.kind) in unwanted:
            found[one.id] = "unsubscribed"
        elif one.recipient_id in members or one.kind in kinds:
            found[one.id] = "stopped_by_officer"
        elif one.event_id in back:
            found[one.id] = "taken_back"
        elif notices[one.notice_id].read_at is not None:
            found[one.id] = "read_in_portal"
    return found


def _quiet(tx: Transaction, claimed: Sequence[Claimed], settings: Mapping[Any, NoticeSettings]) -> dict[UUID, datetime]:
    """Return by delivery when the quiet hours end in which it is now: also what comes late is not sent in them."""
    found: dict[UUID, datetime] = {}
    for one in claimed:
        how = settings[one.account_id]
        then = tx.now if one.digest else leaves_at(tx.now, how.quiet_from, how.quiet_to, None)
        if then > tx.now:
            found[one.id] = then
    return found


def _store(
    tx: Transaction,
    holder: str,
    claimed: Iterable[Claimed],
    outcomes: Mapping[UUID, Outcome],
    kept: Kept,
) -> None:
    """Store how deliveries ended; rows whose claim has lapsed and was taken by another replica are left to it."""
    for values, ids in _grouped(tx, claimed, outcomes, kept).items():
        mine = NoticeDelivery.id.in_(ids), NoticeDelivery.claimed_by == holder, NoticeDelivery.state == "sending"
        rows_changed(tx.session, sa.update(NoticeDelivery).where(*mine).values(**dict(values)))


def _grouped(
    tx: Transaction, claimed: Iterable[Claimed], outcomes: Mapping[UUID, Outcome], kept: Kept
) -> dict[tuple[tuple[str, Any], ...], list[UUID]]:
    groups: dict[tuple[tuple[str, Any], ...], list[UUID]] = defaultdict(list)
    for one in claimed:
        ended = _not_sent(one, kept) if one.id in kept else _ended(tx, one, outcomes[one.id])
        groups[tuple(ended.items())].append(one.id)
    return groups


def _not_sent(one: Claimed, kept: Kept) -> dict[str, Any]:
    if one.id in kept.until:
        return {"state": "queued", "next_at": kept.until[one.id], "attempts": one.attempts - 1, "claimed_by": None}
    reason = kept.withheld[one.id]
    return {"state": "taken_back" if reason == "taken_back" else "withheld", "reason": reason, "claimed_by": None}


def _ended(tx: Transaction, one: Claimed, outcome: Outcome) -> dict[str, Any]:
    if outcome.sent:
        return {"state": "sent", "sent_at": tx.now, "reason": None, "answer": None, "claimed_by": None}
    if not outcome.tried:
        return {"state": "queued", "next_at": tx.now, "attempts": one.attempts - 1, "claimed_by": None}
    told = {"reason": outcome.reason, "answer": outcome.answer, "claimed_by": None}
    # The attempts while the server was away say nothing about the recipient, who is not given up by the next refusal.
    again_own = outcome.own and one.before in _OWN_REFUSALS
    if outcome.final or (again_own and one.attempts >= MOST_ATTEMPTS):
        return {"state": "failed", **told}
    return {"state": "queued", "next_at": retry_at(tx.now, one.attempts), **told}


def is_due(database: Database, channels: Sequence[str]) -> bool:
    """Whether something is to be sent now; a query that takes no lock."""
    due = NoticeDelivery.state.in_(("queued", "sending")), NoticeDelivery.next_at <= clock.now()
    with database.session(readonly=True) as session:
        found = sa.select(NoticeDelivery.id).where(*due, NoticeDelivery.channel.in_(channels)).limit(1)
        return session.scalar(found) is not None
