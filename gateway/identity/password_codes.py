"""Forgotten passwords: a one-time code, handed over in person by the chair of the unit or an officer, or mailed.

A code is made for one account after its owner was recognised, is valid for a day and used once. A new password ends all
earlier codes. The owner is told when one is made and when the password was set. A code that does not fit gets the same
answer whether there is such an account or not, and failures are throttled as at sign-in.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import g

from gateway.identity import invitations, password_mail, passwords, sessions, throttling
from gateway.identity.accounts import history_of_account, normal_username
from gateway.identity.addresses import asking_network
from gateway.identity.grants import MEMBER_STANDINGS, grants_of
from gateway.identity.tables import Account, Invitation, KnownMember, PasswordMail
from gateway.notices.recording import record_own
from gateway.runtime import gateway
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, Refused, TooMany
from services.chassis.identifiers import uuid7
from services.chassis.process import logs
from services.chassis.rpc.context import CallContext
from services.chassis.security.encryption import blind_index
from services.chassis.security.principal import Principal, require_unit

VALID = timedelta(hours=24)
MADE_PER_PERSON = "30/minute"
"""Codes one chair or officer may make."""
TRIES = "300/minute"
"""Tries with a code from one address, right or wrong; wrong ones are throttled for each name besides."""
CODE_MADE, PASSWORD_SET = "password_code_made", "password_set_by_code"
"""Kinds of notices to the owner."""
_LENGTH = 8
"""39 bits: short enough to be told, and good for a day with five guesses from an address before it waits."""

log = logs.get_logger(__name__)


def make_code(tx: Transaction, member_id: UUID) -> dict[str, Any]:
    """Make a code for a member's account; it replaces an earlier one.

    Returns:
        The account's user name, the code and when it expires.

    Raises:
        NotFound: the member has no open account.
        NotAllowed: the account is the caller's own, of another unit, or of somebody with a post and the caller no
            officer: who sets a password could act in that post.
    """
    member = tx.session.get(KnownMember, member_id)
    account = tx.session.scalar(sa.select(Account).where(Account.member_id == member_id))
    if member is None or account is None or account.disabled_at is not None or member.standing not in MEMBER_STANDINGS:
        raise NotFound("This member has no open account.", field="member_id")
    _require_may_make(tx, member)
    code, expires_at = invitations.new_code(_LENGTH), tx.now + VALID
    invitations.issue(tx, {member_id: code}, "in_person", invitations.PASSWORD, expires_at)
    note_change(tx, history_of_account(account.id), {"password_code": (None, expires_at)})
    record_own(tx, CODE_MADE, member_id)
    return {"username": account.username, "code": code, "expires_at": expires_at}


def set_password(username: str, code: str, new: str) -> None:
    """Set the password of an account with a code; all its sessions end.

    Raises:
        InvalidInput: the password is too weak.
        TooMany: too many codes that did not fit, for this name or from this address.
        Refused: name and code don't fit; the reason is not given.
    """
    name = normal_username(username)[:64]
    passwords.require_strong(new, username=name, field="new")
    address = asking_network()
    keys = throttling.keys_of(f"password code:{name}", address)
    told = {
        "name_hash": blind_index(name, scope="sign-in log name")[:16],
        "address_hash": blind_index(address, scope="sign-in log address")[:16],
        "correlation_id": g.get("correlation_id"),
    }
    try:
        _set(name, code, new, keys)
    except Refused:
        with gateway().transaction() as tx:
            throttling.note_failure(tx, keys)
        log.info("password_code", outcome="wrong", **told)
        raise
    except TooMany:
        log.warning("password_code", outcome="blocked", **told)
        raise
    log.info("password_code", outcome="right", **told)


def _set(name: str, code: str, new: str, keys: dict[str, throttling.Allowance]) -> None:
    with gateway().transaction(readonly=True) as tx:
        throttling.require_unblocked(tx, keys)
    # Hashed whether the code fits or not: the time tells nothing, either.
    new_hash = passwords.hash_password(new)
    with gateway().transaction() as tx:
        throttling.require_unblocked(tx, keys)
        account_id = _fitting(tx, name, code)[0].id
    owner = CallContext(Principal(kind="account", account_id=account_id), str(g.get("correlation_id") or uuid7()))
    with gateway().transaction(owner) as tx:
        throttling.require_unblocked(tx, keys)
        account, made = _fitting(tx, name, code, for_use=True)
        before = account.password_changed_at
        account.password_hash, account.password_changed_at, account.must_change_password = new_hash, tx.now, False
        made.used_at, made.account_id = tx.now, account.id
        sessions.close_sessions_of(tx, account.id)
        throttling.forgive(tx, keys)
        note_change(tx, history_of_account(account.id), {"password_changed_at": (before, tx.now)})
        record_own(tx, PASSWORD_SET, account.member_id or account.id)


def _fitting(
    tx: Transaction, name: str, code: str, *, for_use: bool = False
) -> tuple[Account, Invitation | PasswordMail]:
    """Return the account and the code's row, locked for use; raises `Refused` where they don't fit."""
    handed_over = (
        sa.select(Account, Invitation)
        .join(Invitation, Invitation.member_id == Account.member_id)
        .join(KnownMember, KnownMember.member_id == Account.member_id)
        .where(
            Account.username == name,
            Account.disabled_at.is_(None),
            KnownMember.standing.in_(MEMBER_STANDINGS),
            Invitation.purpose == invitations.PASSWORD,
            Invitation.expires_at > tx.now,
            Invitation.issued_at > Account.password_changed_at,
            *invitations.is_open(),
        )
    )
    for statement, row_type in ((handed_over, Invitation), (password_mail.fitting(tx, name), PasswordMail)):
        wanted = statement.with_for_update(of=(Account, row_type)) if for_use else statement
        for account, made in tx.session.execute(wanted.execution_options(populate_existing=True)):
            holder = made.member_id if row_type is Invitation else account.id
            if hmac.compare_digest(made.code_hash, invitations.hash_of(holder, code[:40])):
                return account, made
    raise Refused("Name and code don't fit, or the code is no longer good.", rule="password_code.fits", field="code")


def _require_may_make(tx: Transaction, member: KnownMember) -> None:
    principal = tx.principal
    if principal.member_id == member.member_id:
        raise NotAllowed("Nobody makes a code for the own account.", rule="password_code.is_for_another")
    if principal.has("officer"):
        return
    if member.unit_id is None:
        raise NotAllowed("This belongs to another unit.", rule="own_unit")
    require_unit(principal, member.unit_id, also=("officer",))
    held = grants_of(tx.session, [member.member_id], tx.today).get(member.member_id, ())
    if any(grant.role != "member" for grant in held):
        raise NotAllowed("An officer makes codes for people with a post.", rule="password_code.post_needs_officer")
