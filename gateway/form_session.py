"""Flask's session cookie, which holds the CSRF token and flashed messages only, with its signer made once."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class FormSession(SecureCookieSessionInterface):
    """Flask's own makes a signer for every request, which costs a tenth of what a page from memory does."""

    def __init__(self) -> None:
        self._made: tuple[str | bytes | None, URLSafeTimedSerializer | None] | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        key = app.secret_key
        if self._made is None or self._made[0] != key:
            self._made = key, super().get_signing_serializer(app)
        return self._made[1]
