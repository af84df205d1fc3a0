"""Accounts: creating, binding to a member, closing, language.

Belongs here: what changes an account. Not: signing in (sign_in, browser), changing a password (new_password)
and reading who is signed in (current).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from gateway.identity import passwords, saved_filters, sessions
from gateway.identity.factors.tables import Passkey, RecoveryCode, TotpFactor
from gateway.identity.invitations import forget_member
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.tables import Account, ExternalIdentity
from gateway.runtime import gateway
from services.chassis.database.engine import upsert
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, InvalidInput, NotFound
from services.chassis.identifiers import uuid7
from services.chassis.input_errors import InputError
from services.contracts.gateway.identity import LANGUAGES

_USERNAME = re.compile(r"\A[a-z0-9][a-z0-9._@-]{2,63}\Z")


def normal_username(username: str) -> str:
    """Return a user name as it is stored: without surrounding space, in small letters."""
    return username.strip().casefold()


def require_username(username: str) -> str:
    """Return the normal form of a new user name, or raise `InvalidInput`."""
    normal = normal_username(username)
    if not _USERNAME.match(normal):
        raise InvalidInput(
            "A user name has 3 to 64 letters, digits or . _ @ - and begins with a letter or digit.",
            field="username",
            rule="username.is_wellformed",
        )
    return normal


def account_named(tx: Transaction, username: str) -> Account | None:
    """Return the account of a user name, also a closed one."""
    return tx.session.scalar(sa.select(Account).where(Account.username == normal_username(username)))


def create_account(tx: Transaction, *, username: str, password_hash: str, member_id: UUID | None = None) -> Account:
    """Create an account. Raises `Conflict` when the name or the member has one already."""
    account_id = uuid7()
    new = upsert(tx.session, Account).values(_row(tx, account_id, username, password_hash, member_id))
    tx.session.execute(new.on_conflict_do_nothing())
    account = tx.session.get(Account, account_id)
    if account is None:
        raise Conflict("This user name is taken.", field="username", rule="username.is_free")
    return account


def with_hashes(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows for `create_accounts` with `password_hash` in place of `password`.

    Equal passwords share one hash, so that 100,000 demonstration accounts don't take an hour of hashing.
    """
    listed = list(rows)
    hashes = {password: passwords.hash_password(password) for password in {row["password"] for row in listed}}
    return [
        {**{name: value for name, value in row.items() if name != "password"}, "password_hash": hashes[row["password"]]}
        for row in listed
    ]


def create_accounts(tx: Transaction, rows: Iterable[Mapping[str, Any]]) -> int:
    """Create many accounts at once and return how many are new; for the demo union and bulk enrolment.

    Args:
        tx: a transaction on the gateway's database.
        rows: `username`, `password_hash`, and optionally `id`, `member_id`, `language`, `program_role`.
    """
    values = []
    for row in rows:
        username, account_id = require_username(row["username"]), row.get("id") or uuid7()
        made = _row(tx, account_id, username, row["password_hash"], row.get("member_id"))
        values.append({**made, "language": row.get("language"), "program_role": row.get("program_role")})
    before = tx.session.scalar(sa.select(sa.func.count()).select_from(Account)) or 0
    for start in range(0, len(values), 1000):
        tx.session.execute(upsert(tx.session, Account).on_conflict_do_nothing(), values[start : start + 1000])
    return (tx.session.scalar(sa.select(sa.func.count()).select_from(Account)) or 0) - before


PROGRAM_ROLES = ("hr",)
"""Roles of other campus systems; a person never has one."""


def subject_of(account_id: UUID) -> str:
    """Return the subject of a program account's history."""
    return f"program/{account_id}"


def history_of_account(account_id: UUID) -> str:
    """Return the subject of the history of a person's account."""
    return f"account/{account_id}"


def create_program_account(tx: Transaction, username: str, password_hash: str, role: str) -> None:
    """Create the account of another campus system, or set its password; it signs in for tokens like people.

    Args:
        tx: a transaction on the gateway's database.
        username: of the system.
        password_hash: of `passwords.hash_strong`, made before the transaction.
        role: one of `PROGRAM_ROLES`.

    Raises:
        ValueError: there is no such role for programs, or the name is a person's.
        InvalidInput: the user name has the wrong form.
    """
    if role not in PROGRAM_ROLES:
        raise ValueError(f"a program has one of the roles {', '.join(PROGRAM_ROLES)}")
    name = require_username(username)
    account = account_named(tx, name)
    if account is None:
        account = create_account(tx, username=name, password_hash=password_hash)
        note_change(tx, subject_of(account.id), {"role": (None, role)})
    elif account.program_role is None:
        raise ValueError("this user name is a person's")
    else:
        note_change(tx, subject_of(account.id), {"password_changed_at": (account.password_changed_at, tx.now)})
        account.password_hash, account.password_changed_at = password_hash, tx.now
        sessions.close_sessions_of(tx, account.id)
    account.program_role = role


def bind_members(tx: Transaction, members: Mapping[UUID, UUID], again: Collection[UUID] = ()) -> None:
    """Bind accounts to members; each has at most one of the other.

    Args:
        tx: a transaction on the gateway's database.
        members: member by account. An account that has a member keeps it.
        again: members who joined again. They get the account used for the new application, and the earlier one is
            closed; all other members keep their first account.
    """
    other = aliased(Account)
    for account_id, member_id in members.items():
        free = Account.id == account_id, Account.member_id.is_(None)
        if member_id in again and tx.session.scalar(sa.select(Account.id).where(*free).with_for_update()) is not None:
            for before in tx.session.scalars(sa.select(Account).where(Account.member_id == member_id)):
                _close(tx, before)
                before.member_id = None
            tx.session.flush()
        bound = sa.exists().where(other.member_id == member_id)
        statement = sa.update(Account).where(*free, ~bound).values(member_id=member_id)
        tx.session.execute(statement.execution_options(synchronize_session=False))
    tx.after_commit(forget_look_ups)


def choose_language(account_id: UUID, language: str) -> None:
    """Store the language of an account's pages."""
    if language not in LANGUAGES:
        detail = f"Choose one of: {', '.join(LANGUAGES)}."
        raise InvalidInput(InputError("input.not_a_choice", detail, choices=list(LANGUAGES)), field="language")
    with gateway().transaction() as tx:
        _get(tx, account_id).language = language
        tx.after_commit(forget_look_ups)


def dismiss_hints(tx: Transaction, account_id: UUID, page: str) -> None:
    """Show the hints of a page to an account no more."""
    account = tx.session.get_one(Account, account_id, with_for_update=True)
    account.dismissed_hints = " ".join(sorted({*(account.dismissed_hints or "").split(), page}))
    tx.after_commit(forget_look_ups)


def sessions_of(account_id: UUID, current: UUID | None = None) -> list[dict[str, Any]]:
    """Return the open sessions of an account, newest first; `current` marks the one that asks."""
    with gateway().transaction(readonly=True) as tx:
        found = sessions.open_sessions_of(tx, account_id)
    return [
        {
            "id": str(session.id),
            "kind": session.kind,
            "agent": session.agent,
            "address": session.address,
            "provider": session.provider,
            "second_factor": session.second_factor,
            "started_at": session.created_at.isoformat(),
            "last_seen_at": (session.last_seen_at or session.created_at).isoformat(),
            "expires_at": session.expires_at.isoformat(),
            "current": session.id == current,
        }
        for session in found
    ]


def end_session(account_id: UUID, session_id: UUID) -> None:
    """End one of the account's own sessions. Raises `NotFound` when it has none of this id."""
    with gateway().transaction() as tx:
        if not sessions.close_session(tx, account_id, session_id):
            raise NotFound("There is no such session.")


def end_other_sessions(account_id: UUID, current: UUID) -> int:
    """End all of the account's own sessions except the current one; return how many there were."""
    with gateway().transaction() as tx:
        return sessions.close_sessions_of(tx, account_id, but=current)


def anonymise(tx: Transaction, member_id: UUID) -> UUID | None:
    """Close the account of a former member permanently and erase its name; return its id, or None."""
    forget_member(tx, member_id)
    account = tx.session.scalar(sa.select(Account).where(Account.member_id == member_id))
    if account is None:
        return None
    _close(tx, account)
    return account.id


def forget_factors(tx: Transaction, account: Account) -> None:
    """Delete every second factor of an account."""
    for table in (TotpFactor, RecoveryCode, Passkey):
        tx.session.execute(sa.delete(table).where(table.account_id == account.id))
    account.second_factor_since = None
    tx.after_commit(forget_look_ups)


def _close(tx: Transaction, account: Account) -> None:
    """Close an account, erase its name and forget its identities."""
    sessions.close_sessions_of(tx, account.id)
    tx.session.execute(sa.delete(ExternalIdentity).where(ExternalIdentity.account_id == account.id))
    saved_filters.delete_all(tx, account.id)
    forget_factors(tx, account)
    account.username, account.password_hash = f"anonymous-{account.id}"[:64], ""
    account.disabled_at = account.disabled_at or tx.now
    tx.after_commit(forget_look_ups)


def _get(tx: Transaction, account_id: UUID) -> Account:
    account = tx.session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def _row(
    tx: Transaction, account_id: UUID, username: str, password_hash: str, member_id: UUID | None
) -> dict[str, Any]:
    return {
        "id": account_id,
        "username": username,
        "password_hash": password_hash,
        "member_id": member_id,
        "created_at": tx.now,
        "password_changed_at": tx.now,
    }
