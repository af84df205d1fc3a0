"""Sessions of browsers: the token is in a cookie that scripts can't read and other sites can't use."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask import session as form_session

from gateway.identity import sessions
from gateway.identity.accounts import normal_username
from gateway.identity.current import COOKIE, current_account, forget_current
from gateway.identity.devices import remember_device
from gateway.identity.factors.pending import VALID, SecondFactorNeeded
from gateway.identity.sign_in import OpenedSession, sign_in
from gateway.runtime import gateway
from services.chassis.process.settings import settings

WAITING_COOKIE = "gonghui_second_step"


def start_browser_session(response: Any, username: str, password: str) -> OpenedSession | None:
    """Sign a browser in: check the password, open a session, set its cookie on the response.

    Where the account has a second factor, no session is opened: the response leads to the second step instead, and
    None is returned.

    Raises:
        TooMany: too many failed attempts.
        NotSignedIn: the name or the password is wrong.
    """
    opened = None
    try:
        opened = sign_in(username, password, "browser")
        keep_session(response, opened)
    except SecondFactorNeeded as needed:
        let_wait(response, needed)
    remember_device(response, normal_username(username))
    return opened


def let_wait(response: Any, needed: SecondFactorNeeded) -> None:
    """Lead a response to the second step, from there on to where it led, and keep the token of the sign-in."""
    response.headers["Location"] = url_for("portal.second_step", next=response.headers.get("Location"))
    response.set_cookie(
        WAITING_COOKIE,
        needed.token,
        max_age=int(VALID.total_seconds()),
        httponly=True,
        secure=settings().secure_cookies,
        samesite="Lax",
        path="/",
    )


def waiting_token() -> str:
    """Return the token of the sign-in that waits in this browser; empty where none does."""
    return request.cookies.get(WAITING_COOKIE, "")


def forget_waiting(response: Any) -> None:
    """Remove the token of a sign-in that is over."""
    response.delete_cookie(WAITING_COOKIE, path="/", httponly=True, secure=settings().secure_cookies, samesite="Lax")


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
