"""Security headers of all answers, and CSRF protection of forms.

Belongs here: headers, content security policy, CSRF, HEAD. Not: who is signed in (identity).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway.http.form_session import FormSession
from gateway.http.problems import ForgedForm
from gateway.identity.current import came_by_cookie
from services.chassis.process import logs
from services.chassis.process.settings import settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FROM_SERVERS = ("/api/", "/sign-on/")
"""Paths of programs and of identity providers, which have no forms; a request with a session cookie needs one."""
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
_OF_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
_PROVEN_BY_ADDRESS = "/unsubscribe/"
"""Addresses that are the proof themselves; mail programs send them without a form of ours (RFC 8058)."""
csrf = CSRFProtect()
log = logs.get_logger(__name__)


def install(app: Flask) -> None:
    """Install headers and CSRF protection."""
    app.config.update(
        SECRET_KEY=settings().secret_key or settings().signing_key,
        SESSION_COOKIE_NAME="gonghui_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings().secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings().secure_cookies,
    )
    app.session_interface = FormSession()
    csrf.init_app(app)
    app.before_request(_require_own_form)
    answer = _head_as_get(_with_headers(app.wsgi_app, fixed_headers()))
    app.wsgi_app = answer  # type: ignore[method-assign, assignment]
    if settings().trusted_proxies:
        hops = settings().trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    else:
        app.wsgi_app = _warning_of_proxies(app.wsgi_app)  # type: ignore[method-assign, assignment]


def _require_own_form() -> None:
    """Refuse changes that may come from another site's page with this browser's cookie."""
    if request.method in _SAFE_METHODS:
        return
    if request.path.startswith(_FROM_SERVERS) and not came_by_cookie():
        return
    if request.path.startswith(_PROVEN_BY_ADDRESS):
        return
    try:
        csrf.protect()
    except CSRFError as error:
        raise ForgedForm(
            "The form is no longer valid. Load the page again and repeat.",
            field="csrf_token",
            rule="csrf_token_is_valid",
            params={"reason": error.description},
        ) from None


def _warning_of_proxies(app: WSGIApplication) -> WSGIApplication:
    """Warn once about a proxy that is not configured: all clients seem to have its address."""
    told = False

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        nonlocal told
        if not told and any(header in environ for header in _OF_PROXIES):
            told = True
            log.warning("proxy_not_trusted", hint="set GONGHUI_TRUSTED_PROXIES to the number of proxies before us")
        return app(environ, start_response)

    return answer


def _head_as_get(app: WSGIApplication) -> WSGIApplication:
    """Answer HEAD as GET without body (RFC 9110, 9.3.2), so that views never see HEAD.

    Flask passes HEAD to all views with GET, and a view that shows a form only if the method is GET would treat HEAD as
    a submitted form. `gonghui.head` in the environment marks the request.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        if environ["REQUEST_METHOD"] != "HEAD":
            return app(environ, start_response)
        body = app({**environ, "REQUEST_METHOD": "GET", "gonghui.head": True}, start_response)
        close = getattr(body, "close", None)
        if close is not None:
            close()
        return []

    return answer


def fixed_headers() -> list[tuple[str, str]]:
    """Return the headers of all answers."""
    strict = [("Strict-Transport-Security", "max-age=31536000; includeSubDomains")] if settings().secure_cookies else []
    return [*_HEADERS.items(), *strict]


def _with_headers(app: WSGIApplication, fixed: list[tuple[str, str]]) -> WSGIApplication:
    """Add headers in WSGI, at a tenth of the cost of a Flask hook."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, headers + fixed, exc_info)

        return app(environ, start)

    return answer
