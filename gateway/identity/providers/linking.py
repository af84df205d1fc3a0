"""Joining identities to accounts: by the staff number a provider vouches for, or by the account's owner.

An identity is keyed by issuer and subject, never by a name or an e-mail address, which a provider lets people choose.
An account has at most one identity of an issuer: a second one means that a number was given to two people, which an
officer has to clear up.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import g

from gateway.identity import sessions
from gateway.identity.accounts import create_account, history_of_account, normal_username
from gateway.identity.factors import pending
from gateway.identity.grants import MEMBER_STANDINGS
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.new_password import OWN_PASSWORD
from gateway.identity.providers.attempts import Identity
from gateway.identity.sign_in import OpenedSession, origin_of_request
from gateway.identity.tables import Account, ExternalIdentity, KnownMember, ProviderSession, SignedInSession
from gateway.notices.recording import record_own
from gateway.rpc.calls import SYSTEM_PRINCIPAL, call
from gateway.runtime import gateway
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, NotAllowed, NotFound
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.security.encryption import fingerprint
from services.chassis.security.principal import Principal, service_principal
from services.contracts.membership.record.operations import member_with_staff_number

LINKED, UNLINKED = "identity_linked", "identity_unlinked"
"""Kinds of messages on the owner's timeline."""


def hash_of_subject(issuer: str, subject: str) -> str:
    """Return the keyed hash under which an identity is stored; every character of the subject matters."""
    return fingerprint(f"{issuer}\n{subject}", "external identity")


def hash_of_session(issuer: str, session: str) -> str:
    """Return the keyed hash under which a provider's session is stored."""
    return fingerprint(f"{issuer}\n{session}", "provider session")


def account_of(identity: Identity) -> UUID | None:
    """Return the open account of an identity; None where it has none, or a closed one."""
    with gateway().transaction(readonly=True) as tx:
        found = _linked(tx, identity)
        account = None if found is None else tx.session.get_one(Account, found.account_id)
        return None if account is None or account.disabled_at is not None else account.id


def member_of(identity: Identity) -> UUID | None:
    """Return the member whose staff number the provider vouches for.

    Raises:
        Unavailable: membership, which knows staff numbers, does not answer.
    """
    if identity.staff_number is None:
        return None
    asked = {"staff_number": identity.staff_number}
    found = call(member_with_staff_number, asked, principal=SYSTEM_PRINCIPAL)["member_id"]
    return None if found is None else UUID(found)


def open_session(identity: Identity, account_id: UUID) -> OpenedSession:
    """Open a session for a linked identity.

    Raises:
        NotFound: it is not linked any more.
        SecondFactorNeeded: the account has a second factor, and the provider did not vouch for one.
    """
    with gateway().transaction() as tx:
        account = tx.session.get_one(Account, account_id)
        if identity.second_factor or account.second_factor_since is None:
            return opened_in(tx, identity, account_id, "provider" if identity.second_factor else None)
        needed = pending.begin(tx, account, "browser", identity)
    raise needed


def opened_in(tx: Transaction, identity: Identity, account_id: UUID, second_factor: str | None) -> OpenedSession:
    """Open a session for a linked identity; `second_factor` is how it was given. Raises `NotFound`."""
    linked = _linked(tx, identity)
    if linked is None or linked.account_id != account_id:
        raise NotFound("This identity is not linked any more.")
    linked.last_used_at, linked.provider = tx.now, identity.provider
    session_id = uuid7()
    origin = origin_of_request(identity.provider, second_factor)
    token, expires_at = sessions.open_session(tx, account_id, "browser", origin, session_id)
    tx.session.flush()
    key = identity.session and hash_of_session(identity.issuer, identity.session)
    tx.session.add(
        ProviderSession(session_id=session_id, identity_id=linked.id, key_hash=key, id_token=identity.id_token)
    )
    # The password that another person set was not used, so the owner need not change it now.
    return OpenedSession(token, account_id, expires_at, must_change_password=False)


def link_by_staff_number(identity: Identity, member_id: UUID) -> UUID | None:
    """Link an identity to the account of the member with its staff number; one without account gets one.

    Returns the account; None when the member has left, the account is closed or has another identity of this issuer.
    """
    by_provider = CallContext(service_principal(f"sign-on {identity.provider}"), _correlation_id())
    with gateway().transaction(by_provider) as tx:
        tx.lock("external identities")
        if (linked := _linked(tx, identity)) is not None:  # by a second sign-on at the same moment
            return linked.account_id
        account = tx.session.scalar(sa.select(Account).where(Account.member_id == member_id).with_for_update())
        known = tx.session.get(KnownMember, member_id)
        if known is not None and known.standing not in MEMBER_STANDINGS:
            return None
        if account is None:
            account = _new_account(tx, member_id, known)
        elif account.disabled_at is not None or _of_issuer(tx, account.id, identity.issuer) is not None:
            return None
        _link(tx, account, identity)
        return account.id


def link(identity: Identity, account_id: UUID, member_id: UUID | None) -> None:
    """Link an identity to an account at its owner's wish.

    Args:
        identity: as the provider told it.
        account_id: of the owner, whose password was checked.
        member_id: the member whose staff number the provider vouches for, from `member_of`.

    Raises:
        NotAllowed: the account's password was set by another person, or it is a program's.
        Conflict: the identity belongs to another account or member, or the account has another one of this issuer.
    """
    with gateway().transaction(_as_owner(account_id)) as tx:
        tx.lock("external identities")
        account = tx.session.get_one(Account, account_id, with_for_update=True)
        _require_own_password(account)
        linked = _linked(tx, identity)
        if linked is not None and linked.account_id == account_id:
            return
        if linked is not None or (member_id is not None and account.member_id != member_id):
            raise Conflict("This identity belongs to another account.", rule="sign_on.identity_is_own")
        if _of_issuer(tx, account_id, identity.issuer) is not None:
            raise Conflict("The account has another identity of this provider.", rule="sign_on.one_per_provider")
        _link(tx, account, identity)


def unlink(account_id: UUID, identity_id: UUID, current: UUID) -> None:
    """Remove an identity from its account and end the sessions it opened, except the current one.

    Raises:
        NotFound: the account has no such identity.
    """
    with gateway().transaction(_as_owner(account_id)) as tx:
        found = tx.session.get(ExternalIdentity, identity_id)
        if found is None or found.account_id != account_id:
            raise NotFound("There is no such identity.", field="identity_id")
        account = tx.session.get_one(Account, account_id)
        _tell(tx, account, UNLINKED, found.provider)
        note_change(tx, history_of_account(account_id), {"identity": (found.provider, None)})
        opened = sa.select(ProviderSession.session_id).where(ProviderSession.identity_id == identity_id)
        theirs = SignedInSession.id.in_(opened), SignedInSession.id != current
        tx.session.execute(sa.delete(SignedInSession).where(*theirs).execution_options(synchronize_session=False))
        tx.session.delete(found)
        tx.after_commit(forget_look_ups)


def identities_of(account_id: UUID) -> list[dict[str, Any]]:
    """Return the identities of an account, by the time they were linked."""
    mine = sa.select(ExternalIdentity).where(ExternalIdentity.account_id == account_id)
    with gateway().transaction(readonly=True) as tx:
        found = list(tx.session.scalars(mine.order_by(ExternalIdentity.linked_at, ExternalIdentity.id)))
    return [
        {
            "id": str(one.id),
            "provider": one.provider,
            "issuer": one.issuer,
            "subject": one.subject,
            "linked_at": one.linked_at.isoformat(),
            "last_used_at": one.last_used_at.isoformat() if one.last_used_at else None,
        }
        for one in found
    ]


def _require_own_password(account: Account) -> None:
    """Refuse to link an account whose password somebody else knows."""
    if account.must_change_password or account.program_role is not None:
        raise NotAllowed("Somebody else set this password. Choose one of your own first.", rule=OWN_PASSWORD)


def _as_owner(account_id: UUID) -> CallContext:
    """Return the context of what an account's owner does, who may not be signed in yet."""
    return CallContext(Principal(kind="account", account_id=account_id), _correlation_id())


def _correlation_id() -> str:
    return str(g.get("correlation_id") or uuid7())


def _link(tx: Transaction, account: Account, identity: Identity) -> None:
    tx.session.add(
        ExternalIdentity(
            account_id=account.id,
            provider=identity.provider,
            issuer=identity.issuer,
            subject_hash=hash_of_subject(identity.issuer, identity.subject),
            subject=identity.subject,
            linked_at=tx.now,
        )
    )
    tx.session.flush()
    note_change(tx, history_of_account(account.id), {"identity": (None, identity.provider)})
    _tell(tx, account, LINKED, identity.provider)


def _tell(tx: Transaction, account: Account, kind: str, provider: str) -> None:
    record_own(tx, kind, account.member_id or account.id, provider=provider)


def _new_account(tx: Transaction, member_id: UUID, known: KnownMember | None) -> Account:
    """Create the account of a member, without password; its name is the member number where that is free."""
    number = normal_username(known.number) if known is not None and known.number else f"member-{member_id.hex[-12:]}"
    names = [number, *(f"{number}-{further}" for further in range(2, 10))]
    taken = set(tx.session.scalars(sa.select(Account.username).where(Account.username.in_(names))))
    username = next(name for name in names if name not in taken)
    tx.after_commit(forget_look_ups)
    return create_account(tx, username=username, password_hash="", member_id=member_id)


def _linked(tx: Transaction, identity: Identity) -> ExternalIdentity | None:
    subject = ExternalIdentity.subject_hash == hash_of_subject(identity.issuer, identity.subject)
    return tx.session.scalar(sa.select(ExternalIdentity).where(ExternalIdentity.issuer == identity.issuer, subject))


def _of_issuer(tx: Transaction, account_id: UUID, issuer: str) -> ExternalIdentity | None:
    mine = ExternalIdentity.account_id == account_id, ExternalIdentity.issuer == issuer
    return tx.session.scalar(sa.select(ExternalIdentity).where(*mine))
