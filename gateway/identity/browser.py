"""Sessions of browsers: the token is in a cookie that scripts can't read and other sites can't use."""

from __future__ import annotations

from typing import Any

from flask import session as form_session

from gateway.identity import sessions
from gateway.identity.accounts import normal_username
from gateway.identity.current import COOKIE, current_account, forget_current
from gateway.identity.devices import remember_device
from gateway.identity.sign_in import OpenedSession, sign_in
from gateway.runtime import gateway
from services.chassis.process.settings import settings


def start_browser_session(response: Any, username: str, password: str) -> OpenedSession:
    """Sign a browser in: check the password, open a session, set its cookie on the response.

    Raises:
        TooMany: too many failed attempts.
        NotSignedIn: the name or the password is wrong.
    """
    opened = sign_in(username, password, "browser")
    keep_session(response, opened)
    remember_device(response, normal_username(username))
    return opened


def keep_session(response: Any, opened: OpenedSession) -> None:
    """Set the cookie of a session that was opened for this browser."""
    _drop_form_secrets()
    forget_current()
    response.set_cookie(
        COOKIE,
        opened.token,
        expires=opened.expires_at,
        httponly=True,
        secure=settings().secure_cookies,
        samesite="Lax",
        path="/",
    )


def end_browser_session(response: Any) -> None:
    """Sign a browser out: close the session, remove its cookie."""
    account = current_account()
    if account is not None:
        with gateway().transaction() as tx:
            sessions.close_session(tx, account.account_id, account.session_id)
    _drop_form_secrets()
    forget_current()
    response.delete_cookie(COOKIE, path="/", httponly=True, secure=settings().secure_cookies, samesite="Lax")


def _drop_form_secrets() -> None:
    """Drop the CSRF secret of the previous session in this browser."""
    form_session.pop("csrf_token", None)
