"""Forgotten passwords: a one-time code by e-mail, to an address that the account's owner confirmed for notices.

Asking stores the same row for every name, at once, and every replica sends later. So neither the answer nor its time
tells whether there is an account or an address. `password_codes` uses the code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from gateway.identity import invitations
from gateway.identity.accounts import normal_username
from gateway.identity.grants import MEMBER_STANDINGS
from gateway.identity.tables import Account, KnownMember, PasswordMail
from gateway.notices import mail
from gateway.notices.composing import password_mail
from gateway.notices.mail import Mail, Outcome
from gateway.notices.tables import NoticeSettings, NoticeStop
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.engine import Database, rows_changed
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import Refused
from services.chassis.process import logs
from services.chassis.security.encryption import fingerprint

VALID = timedelta(minutes=30)
SETTLED = timedelta(hours=24)
"""Age of a confirmed address before codes go to it: who finds a session open can name an own one, and the owner, who is
told of it, needs time to notice."""
ASKS = "60/minute"
"""Requests from one address; a whole campus may have one."""
MOST_AN_HOUR = 3
"""E-mails to one account; further requests get the same answer and nothing is sent."""
MOST_ATTEMPTS = 5
_AT_ONCE = 20
_CLAIM, _PAUSE = timedelta(minutes=5), timedelta(minutes=1)
_KEPT = timedelta(days=1)

log = logs.get_logger(__name__)
Send = Callable[[list[Mail]], Mapping[str, Outcome]]


@dataclass(frozen=True)
class Claimed:
    """A request that this replica has to itself; `to` and `code` only where there is somebody to send to."""

    id: UUID
    attempts: int
    language: str
    to: str | None = None
    code: str = ""


def ask(username: str, language: str) -> None:
    """Ask for a code to the confirmed address of an account.

    Raises:
        Refused: this union sends no e-mail.
    """
    if not mail.is_offered():
        raise Refused("This union sends no e-mail.", rule="password_mail.is_offered")
    name = normal_username(username)[:64]
    key = fingerprint(name, "password mail")
    with gateway().transaction() as tx:
        tx.lock(f"password mail {key}")  # of many requests at once each would count those before only
        lately = PasswordMail.name_hash == key, PasswordMail.asked_at > tx.now - timedelta(hours=1)
        asked = tx.session.scalar(sa.select(sa.func.count()).select_from(PasswordMail).where(*lately)) or 0
        if asked < MOST_AN_HOUR:
            row = {"name_hash": key, "name": name, "language": language, "asked_at": tx.now, "next_at": tx.now}
            tx.session.add(PasswordMail(**row, attempts=0))


def is_due(database: Database) -> bool:
    """Whether something is to be sent now; a query that takes no lock."""
    with database.session(readonly=True) as session:
        due = sa.select(PasswordMail.id).where(PasswordMail.next_at <= clock.now()).limit(1)
        return session.scalar(due) is not None


def deliver(app: Flask, database: Database, send: Send) -> int:
    """Send the codes that are asked for, one claim; return how many requests were claimed.

    A message whose outcome is not known is written anew with another code.
    """
    with transaction(database) as tx:
        claimed = _claim(tx)
    wanted = [one for one in claimed if one.to is not None]
    with app.app_context():
        mails = [password_mail(str(one.id), one.to or "", one.code, one.language) for one in wanted]
    outcomes = send(mails) if mails else {}
    with transaction(database) as tx:
        for one in wanted:
            _store(tx, one, outcomes[str(one.id)])
    return len(claimed)


def fitting(tx: Transaction, name: str) -> sa.Select[Account, PasswordMail]:
    """Return the select of an account with each code that was mailed to it and is still good."""
    standing = sa.or_(Account.member_id.is_(None), KnownMember.standing.in_(MEMBER_STANDINGS))
    return (
        sa.select(Account, PasswordMail)
        .join(PasswordMail, PasswordMail.account_id == Account.id)
        .join(KnownMember, KnownMember.member_id == Account.member_id, isouter=True)
        .where(Account.username == name, Account.disabled_at.is_(None), Account.program_role.is_(None), standing)
        .where(PasswordMail.code_hash.is_not(None), PasswordMail.expires_at > tx.now, PasswordMail.used_at.is_(None))
        .where(PasswordMail.asked_at > Account.password_changed_at)
    )


def forget_old(tx: Transaction) -> None:
    """Delete requests of which nothing can follow any more."""
    tx.session.execute(sa.delete(PasswordMail).where(PasswordMail.asked_at < tx.now - _KEPT))


def _claim(tx: Transaction) -> list[Claimed]:
    """Claim requests that are due, and make a code for each that can be sent."""
    due = sa.select(PasswordMail).where(PasswordMail.next_at <= tx.now).order_by(PasswordMail.next_at)
    rows = tx.session.scalars(due.limit(_AT_ONCE).with_for_update(skip_locked=True)).all()
    reachable = _reachable(tx, [row.name for row in rows])
    claimed = []
    for row in rows:
        row.attempts += 1
        found = reachable.get(row.name)
        if found is None:
            row.next_at = None
            claimed.append(Claimed(row.id, row.attempts, row.language))
            continue
        code = invitations.new_code()
        _end_earlier(tx, found.id)
        row.account_id, row.code_hash = found.id, invitations.hash_of(found.id, code)
        row.expires_at, row.next_at = tx.now + VALID, tx.now + _CLAIM
        tx.session.flush()
        claimed.append(Claimed(row.id, row.attempts, found.language or row.language, found.email, code))
    return claimed


def _reachable(tx: Transaction, names: Sequence[str]) -> dict[str, Any]:
    """Return id, language and confirmed address of accounts by user name."""
    stopped = sa.exists().where(NoticeStop.member_id == Account.member_id, NoticeStop.ended_at.is_(None))
    found = (
        sa.select(Account.username, Account.id, Account.language, NoticeSettings.email)
        .join(NoticeSettings, NoticeSettings.account_id == Account.id)
        .join(KnownMember, KnownMember.member_id == Account.member_id, isouter=True)
        .where(
            Account.username.in_(names),
            Account.disabled_at.is_(None),
            Account.program_role.is_(None),
            NoticeSettings.confirmed_at <= tx.now - SETTLED,
            NoticeSettings.email.is_not(None),
            sa.or_(Account.member_id.is_(None), KnownMember.standing.in_(MEMBER_STANDINGS)),
            ~stopped,
        )
    )
    return {row.username: row for row in tx.session.execute(found)}


def _end_earlier(tx: Transaction, account_id: UUID) -> None:
    earlier = PasswordMail.account_id == account_id, PasswordMail.used_at.is_(None)
    ended = sa.update(PasswordMail).where(*earlier).values(code_hash=None)
    tx.session.execute(ended.execution_options(synchronize_session=False))


def _store(tx: Transaction, one: Claimed, outcome: Outcome) -> None:
    again = None if outcome.sent or outcome.final or one.attempts >= MOST_ATTEMPTS else tx.now + _PAUSE
    mine = PasswordMail.id == one.id, PasswordMail.attempts == one.attempts
    rows_changed(tx.session, sa.update(PasswordMail).where(*mine).values(next_at=again))
    log.info("password_mail", outcome="sent" if outcome.sent else outcome.reason, answer=outcome.answer)
