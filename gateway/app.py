"""The Flask application: API, portal, and processing common to all requests. `create_app` assembles it.

Belongs here: assembly, correlation ids, the body limit. Nothing about a subject.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, jsonify, request
from werkzeug.routing import IntegerConverter

from gateway import portal, runtime, subject
from gateway.http import asyncapi, browser_security, compression, event_schemas, rate_limits, unlinked
from gateway.http.files import body_limit
from gateway.http.openapi import make_api
from gateway.http.problems import TooLarge, answer_problem, methods_here
from gateway.http.request_parsing import BODY_LIMIT
from gateway.http.routes import add_routes
from gateway.identity import current, last_seen, new_password
from gateway.identity.factors import requiring
from gateway.identity.providers.configuration import providers
from gateway.identity.sessions import SessionReader
from gateway.live.hub import HUB
from gateway.read_models import viewer_summary
from gateway.rpc import activity_checks, registration_batches, viewer_name, vote_batches
from gateway.runtime import Caller, Gateway
from gateway.subject import Subjects
from gateway.subjects import SUBJECTS
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.chassis.process import logs, metrics, tracing

_CORRELATION_ID = re.compile(r"\A[A-Za-z0-9._-]{8,64}\Z")
_TRACEPARENT = re.compile(r"\A[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\Z")


class _Gateway(Flask):
    """Flask without the check for coroutine views, which it makes several times per request; there are none."""

    def make_default_options_response(self) -> Response:
        """Answer OPTIONS with the methods of the most specific path only."""
        response: Response = super().make_default_options_response()
        own = methods_here()
        if own:
            response.headers["Allow"] = ", ".join(sorted(own))
        return response

    def end_streams(self) -> None:
        """End all streams of server-sent events; their readers reconnect, to another replica."""
        HUB.close()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


class _WholeNumber(IntegerConverter):
    """A number in a path, of the digits 0 to 9; werkzeug's own converter accepts those of every script."""

    regex = "[0-9]+"


def create_app(
    database: Database, client: Caller, *, with_portal: bool = True, subjects: Subjects = SUBJECTS
) -> _Gateway:
    """Return the WSGI application of one gateway process.

    Args:
        database: the gateway's own database, migrated.
        client: the RPC client of the container.
        with_portal: whether pages are served beside the API.
        subjects: what the app consists of.
    """
    providers()  # a list that is not valid ends the start, not a sign-in
    app = _Gateway("gateway", static_folder=None)
    # A path with two slashes is no path of ours; werkzeug would redirect it to whatever the Host header names.
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.url_map.converters["int"] = _WholeNumber
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    equip(app, Gateway(client=client, database=database))
    app.before_request(_begin)
    browser_security.install(app)
    compression.install(app)
    rate_limits.install(app)
    last_seen.install(app)
    new_password.install(app)
    requiring.install(app)
    subject.install(app, subjects)
    app.register_error_handler(Exception, answer_problem)
    app.after_request(_end)
    app.teardown_request(_close_span)
    app.add_url_rule("/healthz", "healthz", _healthz)
    add_routes(make_api(app), subjects)
    event_schemas.install(app)
    asyncapi.install(app)
    if with_portal:
        portal.init_app(app)
    return app


def equip(app: Flask, gateway: Gateway) -> None:
    """Attach the objects that requests use to the app."""
    runtime.install(app, gateway)
    current.install(app, SessionReader(gateway))
    registration_batches.install(app, gateway)
    vote_batches.install(app, gateway)
    viewer_summary.install(app, gateway)
    viewer_name.install(app, gateway)
    activity_checks.install(app, gateway)


def _begin() -> None:
    """Set the request's correlation id, and refuse oversized bodies without reading them."""
    current.forget_current()
    environ = request.environ
    if unlinked.is_unlinked():
        unlinked.drop_senders(environ)
    given = environ.get("HTTP_X_CORRELATION_ID")
    g.correlation_id = given if given and _CORRELATION_ID.match(given) else str(uuid7())
    traceparent = environ.get("HTTP_TRACEPARENT")
    g.traceparent = traceparent if traceparent and _TRACEPARENT.match(traceparent) else None
    g.begun = time.perf_counter()
    if tracing.enabled() and not unlinked.is_unlinked():
        g.span = tracing.span(f"{request.method} {_pattern()}", g.traceparent, correlation_id=g.correlation_id)
        g.traceparent = g.span.__enter__().traceparent
    if environ["REQUEST_METHOD"] == "GET" and not environ.get("CONTENT_LENGTH"):
        return
    limit = body_limit()
    request.max_content_length = limit
    if request.content_length is not None and request.content_length > limit:
        raise TooLarge(f"A body may have {limit} bytes at most.", params={"limit": limit})


def _end(response: Response) -> Response:
    headers = response.headers
    headers["X-Correlation-Id"] = g.get("correlation_id", "")
    # Pages contain personal data: by default nothing is cached, also because computers are shared.
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    if "begun" in g:
        seconds = time.perf_counter() - g.begun
        metrics.http(request.method, _pattern(), response.status_code, seconds)
        if not unlinked.is_unlinked():
            _log_access(response, seconds)
    return response


def _log_access(response: Response, seconds: float) -> None:
    """Log a line for each request: its route, never its path or query, which may contain a name or a token."""
    logs.write_lean(
        "access",
        method="HEAD" if "gonghui.head" in request.environ else request.method,
        route=_pattern(),
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        correlation_id=g.correlation_id,
    )


def _close_span(_error: BaseException | None) -> None:
    span = g.pop("span", None)
    if span is not None:
        span.__exit__(None, None, None)


def _pattern() -> str:
    """Return the pattern of the request's path, one label for all that match none."""
    return request.url_rule.rule if request.url_rule is not None else "unknown"


def _healthz() -> Response:
    """Say that this process answers; the ops port also checks the servers."""
    response = jsonify(status="ok", service="gateway")
    response.headers["Cache-Control"] = "no-store"
    return response
