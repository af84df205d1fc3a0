"""Opening an account with the code of an invitation.

All failures have the same answer, whether the number does not exist, the code is wrong, used, revoked or expired, or
the member has an account or has left: the answer does not reveal who is a member. Failures are throttled as at sign-in.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask import g

from gateway.identity import invitations, passwords, throttling
from gateway.identity.accounts import create_account, require_username
from gateway.identity.addresses import asking_network
from gateway.identity.grants import MEMBER_STANDINGS
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.tables import Account, Invitation, KnownMember
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, TooMany
from services.chassis.process import logs
from services.chassis.security.encryption import blind_index

log = logs.get_logger(__name__)


@dataclass(frozen=True)
class Opened:
    """A new account."""

    account_id: UUID
    username: str


def open_account(number: str, code: str, username: str, password: str) -> Opened:
    """Open the account of a member with a code.

    Args:
        number: the member number.
        code: as printed; case, width, blanks and hyphens are ignored.
        username: the chosen name.
        password: the chosen password.

    Raises:
        InvalidInput: the user name is malformed or the password too weak.
        TooMany: too many failures for this number from this address, or from this address.
        Refused: number and code don't match; the reason is not given.
        Conflict: the user name is taken; the code stays valid.
    """
    wanted = require_username(username)
    passwords.require_strong(password, username=wanted)
    written = unicodedata.normalize("NFKC", number).strip().upper()
    address = asking_network()
    keys = throttling.keys_of(f"slip:{written}", address)
    told = {
        "address_hash": blind_index(address, scope="sign-in log address")[:16],
        "correlation_id": g.get("correlation_id"),
    }
    try:
        opened = _opened(written, code, wanted, password, keys)
    except Refused:
        _count(keys)
        log.info("open_account", outcome="wrong", **told)
        raise
    except TooMany:
        log.warning("open_account", outcome="blocked", **told)
        raise
    log.info("open_account", outcome="right", **told)
    return opened


def _opened(number: str, code: str, username: str, password: str, keys: dict[str, throttling.Allowance]) -> Opened:
    with gateway().transaction() as tx:
        throttling.require_unblocked(tx, keys)
        _fitting(tx, number, code)
    password_hash = passwords.hash_password(password)
    with gateway().transaction() as tx:
        # Concurrent guesses are checked concurrently: if they were too many, a right one among them is refused, too.
        throttling.require_unblocked(tx, keys)
        invitation = _fitting(tx, number, code, for_use=True)
        account = create_account(tx, username=username, password_hash=password_hash, member_id=invitation.member_id)
        invitation.used_at, invitation.account_id = tx.now, account.id
        throttling.forgive(tx, keys)
        tx.after_commit(forget_look_ups)
        return Opened(account.id, username)


def _fitting(tx: Transaction, number: str, code: str, *, for_use: bool = False) -> Invitation:
    """Return the invitation whose number and code these are, locked for use; raises `Refused` where there is none."""
    has_account = sa.exists().where(Account.member_id == Invitation.member_id)
    statement = (
        sa.select(Invitation)
        .join(KnownMember, KnownMember.member_id == Invitation.member_id)
        .where(
            KnownMember.number == number,
            KnownMember.standing.in_(MEMBER_STANDINGS),
            Invitation.purpose == invitations.ACCOUNT,
            Invitation.expires_at > tx.now,
            *invitations.is_open(),
            ~has_account,
        )
    )
    if for_use:
        statement = statement.with_for_update(of=Invitation)
    for invitation in tx.session.scalars(statement.execution_options(populate_existing=True)):
        if hmac.compare_digest(invitation.code_hash, invitations.hash_of(invitation.member_id, code)):
            return invitation
    raise Refused("Number and code don't fit, or the code is no longer good.", rule="account.code_fits", field="code")


def _count(keys: dict[str, throttling.Allowance]) -> None:
    with gateway().transaction() as tx:
        throttling.note_failure(tx, keys)
