"""What passkeys are bound to: the union's own address, and a challenge that is used once.

A challenge has no row: it is in a signed state that the browser sends back, with what it is for. Its use is noted.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from gateway.identity.providers.attempts import spend
from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.chassis.process.settings import settings

VALID = timedelta(minutes=10)
SIGN_IN = "sign in"
"""The purpose of a challenge for signing in without a user name."""
_BYTES = 32


def is_offered() -> bool:
    """Whether passkeys can be used: browsers want a name, not a number, and https except on the machine itself."""
    parts = urlsplit(settings().public_url)
    host = parts.hostname or ""
    with suppress(ValueError):
        ip_address(host)
        return False
    return bool(host) and (parts.scheme == "https" or host == "localhost")


def second_step_of(token_hash: str) -> str:
    """Return the purpose of a challenge for a sign-in that waits."""
    return f"second step {token_hash}"


def begun(purpose: str, options: Callable[[bytes], Any]) -> dict[str, Any]:
    """Return the state, and what `options(challenge)` returns as JSON. Raises `Refused` where none are offered."""
    from webauthn import options_to_json

    if not is_offered():
        raise Refused("Passkeys are not offered here.", rule="passkey.is_offered")
    challenge = secrets.token_bytes(_BYTES)
    until = (clock.now() + VALID).timestamp()
    state = _signer().dumps({"challenge": challenge.hex(), "for": purpose, "until": until})
    return {"state": state, "options": json.loads(options_to_json(options(challenge)))}


def challenge_of(state: str, purpose: str) -> bytes:
    """Return the challenge of a state. Raises `Refused` when it is too old, not ours, or made for something else."""
    try:
        told = _signer().loads(state[:2000])
    except BadData:
        raise _too_late() from None
    if told["until"] <= clock.now().timestamp() or not hmac.compare_digest(told["for"], purpose):
        raise _too_late()
    return bytes.fromhex(told["challenge"])


def use_up(tx: Transaction, challenge: bytes) -> None:
    """Note that a challenge was used. Raises `Refused` when it was used before."""
    if not spend(tx, "passkey challenge", challenge.hex(), VALID):
        raise _too_late()


def rp_id() -> str:
    """Return the name that passkeys are bound to: the host of the union's public address."""
    return urlsplit(settings().public_url).hostname or ""


def origin() -> str:
    """Return the origin as browsers write it: without the scheme's own port."""
    parts = urlsplit(settings().public_url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="gonghui passkey")


def _too_late() -> Refused:
    return Refused("This took too long, or was done before. Begin again.", rule="passkey.is_in_time", field="state")
