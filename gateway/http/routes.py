"""A route binds a method and a path to an operation; one function creates the view for it.

Belongs here: the steps between HTTP and RPC, the same for all operations. `gateway.subjects` has the routes,
`gateway.http.openapi` describes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import flask
from flask import Response, current_app, request
from flask_smorest import Blueprint

from gateway.http import openapi
from gateway.http.etags import apply_if_match, etag_of, is_fresh
from gateway.http.files import body_limit, file_response, is_multipart, read_parts, takes_file
from gateway.http.openapi import GonghuiApi
from gateway.http.rate_limits import require_below
from gateway.http.request_parsing import check, mistyped_in, read_body, read_query
from gateway.identity.current import current_principal, refuse_bad_token
from gateway.identity.programs import note_current_use
from gateway.rpc.calls import call
from gateway.subject import Subject
from services.chassis.errors import InvalidInput
from services.chassis.input_codes import OF_SCHEMA
from services.chassis.input_errors import InputError
from services.chassis.json_bytes import encode
from services.chassis.schema import Operation
from services.chassis.security.principal import authorise

_PREFIX = "/api/v1"
_PATH_NAME = re.compile(r"<(?:\w+:)?(\w+)>")
_KEY_FORM = InputError("input.wrong_form", "1 to 100 visible ASCII characters.")
_KEY = re.compile(r"\A[\x21-\x7e]{1,100}\Z")


@dataclass(frozen=True)
class Rendered:
    """An answer with cached bytes, because it is the same for all readers."""

    body: bytes
    etag: str
    next_cursor: str | None = None


Reply = dict[str, Any] | Rendered | Response


@dataclass(frozen=True)
class Route:
    """One method on one path.

    Args:
        method: GET for queries; POST, PUT, PATCH or DELETE for commands.
        path: below /api/v1, with `<uuid:name>` for fields of the request that are in the path.
        operation: its schemas, roles and summary describe the route.
        status: of a successful answer.
        location: address of the new resource, a format string over the reply, for 201.
        answer: answers in the gateway itself instead of calling a service; gets the payload in JSON form.
        fixed: values of the request that the path implies.
        limit: a lower rate limit than the default, such as "10/minute".
        upload: largest size of the request's file, as base64 in JSON or as the part `file` of a form; 0 for none.
        download: the reply is a file (`FileContent`) and is answered as its bytes.
        stream: `answer` returns a response that goes on, of server-sent events.
    """

    method: str
    path: str
    operation: Operation
    status: int = 200
    location: str | None = None
    answer: Callable[[dict[str, Any]], Reply] | None = None
    fixed: dict[str, Any] = field(default_factory=dict)
    limit: str | None = None
    upload: int = 0
    download: bool = False
    stream: bool = False

    @property
    def path_names(self) -> tuple[str, ...]:
        """Fields of the request that are in the path."""
        return tuple(_PATH_NAME.findall(self.path))

    @property
    def bound(self) -> frozenset[str]:
        """Fields of the request that are not allowed in body or query."""
        return frozenset((*self.path_names, *self.fixed))

    @property
    def reads_query(self) -> bool:
        """Whether the payload comes from the query string."""
        return self.method == "GET"


def answered_by(answer: Callable[[Operation, dict[str, Any]], Reply]) -> Callable[..., Route]:
    """Return what makes routes like `Route`; operations of the gateway itself are answered by this function."""

    def route(method: str, path: str, operation: Operation, status: int = 200, **parts: Any) -> Route:
        own = partial(answer, operation) if operation.service == "gateway" else None
        return Route(method, path, operation, status, answer=own, **parts)

    return route


def add_routes(api: GonghuiApi, subjects: Iterable[Subject]) -> None:
    """Add the routes of all subjects to the app, and to its document, which is written when it is asked for."""
    for subject in subjects:
        if subject.routes:
            api.app.register_blueprint(blueprint(subject.name, subject.routes))
            api.describe_later(partial(_described, subject))


def blueprint(name: str, routes: Iterable[Route]) -> flask.Blueprint:
    """Return the blueprint of a table of routes, with the views that answer them."""
    made = flask.Blueprint(name, __name__, url_prefix=_PREFIX)
    for endpoint, route in _by_endpoint(routes):
        made.add_url_rule(route.path, endpoint, view_of(route), methods=[route.method])
    return made


def _described(subject: Subject) -> Blueprint:
    """Return a subject's routes with their descriptions, for the document only."""
    made = Blueprint(subject.name, __name__, url_prefix=_PREFIX, description=subject.description or "")
    for endpoint, route in _by_endpoint(subject.routes):
        made.add_url_rule(route.path, endpoint, _view_that_tells_of(route), methods=[route.method])
    return made


def _by_endpoint(routes: Iterable[Route]) -> Iterator[tuple[str, Route]]:
    known: set[str] = set()
    for route in routes:
        endpoint = route.operation.name if route.answer is None else f"{route.method.lower()}_{route.operation.name}"
        if endpoint in known:  # operations that every service has have the same name in each
            endpoint = f"{route.operation.service}_{endpoint}"
        known.add(endpoint)
        yield endpoint, route


def _view_that_tells_of(route: Route) -> Callable[..., Response]:
    """Return a view that nobody calls: flask-smorest reads the description from it."""

    def view(**_path: Any) -> Response:
        raise AssertionError("a view of the document only")

    view.__doc__ = route.operation.doc
    view._apidoc = {"manual_doc": openapi.describe(route)}  # type: ignore[attr-defined]
    return view


def view_of(route: Route) -> Callable[..., Response]:
    """Return the view of a route."""

    def view(**path: Any) -> Response:
        refuse_bad_token()
        if route.limit is not None:
            require_below(route.limit, route.operation.name)
        authorise(current_principal(), route.operation)
        note_current_use()
        payload = read_payload(route, path)
        return respond(route, carry_out(route, payload))

    view.__name__ = route.operation.name
    view.__doc__ = route.operation.doc
    view.unlinked = route.operation.unlinked  # type: ignore[attr-defined]
    return takes_file(route.upload)(view) if route.upload else view


def carry_out(route: Route, payload: dict[str, Any]) -> Reply:
    """Answer in the gateway if the route has `answer`, else call the owning service."""
    if route.answer is not None:
        return route.answer(payload)
    return forward(route.operation, payload)


def forward(operation: Operation, payload: dict[str, Any]) -> dict[str, Any]:
    """Call the owning service; a command that may be joined to its caller takes the request's Idempotency-Key along.

    Raises:
        InvalidInput: the key has the wrong form.
        Problem: the service's answer.
    """
    keyed = operation.kind == "command" and not operation.unlinked
    return call(operation, payload, idempotency_key=idempotency_key() if keyed else None)


def read_payload(route: Route, path: dict[str, Any]) -> dict[str, Any]:
    """Return the checked request of the operation in JSON form, from path and body or query.

    Raises:
        Problem: the input is not valid; names the field.
    """
    schema = route.operation.request_schema
    in_parts = bool(route.upload) and is_multipart()
    given = read_parts() if in_parts else read_query(request, schema) if route.reads_query else _body()
    forbidden = sorted(route.bound & given.keys())
    if forbidden:
        raise InvalidInput(errors={name: [OF_SCHEMA["unknown"]] for name in forbidden})
    bound = {name: str(value) if isinstance(value, UUID) else value for name, value in path.items()}
    payload = {**given, **bound, **route.fixed}
    if not route.reads_query:
        apply_if_match(route.operation, payload)
        check(schema, payload, None if in_parts else mistyped_in(schema, given))
        return payload
    loaded = check(schema, payload)
    return {name: value for name, value in schema.dump(loaded).items() if value is not None}


def _body() -> dict[str, Any]:
    return read_body(request, body_limit())


def idempotency_key() -> str | None:
    """Return the request's Idempotency-Key. Raises `InvalidInput` when it has the wrong form."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.match(key):
        raise InvalidInput(errors={"Idempotency-Key": [_KEY_FORM]})
    return key


def respond(route: Route, reply: Reply) -> Response:
    """Return the HTTP answer of a reply: status, ETag, Location, Link."""
    if isinstance(reply, Response):
        return reply
    if route.download and isinstance(reply, dict):
        return file_response(reply)
    rendered = reply if isinstance(reply, Rendered) else None
    body = rendered.body if rendered else encode(reply)
    response: Response = current_app.response_class(body, status=route.status, mimetype="application/json")
    if route.status == 204:
        response.set_data(b"")
    if route.reads_query:
        _validate(response, rendered.etag if rendered else etag_of(body, reply))
    else:
        response.headers["Cache-Control"] = "no-store"
        if isinstance(reply, dict) and isinstance(reply.get("version"), int):
            response.headers["ETag"] = etag_of(body, reply)
    cursor = rendered.next_cursor if rendered else reply.get("next_cursor") if isinstance(reply, dict) else None
    if cursor:
        response.headers["Link"] = f'<{_next_page(cursor)}>; rel="next"'
    if route.location is not None and isinstance(reply, dict):
        response.headers["Location"] = _PREFIX + route.location.format(**reply)
    return response


def _validate(response: Response, etag: str) -> None:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization, Cookie"
    if is_fresh(etag):
        response.status_code = 304
        response.set_data(b"")
        del response.headers["Content-Type"]


def _next_page(cursor: str) -> str:
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return f"{request.path}?{urlencode([*pairs, ('cursor', cursor)])}"


def render(reply: dict[str, Any]) -> Rendered:
    """Serialise an answer that is the same for all readers."""
    body = encode(reply)
    return Rendered(body, etag_of(body, reply), reply.get("next_cursor"))
