"""Passkeys (WebAuthn, Level 2): registering, signing in with one without a user name, renaming, removing.

The library `webauthn` checks the answers of authenticators; it is loaded at the first use, since it takes 0.2 s.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity import sessions
from gateway.identity.current import current_context
from gateway.identity.factors import challenges, owning
from gateway.identity.factors.tables import Passkey
from gateway.identity.sessions import Kind, SignedIn
from gateway.identity.sign_in import OpenedSession, origin_of_request
from gateway.identity.tables import Account
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound, NotSignedIn, Refused
from services.chassis.process import logs

MOST = 10
"""Passkeys of one account."""

log = logs.get_logger(__name__)


def sign_in_options(purpose: str = challenges.SIGN_IN) -> dict[str, Any]:
    """Return the options of `navigator.credentials.get()` and the state to send back.

    Raises:
        Refused: passkeys are not offered here.
    """
    from webauthn import generate_authentication_options
    from webauthn.helpers.structs import UserVerificationRequirement

    def options(challenge: bytes) -> Any:
        required = UserVerificationRequirement.REQUIRED
        return generate_authentication_options(
            rp_id=challenges.rp_id(), challenge=challenge, user_verification=required
        )

    return challenges.begun(purpose, options)


def registration_options(account: SignedIn) -> dict[str, Any]:
    """Return the options of `navigator.credentials.create()` and the state to send back.

    Raises:
        Refused: passkeys are not offered here, or the account has as many as it may have.
    """
    from webauthn import base64url_to_bytes, generate_registration_options
    from webauthn.helpers import structs

    with gateway().transaction(readonly=True) as tx:
        mine = sa.select(Passkey.credential_id).where(Passkey.account_id == account.account_id)
        known = list(tx.session.scalars(mine))
    _require_room(len(known))
    required = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.REQUIRED,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )

    def options(challenge: bytes) -> Any:
        return generate_registration_options(
            rp_id=challenges.rp_id(),
            rp_name=challenges.rp_id(),
            user_id=account.account_id.bytes,
            user_name=account.username,
            challenge=challenge,
            authenticator_selection=required,
            exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        )

    return challenges.begun(_registration_of(account), options)


def register(account: SignedIn, state: str, credential: str, name: str) -> tuple[Passkey, list[str]]:
    """Store a new passkey; return it, and recovery codes when it is the account's first second factor.

    Raises:
        InvalidInput: the answer does not fit the options.
        Refused: the state is too old or was used, or the account has as many passkeys as it may have.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    challenge = challenges.challenge_of(state, _registration_of(account))
    told = _parsed(credential)

    def check() -> Any:
        return verify_registration_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=challenges.rp_id(),
            expected_origin=challenges.origin(),
            require_user_verification=True,
        )

    verified = _verified(check)
    with gateway().transaction(current_context()) as tx:
        row = owning.locked(tx, account)
        challenges.use_up(tx, challenge)
        mine = sa.select(sa.func.count()).select_from(Passkey).where(Passkey.account_id == row.id)
        _require_room(tx.session.scalar(mine) or 0)
        identifier = bytes_to_base64url(verified.credential_id)
        if tx.session.scalar(sa.select(Passkey.id).where(Passkey.credential_id == identifier)) is not None:
            raise _not_fitting()
        passkey = Passkey(
            account_id=row.id,
            credential_id=identifier,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            name=name,
            created_at=tx.now,
        )
        tx.session.add(passkey)
        tx.session.flush()
        return passkey, owning.added(tx, row, account, "passkey")


def sign_in(state: str, credential: str, kind: Kind) -> OpenedSession:
    """Open a session with a passkey alone: it proves possession and, by its own check of the person, who is there.

    Raises:
        NotSignedIn: the passkey does not fit, is unknown or was removed, or its account is closed.
        Refused: the state is too old or was used.
    """
    with gateway().transaction() as tx:
        passkey = use(tx, state, credential, challenges.SIGN_IN)
        account = tx.session.get_one(Account, passkey.account_id)
        if account.disabled_at is not None:
            raise _not_signed_in()
        origin = origin_of_request(second_factor="passkey")
        token, expires_at = sessions.open_session(tx, account.id, kind, origin)
        must_change = account.must_change_password
    log.info("passkey", outcome="right")
    return OpenedSession(token, account.id, expires_at, must_change)


def use(tx: Transaction, state: str, credential: str, purpose: str, account_id: UUID | None = None) -> Passkey:
    """Check the answer of an authenticator, and note its use.

    Args:
        tx: the transaction of what it permits.
        state: from the options.
        credential: JSON of `PublicKeyCredential.toJSON()`.
        purpose: what the options were made for.
        account_id: whose passkey it must be; None for anybody's.

    Raises:
        NotSignedIn: it does not fit.
        Refused: the state is too old or was used.
    """
    from webauthn import verify_authentication_response

    challenge, told = challenges.challenge_of(state, purpose), _parsed(credential)
    wanted = sa.select(Passkey).where(Passkey.credential_id == str(told.get("id"))[:1400])
    passkey = tx.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if passkey is None or account_id not in (None, passkey.account_id) or not _is_of_owner(told, passkey):
        raise _not_signed_in()

    def check() -> Any:
        return verify_authentication_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=challenges.rp_id(),
            expected_origin=challenges.origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )

    try:
        verified = _verified(check)
    except InvalidInput:
        raise _not_signed_in() from None
    challenges.use_up(tx, challenge)
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, tx.now
    return passkey


def rename(account: SignedIn, passkey_id: UUID, name: str) -> None:
    """Give a passkey another name. Raises `NotFound`."""
    with gateway().transaction(current_context()) as tx:
        _own(tx, account, passkey_id).name = name


def remove(account: SignedIn, passkey_id: UUID) -> None:
    """Remove a passkey. Raises `NotFound`."""
    with gateway().transaction(current_context()) as tx:
        row = owning.locked(tx, account)
        tx.session.delete(_own(tx, account, passkey_id))
        owning.removed(tx, row, "passkey")


def _own(tx: Transaction, account: SignedIn, passkey_id: UUID) -> Passkey:
    found = tx.session.get(Passkey, passkey_id)
    if found is None or found.account_id != account.account_id:
        raise NotFound("There is no such passkey.", field="passkey_id")
    return found


def _parsed(credential: str) -> dict[str, Any]:
    try:
        told = json.loads(credential)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _not_fitting()
    return told


def _is_of_owner(told: dict[str, Any], passkey: Passkey) -> bool:
    """Whether the user handle, where the authenticator tells one, is that of the passkey's account."""
    from webauthn import base64url_to_bytes

    response = told.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    try:
        return handle is None or base64url_to_bytes(str(handle)) == passkey.account_id.bytes
    except ValueError:
        return False


def _verified(check: Callable[[], Any]) -> Any:
    """Return what the library's check returns; it raises many things for what was made up."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return check()
    except (WebAuthnException, ValueError, TypeError, LookupError, RecursionError) as error:
        log.info("passkey", outcome="wrong", why=type(error).__name__)
        raise _not_fitting() from None


def _require_room(count: int) -> None:
    if count >= MOST:
        raise Refused("Remove a passkey first.", rule="passkey.is_one_of_few", params={"most": MOST})


def _registration_of(account: SignedIn) -> str:
    return f"register {account.account_id}"


def _not_fitting() -> InvalidInput:
    return InvalidInput("The passkey does not fit.", field="credential", rule="passkey.fits")


def _not_signed_in() -> NotSignedIn:
    return NotSignedIn("The passkey does not fit.", code="wrong_passkey", field="credential", rule="passkey.fits")
