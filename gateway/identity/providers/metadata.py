"""What an OpenID provider publishes of itself: its endpoints and its keys, kept for an hour.

Source: OpenID Connect Discovery 1.0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.identity.providers.configuration import Provider, is_safe
from gateway.rpc.caching import MicroCache
from services.chassis.errors import Refused, Unavailable
from services.chassis.process import logs
from services.chassis.web import fetching

DEADLINE = 8.0
"""Seconds for one answer of a provider."""
KEPT_SECONDS = 3600
FEWEST_SECONDS_BETWEEN_KEYS = 60
"""Seconds before the keys are asked for again because a token names an unknown one."""
_LARGEST = 500_000

log = logs.get_logger(__name__)


@dataclass(frozen=True)
class Metadata:
    """The endpoints of a provider; the optional ones may be missing."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    auth_methods: tuple[str, ...] = ("client_secret_basic",)

    def client_auth_method(self, provider: Provider) -> str:
        """Return how the client identifies itself at the token endpoint."""
        if provider.secret is None:
            return "none"
        return "client_secret_basic" if "client_secret_basic" in self.auth_methods else "client_secret_post"


_metadata: MicroCache[str, Metadata] = MicroCache(seconds=KEPT_SECONDS)
_keys: MicroCache[str, Mapping[str, Any]] = MicroCache(seconds=KEPT_SECONDS)
_renewed: MicroCache[str, bool] = MicroCache(seconds=FEWEST_SECONDS_BETWEEN_KEYS)


def metadata_of(provider: Provider) -> Metadata:
    """Return a provider's endpoints. Raises `Unavailable` or `Refused`."""
    return _metadata.get(provider.issuer, lambda: _discovered(provider))


def keys_of(provider: Provider, metadata: Metadata, *, renew: bool = False) -> Mapping[str, Any]:
    """Return a provider's key set (RFC 7517).

    Args:
        provider: whose.
        metadata: its endpoints.
        renew: ask again, because a token names a key that is not among those kept; at most once a minute.

    Raises:
        Problem: the provider can't be reached, or its answer is not valid.
    """
    if renew and _renewed.peek(provider.issuer) is None:
        _renewed.put(provider.issuer, True)
        _keys.forget(provider.issuer)
    return _keys.get(provider.issuer, lambda: answer_of(provider, metadata.jwks_uri))


def answer_of(
    provider: Provider, address: str, *, body: str | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a provider's answer, a JSON object.

    Raises:
        Unavailable: it can't be reached, is too slow or has a fault.
        Refused: it refused, or its answer is none.
    """
    accepted = {"Accept": "application/json", **(headers or {})}
    try:
        answer = fetching.fetch(address, seconds=DEADLINE, largest=_LARGEST, body=body, headers=accepted)
    except fetching.TooLarge:
        raise unusable(provider, "an answer that is too large") from None
    except fetching.NotAnswered as error:
        raise away(provider, str(error)) from None
    if answer.status >= 500:
        raise away(provider, f"answered {answer.status}")
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise unusable(provider, "an answer that is no JSON") from None
    if answer.status != 200 or not isinstance(told, dict):
        raise unusable(provider, f"status {answer.status}")
    return told


def away(provider: Provider, why: str) -> Unavailable:
    """Return the problem of a provider that does not answer; it is logged."""
    log.warning("sign_on_provider", provider=provider.key, outcome="away", why=why)
    return Unavailable(
        "The identity provider does not answer.", code="identity_provider_away", rule="sign_on.provider_answers"
    )


def unusable(provider: Provider, why: str) -> Refused:
    """Return the problem of an answer that can't be trusted; the reason is logged and not told."""
    log.warning("sign_on_provider", provider=provider.key, outcome="unusable", why=why)
    return Refused("The identity provider's answer is not valid.", rule="sign_on.answer_is_valid")


def _discovered(provider: Provider) -> Metadata:
    told = answer_of(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise unusable(provider, "metadata of another issuer")
    needed = {name: told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    offered = {name: told.get(name) for name in ("userinfo_endpoint", "end_session_endpoint") if told.get(name)}
    endpoints: dict[str, Any] = {**needed, **offered}
    bad = [name for name, address in endpoints.items() if not isinstance(address, str) or not is_safe(address)]
    if bad:
        raise unusable(provider, f"no usable {', '.join(bad)}")
    methods = told.get("token_endpoint_auth_methods_supported")
    if isinstance(methods, list):
        endpoints["auth_methods"] = tuple(str(method) for method in methods)
    return Metadata(**endpoints)
