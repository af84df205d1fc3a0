"""Devices that signed in before: a signed cookie that distinguishes a browser from others with the same address.

It lets its owner sign in while others guess passwords for the same name from the same address. It is no session: the
password is still required, and failures are counted for the device. Source: OWASP, "device cookies".
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from services.chassis.process.settings import settings
from services.chassis.security.encryption import blind_index

COOKIE = "gonghui_device"
KEPT_SECONDS = 180 * 24 * 3600
MOST_NAMES = 8
"""User names stored per device; the newest are kept."""


def known_device(username: str) -> str | None:
    """Return the id of the device if this user name has signed in from it before."""
    found = _read()
    return found["id"] if _mark(username) in found["names"] else None


def remember_device(response: Any, username: str) -> None:
    """Set the cookie that proves that this user name has signed in from this browser."""
    found = _read()
    mark = _mark(username)
    names = [mark, *(name for name in found["names"] if name != mark)][:MOST_NAMES]
    response.set_cookie(
        COOKIE,
        _signer().dumps({"id": found["id"], "names": names}),
        max_age=KEPT_SECONDS,
        httponly=True,
        secure=settings().secure_cookies,
        samesite="Lax",
        path="/",
    )


def _read() -> dict[str, Any]:
    try:
        found: dict[str, Any] = _signer().loads(request.cookies.get(COOKIE, ""), max_age=KEPT_SECONDS)
    except BadData:
        return {"id": secrets.token_urlsafe(12), "names": []}
    return found


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="gonghui device")


def _mark(username: str) -> str:
    return blind_index(username, scope="device")[:16]
