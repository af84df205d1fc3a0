"""Accounts of other systems that read data: creating, renewing secrets, ending, listing, time of last use.

The secret is generated before the transaction, shown once and stored as a hash like a password; the system signs in
with it. The system that delivers HR data has a role instead (`accounts.create_program_account`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity import sessions
from gateway.identity.accounts import account_named, create_account, require_username, subject_of
from gateway.identity.current import current_principal
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.passwords import Secret
from gateway.identity.tables import Account
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.history import history_of, note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, NotFound
from services.chassis.security.principal import Principal

READER = "reader"
MOST_TOLD = 50
"""Entries of a program's history that are shown."""
USE_SECONDS = 60
"""Precision of the time of last use."""

_noted: MicroCache[UUID, bool] = MicroCache(seconds=USE_SECONDS, largest=1000)


def create_program(tx: Transaction, username: str, scopes: Iterable[str], days: int, secret: Secret) -> dict[str, Any]:
    """Create an account with scopes; return it with its secret.

    Raises:
        InvalidInput: the user name has the wrong form.
        Conflict: it is taken.
    """
    name = require_username(username)
    account = create_account(tx, username=name, password_hash=secret.hash)
    account.program_role, account.program_scopes = READER, " ".join(sorted(set(scopes)))
    account.secret_expires_at = tx.now + timedelta(days=days)
    note_change(tx, subject_of(account.id), {"scopes": (None, account.program_scopes)}, None)
    return {**to_reply(tx, account), "secret": secret.text}


def renew_secret(tx: Transaction, program_id: UUID, days: int, secret: Secret) -> dict[str, Any]:
    """Set a new secret of a reading program; the old one and its sessions end.

    Raises:
        NotFound: there is no such program.
        Conflict: its access was ended, or it is no reading program.
    """
    account = _program(tx, program_id)
    if account.disabled_at is not None or account.program_role != READER:
        raise Conflict("This program gets no new secret: its access has ended.", rule="program.is_open")
    before = account.secret_expires_at
    account.password_hash, account.password_changed_at = secret.hash, tx.now
    account.secret_expires_at = tx.now + timedelta(days=days)
    sessions.close_sessions_of(tx, account.id)
    note_change(tx, subject_of(account.id), {"secret_expires_at": (before, account.secret_expires_at)}, None)
    return {**to_reply(tx, account), "secret": secret.text}


def create_or_renew(tx: Transaction, username: str, scopes: Iterable[str], days: int, secret: Secret) -> dict[str, Any]:
    """Create a reading program, or set a new secret and these scopes of the existing one.

    Raises:
        Problem: as `create_program` and `renew_secret`.
        ValueError: the name is a person's.
    """
    account = account_named(tx, username)
    if account is None:
        return create_program(tx, username, scopes, days, secret)
    if account.program_role is None:
        raise ValueError("this user name is a person's")
    made, before = renew_secret(tx, account.id, days, secret), account.program_scopes
    account.program_scopes = " ".join(sorted(set(scopes)))
    note_change(tx, subject_of(account.id), {"scopes": (before, account.program_scopes)}, None)
    return {**made, "scopes": account.program_scopes.split()}


def revoke_program(tx: Transaction, program_id: UUID) -> dict[str, Any]:
    """End a program's access at once, also of one that delivers data. Raises `NotFound`."""
    account = _program(tx, program_id)
    if account.disabled_at is None:
        account.disabled_at, account.password_hash = tx.now, ""
        note_change(tx, subject_of(account.id), {"disabled_at": (None, tx.now)}, None)
    sessions.close_sessions_of(tx, account.id)
    tx.after_commit(forget_look_ups)
    return {}


def list_programs(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of programs by name, also ended ones unless a state is asked for."""
    programs = sa.select(Account).where(Account.program_role.is_not(None))
    if request["q"]:
        programs = programs.where(Account.username.icontains(request["q"], autoescape=True))
    if request["state"] is not None:
        programs = programs.where(_in_state(request["state"], tx.now))
    if request["scope"] is not None:
        # Between blanks, so that no scope is found in another's name.
        programs = programs.where((" " + Account.program_scopes + " ").contains(f" {request['scope']} "))
    page = page_of(tx, programs, request, [(Account.username, "asc")])
    return page.reply([to_reply(tx, account) for account in page.rows])


def _in_state(state: str, at: datetime) -> sa.ColumnElement[bool]:
    over = sa.and_(Account.secret_expires_at.is_not(None), Account.secret_expires_at <= at)
    if state == "revoked":
        return Account.disabled_at.is_not(None)
    return sa.and_(Account.disabled_at.is_(None), over if state == "expired" else sa.not_(over))


def get_program(tx: Transaction, program_id: UUID) -> dict[str, Any]:
    """Return a program with its changes, newest first. Raises `NotFound`."""
    account = tx.session.get(Account, program_id)
    if account is None or account.program_role is None:
        raise NotFound("There is no such program.", field="program_id")
    noted = history_of(tx, subject_of(account.id), limit=MOST_TOLD).rows
    known = _usernames(tx, {entry.changed_by for entry in noted})
    told = [
        {"at": entry.changed_at, "by": known.get(entry.changed_by, entry.changed_by), "what": _what(entry.changes)}
        for entry in noted
    ]
    return {**to_reply(tx, account), "history": told}


def _usernames(tx: Transaction, actors: Iterable[str]) -> dict[str, str]:
    """Return user names by account id for the actors that are accounts."""
    ids = [UUID(actor) for actor in actors if _is_id(actor)]
    found = tx.session.execute(sa.select(Account.id, Account.username).where(Account.id.in_(ids)))
    return {str(row.id): row.username for row in found}


def _is_id(actor: str) -> bool:
    try:
        UUID(actor)
    except ValueError:
        return False
    return True


def _what(changes: Mapping[str, Any]) -> str:
    if "disabled_at" in changes:
        return "revoked"
    made = changes.get("scopes") or changes.get("role")
    if made is None:
        return "renewed"
    return "created" if made["old"] is None else "scopes_changed"


def to_reply(tx: Transaction, account: Account) -> dict[str, Any]:
    """Return a program for an answer, without its secret."""
    over = account.secret_expires_at is not None and account.secret_expires_at <= tx.now
    return {
        "id": account.id,
        "username": account.username,
        "role": account.program_role,
        "scopes": (account.program_scopes or "").split(),
        "state": "revoked" if account.disabled_at is not None else "expired" if over else "open",
        "created_at": account.created_at,
        "secret_expires_at": account.secret_expires_at,
        "last_used_at": account.last_used_at,
    }


def note_use(principal: Principal) -> None:
    """Store the time of a program's last use, at most once a minute per process."""
    if principal.kind != "program" or principal.account_id is None or _noted.peek(principal.account_id):
        return
    _noted.put(principal.account_id, True)
    at = clock.now()
    stale = sa.or_(Account.last_used_at.is_(None), Account.last_used_at < at - timedelta(seconds=USE_SECONDS))
    used = sa.update(Account).where(Account.id == principal.account_id, stale).values(last_used_at=at)
    with gateway().transaction() as tx:
        tx.session.execute(used.execution_options(synchronize_session=False))


def note_current_use() -> None:
    """Store the last use of the program of this request."""
    note_use(current_principal())


def _program(tx: Transaction, program_id: UUID) -> Account:
    account = tx.session.scalar(sa.select(Account).where(Account.id == program_id).with_for_update())
    if account is None or account.program_role is None:
        raise NotFound("There is no such program.", field="program_id")
    return account
