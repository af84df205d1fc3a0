"""Signed tokens of OpenID providers: ID tokens, and logout tokens sent from server to server.

Source: OpenID Connect Core 1.0, section 3.1.3.7; OpenID Connect Back-Channel Logout 1.0, section 2.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry, extract_compact

from gateway.identity.providers.configuration import Provider
from gateway.identity.providers.metadata import Metadata, keys_of, unusable
from services.chassis import clock

SKEW_SECONDS = 60
"""How far the clock of a provider may be off."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST_LOGOUT_SECONDS = 600
"""Age at which a logout token is refused if it names no end."""


def id_token_claims(provider: Provider, metadata: Metadata, tokens: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    """Return the claims of an ID token: signed by the provider, for this client, in force, for this attempt.

    Raises:
        Refused: they are not.
        Unavailable: the provider's keys can't be read.
    """
    token = _verified(provider, metadata, tokens["id_token"])
    params = {"nonce": nonce, "client_id": provider.client_id, "access_token": tokens.get("access_token")}
    claims = CodeIDToken(token.claims, token.header, _expected(provider), params)
    try:
        claims.validate(now=_now(), leeway=SKEW_SECONDS)
    except (JoseError, TypeError, ValueError) as error:
        raise unusable(provider, _reason(error)) from None
    return dict(claims)


def logout_claims(provider: Provider, metadata: Metadata, text: str) -> Mapping[str, Any]:
    """Return the claims of a logout token: signed by the provider, for this client, new, about a session or a person.

    Raises:
        Refused: they are not.
        Unavailable: the provider's keys can't be read.
    """
    token = _verified(provider, metadata, text)
    claims = token.claims
    events = claims.get("events")
    now, issued_at = _now(), claims.get("iat")
    checks = {
        "type": token.header.get("typ", "logout+jwt").lower() in ("logout+jwt", "jwt"),
        "issuer": claims.get("iss") == provider.issuer,
        "audience": provider.client_id in _as_list(claims.get("aud")),
        "iat": isinstance(issued_at, int | float) and now - OLDEST_LOGOUT_SECONDS <= issued_at <= now + SKEW_SECONDS,
        "exp": claims.get("exp") is None or _is_ahead(claims["exp"], now),
        "jti": isinstance(claims.get("jti"), str) and bool(claims["jti"]),
        "events": isinstance(events, dict) and isinstance(events.get(LOGOUT_EVENT), dict),
        "nonce": "nonce" not in claims,
        "whom": any(isinstance(claims.get(name), str) and claims[name] for name in ("sid", "sub")),
    }
    wrong = [name for name, holds in checks.items() if not holds]
    if wrong:
        raise unusable(provider, f"a logout token without valid {', '.join(wrong)}")
    return dict(claims)


def _verified(provider: Provider, metadata: Metadata, text: str) -> jwt.Token:
    if text.count(".") != 2:  # joserfc would also open an encrypted token
        raise unusable(provider, "a token that is not signed")
    registry = JWSRegistry(algorithms=list(provider.algorithms))
    for renew in (False, True):
        keys = _key_set(keys_of(provider, metadata, renew=renew))
        try:
            return jwt.decode(text, keys, algorithms=list(provider.algorithms), registry=registry)
        except (JoseError, ValueError, TypeError) as error:
            # A key the provider has begun to use since its keys were read; a wrong signature stays wrong.
            if renew or not _names_unknown_key(text, keys):
                raise unusable(provider, _reason(error)) from None
    raise AssertionError("the second try returns or raises")


def _key_set(told: Mapping[str, Any]) -> KeySet:
    """Return the usable keys: those for signatures, with a key pair; others may stand beside them."""
    found = []
    for row in told.get("keys") or [] if isinstance(told.get("keys"), list) else []:
        if isinstance(row, dict) and row.get("kty") != "oct" and row.get("use", "sig") == "sig":
            try:
                found.extend(KeySet.import_key_set({"keys": [row]}).keys)
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return KeySet(found)


def _names_unknown_key(text: str, keys: KeySet) -> bool:
    try:
        kid = extract_compact(text.encode()).headers().get("kid")
    except (JoseError, ValueError, TypeError):
        return False
    return not any(key.kid == kid for key in keys.keys) or not keys.keys


def _expected(provider: Provider) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }


def _is_ahead(moment: Any, now: int) -> bool:
    return isinstance(moment, int | float) and moment > now - SKEW_SECONDS


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _now() -> int:
    return int(clock.now().timestamp())


def _reason(error: Exception) -> str:
    """Return why a token was refused, without anything of its content."""
    return f"a token that is not valid: {getattr(error, 'error', type(error).__name__)}"
