"""How an account is told outside of the portal: its address, confirmed by a code, kinds, quiet hours, digest."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.current import current_context, require_account
from gateway.notices import mail
from gateway.notices.composing import code_mail
from gateway.notices.recording import record_own
from gateway.notices.tables import NoticePreference, NoticeSettings
from gateway.own_operations import checked_request
from gateway.runtime import gateway
from services.chassis.database.bulk import columns_of, insert_new
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, InvalidInput, Refused, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.security.encryption import fingerprint
from services.contracts.gateway import notice_settings as contract

ADDRESS_SET = "notice_address_set"
"""Kind of the notice to the owner: codes for a forgotten password go to this address."""
CODE_LASTS = timedelta(minutes=30)
MOST_TRIES = 5
"""Wrong codes after which a new one has to be sent."""
_CODE_DEADLINE = 15.0
"""Seconds a person waits at most until the mail server has taken the code."""


def get_settings(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the caller's settings."""
    found, account_id = _of_caller(tx), tx.principal.account_id
    off = sa.select(NoticePreference.kind).where(
        NoticePreference.account_id == account_id,
        NoticePreference.channel == "email",
        NoticePreference.wanted.is_(False),
    )
    return {
        "offered": mail.is_offered(),
        "email": found.email if found else None,
        "confirmed_at": found.confirmed_at if found else None,
        "waits_for_code": bool(found and found.code_expires_at and found.code_expires_at > tx.now),
        "off": sorted(tx.session.scalars(off)),
        "quiet_from": _time(found.quiet_from) if found else None,
        "quiet_to": _time(found.quiet_to) if found else None,
        "digest_hour": found.digest_hour if found else None,
        "stopped": bool(found and found.stopped_at),
        "version": found.version if found else 0,
    }


def change_settings(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store the caller's choices and return the settings.

    Raises:
        Conflict: they were changed since `version`, for example by the address in an e-mail that ends a kind.
    """
    found = _made(tx)
    if request["version"] not in (None, found.version):
        raise Conflict("The settings were changed meanwhile; read them again.", rule="notices.settings_are_current")
    found.version += 1
    found.quiet_from, found.quiet_to = _minute(request["quiet_from"]), _minute(request["quiet_to"])
    found.digest_hour = request["digest_hour"]
    if request["stopped"] != bool(found.stopped_at):
        found.stopped_at = tx.now if request["stopped"] else None
    chosen = NoticePreference.account_id == found.account_id, NoticePreference.channel == "email"
    tx.session.execute(sa.delete(NoticePreference).where(*chosen))
    rows = [
        {"account_id": found.account_id, "kind": kind, "channel": "email", "wanted": False}
        for kind in dict.fromkeys(request["off"])
    ]
    if rows:
        # Somebody may unsubscribe by an address in an e-mail at the same moment.
        insert_new(tx.session, NoticePreference.__table__, columns_of(rows), {}, ("account_id", "kind", "channel"))
    tx.session.flush()
    return get_settings(tx, {})


def confirm_email(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Use the new address from now on, when the code is right; a wrong code is counted.

    Raises:
        Refused: no code was sent, or it is no longer valid.
        InvalidInput: meanwhile a code was sent to another address.
    """
    found = _of_caller(tx, lock=True)
    if found is None or found.code_hash is None or found.code_expires_at is None or found.code_expires_at <= tx.now:
        raise Refused("Ask for a new code first.", rule="notices.code_is_valid", field="code")
    # `check_code` looked in a transaction of its own, after which another address may have taken the place of this one.
    if not secrets.compare_digest(found.code_hash, _hashed(found.account_id, request["code"])):
        raise _wrong_code()
    found.email, found.confirmed_at = found.new_email, tx.now
    found.new_email = found.code_hash = found.code_expires_at = None
    found.stopped_at = None
    tx.session.flush()
    record_own(tx, ADDRESS_SET, tx.principal.member_id or found.account_id)
    return get_settings(tx, {})


def remove_email(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Forget the caller's address, also one that waits for its code."""
    found = _made(tx)
    found.email = found.confirmed_at = found.new_email = found.code_hash = found.code_expires_at = None
    tx.session.flush()
    return get_settings(tx, {})


def set_email(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Store a new address and send a code to it, outside of the transaction.

    Raises:
        Refused: no e-mail is sent here, or the address does not take any.
        Unavailable: the mail server does not answer; no code is valid then.
    """
    request = checked_request(contract.set_email, payload)
    if not mail.is_offered():
        raise Refused("This union sends no e-mail.", rule="notices.email_is_offered", field="email")
    account_id, code = require_account().account_id, f"{secrets.randbelow(10**8):08d}"
    written = code_mail(str(uuid7()), request["email"], code)
    outcome = mail.send([written], _CODE_DEADLINE)[written.id]
    if not outcome.sent:
        if outcome.own and outcome.final:
            raise Refused("The address does not take e-mail.", rule="notices.address_takes_mail", field="email")
        raise Unavailable("The mail server does not answer.", code="mail_server_away")
    with gateway().transaction(current_context()) as tx:
        found = _made(tx)
        found.new_email, found.code_hash, found.code_tries = request["email"], _hashed(account_id, code), 0
        found.code_expires_at = tx.now + CODE_LASTS
        tx.session.flush()
        reply: dict[str, Any] = contract.set_email.reply_schema.dump(get_settings(tx, {}))
    return reply


def check_code(payload: Mapping[str, Any]) -> None:
    """Count a wrong code in a transaction of its own, which the refusal does not undo.

    Raises:
        InvalidInput: the code is not the one that was sent.
    """
    request = checked_request(contract.confirm_email, payload)
    account_id = require_account().account_id
    with gateway().transaction(current_context()) as tx:
        found = _of_caller(tx, lock=True)
        if found is None or found.code_hash is None:
            return
        wrong = not secrets.compare_digest(found.code_hash, _hashed(account_id, request["code"]))
        if wrong:
            found.code_tries += 1
            if found.code_tries >= MOST_TRIES:
                found.code_hash = found.code_expires_at = None
    if wrong:
        raise _wrong_code()


def _wrong_code() -> InvalidInput:
    return InvalidInput("This is not the code.", field="code", rule="notices.code_is_right")


def _hashed(account_id: UUID, code: str) -> str:
    return fingerprint(code, f"email-code-{account_id}")


def _of_caller(tx: Transaction, *, lock: bool = False) -> NoticeSettings | None:
    found = sa.select(NoticeSettings).where(NoticeSettings.account_id == tx.principal.account_id)
    return tx.session.scalar(found.with_for_update() if lock else found)


def _made(tx: Transaction) -> NoticeSettings:
    row = {"account_id": tx.principal.account_id, "code_tries": 0, "version": 0}
    tx.session.execute(upsert(tx.session, NoticeSettings).values(**row).on_conflict_do_nothing())
    found = _of_caller(tx, lock=True)
    assert found is not None
    return found


def _minute(time: str | None) -> int | None:
    return None if time is None else int(time[:2]) * 60 + int(time[3:])


def _time(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"
