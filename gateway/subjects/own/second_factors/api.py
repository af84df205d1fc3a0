"""Second factors: the second step of signing in, passkeys, enrolling and removing, resetting those of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gateway.http.routes import Route
from gateway.identity.current import require_account
from gateway.identity.factors import challenges, owning, passkeys, second_step
from gateway.identity.factors.tables import Passkey
from gateway.identity.sessions import SignedIn, hash_of
from gateway.identity.sign_in import OpenedSession
from gateway.own_operations import carry_out, checked_request
from services.contracts.gateway import second_factor as contract

STEPS = "300/minute"
"""Second steps and passkeys from one address; wrong codes are throttled for each account besides."""
CHANGES = "30/minute"


def told_of(opened: OpenedSession) -> dict[str, Any]:
    """Return what a new session is told as."""
    return {
        "token": opened.token,
        "expires_at": opened.expires_at.isoformat(),
        "account_id": str(opened.account_id),
        "must_change_password": opened.must_change_password,
    }


def state_of(account: SignedIn) -> dict[str, Any]:
    """Answer `get_second_factor`."""
    reply: dict[str, Any] = contract.get_second_factor.reply_schema.dump(owning.state_of(account))
    return reply


def reset(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `reset_second_factor`."""
    operation = contract.reset_second_factor

    def do(tx: Any, request: dict[str, Any]) -> dict[str, Any]:
        owning.reset(tx, request["username"], request["reason"])
        return {}

    return carry_out(operation, do, checked_request(operation, payload))


def _finish(payload: dict[str, Any]) -> dict[str, Any]:
    return told_of(second_step.finish_with_code(payload["attempt"], payload["code"]))


def _begin_sign_in(payload: dict[str, Any]) -> dict[str, Any]:
    attempt = payload.get("attempt")
    return passkeys.sign_in_options(challenges.second_step_of(hash_of(attempt)) if attempt else challenges.SIGN_IN)


def _sign_in(payload: dict[str, Any]) -> dict[str, Any]:
    attempt, answer = payload.get("attempt"), (payload["state"], payload["credential"])
    if attempt:
        return told_of(second_step.finish_with_passkey(attempt, *answer))
    return told_of(passkeys.sign_in(*answer, "program"))


def _state(_payload: dict[str, Any]) -> dict[str, Any]:
    return state_of(require_account())


def _start(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    owning.require_owner(account, payload.get("password"), payload.get("code"), or_fresh=True)
    return owning.start_totp(account)


def _confirm(payload: dict[str, Any]) -> dict[str, Any]:
    return {"recovery_codes": owning.confirm_totp(require_account(), payload["code"])}


def _remove(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    owning.require_owner(account, payload.get("password"), payload.get("code"))
    owning.remove_totp(account)
    return {}


def _renew(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    owning.require_owner(account, payload.get("password"), payload.get("code"))
    return {"recovery_codes": owning.new_recovery_codes(account)}


def _begin_passkey(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    owning.require_owner(account, payload.get("password"), payload.get("code"), or_fresh=True)
    return passkeys.registration_options(account)


def _add_passkey(payload: dict[str, Any]) -> dict[str, Any]:
    answer = payload["state"], payload["credential"], payload["name"]
    passkey, recovery_codes = passkeys.register(require_account(), *answer)
    reply: dict[str, Any] = contract.OwnPasskey().dump(_plain(passkey))
    return {**reply, "recovery_codes": recovery_codes}


def _rename(payload: dict[str, Any]) -> dict[str, Any]:
    passkeys.rename(require_account(), UUID(payload["passkey_id"]), payload["name"])
    return {}


def _remove_passkey(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    owning.require_owner(account, payload.get("password"), payload.get("code"))
    passkeys.remove(account, UUID(payload["passkey_id"]))
    return {}


def _plain(passkey: Passkey) -> dict[str, Any]:
    return {name: getattr(passkey, name) for name in ("id", "name", "created_at", "last_used_at")}


_OWN = "/me/second-factor"
_PASSKEY = f"{_OWN}/passkeys/<uuid:passkey_id>"

ROUTES = (
    Route("POST", "/sessions/second-factor", contract.finish_sign_in, 201, answer=_finish, limit=STEPS),
    Route("POST", "/sessions/passkey/options", contract.begin_passkey_sign_in, answer=_begin_sign_in, limit=STEPS),
    Route("POST", "/sessions/passkey", contract.sign_in_with_passkey, 201, answer=_sign_in, limit=STEPS),
    Route("GET", _OWN, contract.get_second_factor, answer=_state),
    Route("POST", f"{_OWN}/totp", contract.start_totp, answer=_start, limit=CHANGES),
    Route("POST", f"{_OWN}/totp/confirm", contract.confirm_totp, answer=_confirm, limit=CHANGES),
    Route("POST", f"{_OWN}/totp/remove", contract.remove_totp, 204, answer=_remove, limit=CHANGES),
    Route("POST", f"{_OWN}/recovery-codes", contract.renew_recovery_codes, answer=_renew, limit=CHANGES),
    Route("POST", f"{_OWN}/passkeys/options", contract.begin_passkey, answer=_begin_passkey, limit=CHANGES),
    Route("POST", f"{_OWN}/passkeys", contract.add_passkey, 201, answer=_add_passkey, limit=CHANGES),
    Route("PUT", _PASSKEY, contract.rename_passkey, 204, answer=_rename),
    Route("POST", f"{_PASSKEY}/remove", contract.remove_passkey, 204, answer=_remove_passkey, limit=CHANGES),
    Route("POST", "/accounts/second-factor/reset", contract.reset_second_factor, 204, answer=reset, limit=CHANGES),
)
