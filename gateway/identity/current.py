"""The signed-in account, read once per request from the bearer token or the session cookie."""

from __future__ import annotations

from flask import Flask, current_app, g, has_request_context, request

from gateway.identity.sessions import SessionReader, SignedIn
from services.chassis import clock
from services.chassis.errors import NotSignedIn
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import ANONYMOUS, Principal

COOKIE = "gonghui_session"
_READER = "gonghui_sessions"
_UNREAD = object()


def install(app: object, reader: SessionReader) -> None:
    """Attach the session reader to the app."""
    app.extensions[_READER] = reader  # type: ignore[attr-defined]


def current_account() -> SignedIn | None:
    """Return the signed-in account, or None."""
    _read()
    found: SignedIn | None = g.signed_in
    return found


def current_principal() -> Principal:
    """Return the principal of the request; anonymous without sign-in."""
    if not has_request_context():
        return ANONYMOUS
    account = current_account()
    return ANONYMOUS if account is None else account.principal


def current_context() -> CallContext:
    """Return a call context with the request's principal and correlation id."""
    return CallContext(principal=current_principal(), correlation_id=g.correlation_id)


def require_account() -> SignedIn:
    """Return the signed-in account. Raises `NotSignedIn`."""
    refuse_bad_token()
    account = current_account()
    if account is None:
        raise NotSignedIn("Sign in first.", rule="signed_in")
    return account


def refuse_bad_token() -> None:
    """Raise `NotSignedIn` when a bearer token was sent that is unknown, malformed or expired."""
    _read()
    if g.token_problem is not None:
        raise g.token_problem


def came_by_cookie() -> bool:
    """Whether the request is authenticated by the session cookie, which browsers send automatically."""
    return "Authorization" not in request.headers and COOKIE in request.cookies


def forget_current() -> None:
    """Read the account again, because this request opened or closed the session."""
    g.pop("signed_in", None)


def token_of_request() -> str | None:
    """Return the token that the request sent, unchecked."""
    header = request.headers.get("Authorization")
    return _bearer(header) if header is not None else request.cookies.get(COOKIE)


def account_of(token: str, app: Flask) -> SignedIn | None:
    """Return the account that is signed in with a token now, for an answer that outlasts its request's context."""
    found: SignedIn | None = app.extensions[_READER].who(token)
    return found if found is not None and found.expires_at > clock.now() and not found.must_enrol else None


def _read() -> None:
    if g.get("signed_in", _UNREAD) is not _UNREAD:
        return
    g.signed_in, g.token_problem = None, None
    header = request.headers.get("Authorization")
    token = token_of_request()
    found = current_app.extensions[_READER].who(token) if token else None
    if found is not None and found.expires_at > clock.now():
        g.signed_in = found
    elif header is not None:
        expired = found is not None
        g.token_problem = NotSignedIn(
            "The token has expired; sign in again." if expired else "The token is not valid.",
            code="token_expired" if expired else "token_invalid",
            field="Authorization",
            rule="token_is_valid",
        )


def _bearer(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and 20 <= len(token) <= 100 else None
