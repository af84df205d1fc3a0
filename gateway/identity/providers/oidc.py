"""Signing on by OpenID Connect: authorization code flow with PKCE, state and nonce.

Authlib builds the requests and checks the claims, joserfc the signatures; both ask nothing over the network themselves.
Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; RFC 7636; RFC 9207.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from gateway.identity.providers.attempts import Attempt, Identity
from gateway.identity.providers.configuration import Provider, return_address
from gateway.identity.providers.metadata import Metadata, answer_of, metadata_of, unusable
from gateway.identity.providers.tokens import id_token_claims
from services.chassis.errors import Problem, Refused

_CONTENT_TYPE = "application/x-www-form-urlencoded;charset=UTF-8"
_LONGEST_SUBJECT = 255
_LONGEST_STAFF_NUMBER = 30


def authorization_address(provider: Provider, attempt: Attempt) -> str:
    """Return where the browser goes to sign in at the provider. Raises `Unavailable` while it can't be reached."""
    return str(
        prepare_grant_uri(
            metadata_of(provider).authorization_endpoint,
            client_id=provider.client_id,
            response_type="code",
            redirect_uri=return_address(provider),
            scope=provider.scopes,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
    )


def identity_of(provider: Provider, attempt: Attempt, arguments: Mapping[str, str]) -> Identity:
    """Return who signed in, from the query with which the browser came back.

    Raises:
        Refused: the person cancelled, or the provider refused.
        Problem: the provider can't be reached, or its answer is not valid.
    """
    if arguments.get("iss", provider.issuer) != provider.issuer:
        raise unusable(provider, "another issuer answered")
    if "error" in arguments or not arguments.get("code"):
        raise _ended(arguments.get("error", ""))
    metadata = metadata_of(provider)
    tokens = _exchanged(provider, metadata, attempt, arguments["code"])
    claims = id_token_claims(provider, metadata, tokens, attempt.nonce)
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise unusable(provider, "a subject of the wrong form")
    sid = claims.get("sid")
    return Identity(
        provider=provider.key,
        issuer=provider.issuer,
        subject=subject,
        staff_number=_staff_number(provider, metadata, tokens, claims),
        session=sid if isinstance(sid, str) and sid else None,
        id_token=tokens["id_token"],
        second_factor=provider.vouches(claims.get(provider.second_factor_claim or "")),
    )


def as_staff_number(told: Any) -> str | None:
    """Return the staff number in the value of a claim; None unless it is one short text or number."""
    if isinstance(told, list) and len(told) == 1:
        told = told[0]
    if isinstance(told, bool) or not isinstance(told, str | int):
        return None
    text = str(told).strip()
    return text if 0 < len(text) <= _LONGEST_STAFF_NUMBER else None


def _exchanged(provider: Provider, metadata: Metadata, attempt: Attempt, code: str) -> dict[str, Any]:
    """Exchange the code for tokens."""
    body = prepare_token_request(
        "authorization_code", "", return_address(provider), code=code[:2000], code_verifier=attempt.verifier
    )
    auth = ClientAuth(provider.client_id, provider.secret, metadata.client_auth_method(provider))
    headers = {"Accept": "application/json", "Content-Type": _CONTENT_TYPE}
    address, headers, body = auth.prepare("POST", metadata.token_endpoint, headers, body)
    tokens = answer_of(provider, address, body=body, headers=headers)
    if not isinstance(tokens.get("id_token"), str):
        raise unusable(provider, "no ID token")
    return tokens


def _staff_number(
    provider: Provider, metadata: Metadata, tokens: Mapping[str, Any], claims: Mapping[str, Any]
) -> str | None:
    """Return the staff number, from the ID token or from the provider's record of the person."""
    claim = provider.staff_number_claim
    if claim is None:
        return None
    if claim in claims or metadata.userinfo_endpoint is None or not isinstance(tokens.get("access_token"), str):
        return as_staff_number(claims.get(claim))
    headers = {"Accept": "application/json", "Authorization": f"Bearer {tokens['access_token']}"}
    told = answer_of(provider, metadata.userinfo_endpoint, headers=headers)
    if told.get("sub") != claims["sub"]:
        raise unusable(provider, "a record of somebody else")
    return as_staff_number(told.get(claim))


def _ended(error: str) -> Problem:
    if error == "access_denied":
        return Refused("Signing in was cancelled.", rule="sign_on.is_not_cancelled")
    return Refused("The identity provider refused to sign in.", rule="sign_on.provider_agrees")


def sign_out_address(provider: Provider, id_token: str | None, back: str) -> str | None:
    """Return where the browser goes to sign out at the provider; None where it offers none or can't be reached.

    Source: OpenID Connect RP-Initiated Logout 1.0.
    """
    try:
        endpoint = metadata_of(provider).end_session_endpoint
    except Problem:
        return None
    if endpoint is None:
        return None
    hint = {"id_token_hint": id_token} if id_token else {}
    extra = {"client_id": provider.client_id, "post_logout_redirect_uri": back, **hint}
    return str(add_params_to_uri(endpoint, list(extra.items())))
