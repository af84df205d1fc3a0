"""The OpenAPI 3.1 document: descriptions of routes, and settings of the document.

Everything is derived from operations and routes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from apispec.ext.marshmallow import MarshmallowPlugin
from eventlet.semaphore import Semaphore
from flask import Flask, Response, current_app, request
from flask_smorest import Api, Blueprint
from marshmallow import RAISE, Schema, fields

from gateway.http.etags import etag_of, is_fresh
from gateway.http.files import PART
from gateway.http.problems import KINDS, MEDIA_TYPE, ProblemDocument
from services.chassis.process.native_threads import in_native_thread
from services.chassis.schema import ACCOUNT, PROGRAM, PUBLIC, SCOPE, SYSTEM, Operation
from services.chassis.text_fields import IS_PLAIN, TextLength

if TYPE_CHECKING:
    from gateway.http.routes import Route

_DESCRIPTION = """\
The HTTP interface of Gonghui, which runs the work of a university trade union.

Errors are problem documents after RFC 9457: `rule` names the rule that said no, `errors` the fields at fault.
Lists are pages by cursor: pass `next_cursor` as `cursor`, or follow the `Link` header. Commands of the services take an
`Idempotency-Key`; a repeat then answers the same. Those the gateway carries out itself (sessions, accounts, programs,
jobs) don't, and name no such parameter. Answers carry an `ETag`; send it as `If-None-Match` to save the answer, or as
`If-Match` to change only what you have read.
"""

_SIGNED_IN: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}]
_PAGE_HINT = {"schema": {"type": "string"}, "description": "The next page, where there is one."}
_ETAG_HINT = {"schema": {"type": "string"}, "description": "Version of the answer."}
_LOCATION_HINT = {"schema": {"type": "string", "format": "uri-reference"}, "description": "The new resource."}
_IDEMPOTENCY_KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
    "description": "Makes a repeat of this command answer the same and change nothing.",
}  # fmt: skip
_IF_MATCH = {
    "in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"},
    "description": "ETag of what was read; another version in store is refused with 412.",
}  # fmt: skip
_IF_NONE_MATCH = {
    "in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"},
    "description": "ETag of an answer at hand; 304 when it still stands.",
}  # fmt: skip

API_VERSION = "1.0.0"
"""Version of the HTTP interface, not of the program."""

_AMOUNT = r"^-?\d{1,12}(\.\d{1,2})?$"
_BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}
_OF_A_FILE = ("name", "media_type", "content")
_ALWAYS = (400, 404, 409, 422, 429, 500, 503, 504)
_COMMAND = (412, 413, 415)


def describe(route: Route) -> dict[str, Any]:
    """Return the OpenAPI operation of a route; schema classes in it become references later."""
    operation = route.operation
    described: dict[str, Any] = {
        "operationId": operation.name if operation.service == "gateway" else operation.id.replace(".", "_"),
        "summary": operation.doc,
        "description": _roles_of(operation),
        "security": [{}, *_SIGNED_IN] if PUBLIC in operation.allow else _SIGNED_IN,
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if not route.reads_query:
        body = body_schema(route)
        if body is not None:
            required = any(item.required for item in body().fields.values())
            content: dict[str, Any] = {"application/json": {"schema": body}}
            if route.upload:
                content["multipart/form-data"] = {"schema": _parts_schema(body)}
            described["requestBody"] = {"required": required, "content": content}
    return described


def body_schema(route: Route) -> type[Schema] | None:
    """Return the schema of a route's body: the request without the fields in the path; None when nothing is left."""
    request_class = route.operation.request
    left = [name for name in request_class().fields if name not in route.bound]
    if not left:
        return None
    if not route.bound:
        return request_class
    meta = type("Meta", (), {"unknown": RAISE, "exclude": tuple(sorted(route.bound & set(request_class().fields)))})
    return _body_class(request_class, meta, route.bound)


def _body_class(request_class: type[Schema], meta: Any, bound: frozenset[str]) -> type[Schema]:
    """Cached, because operations that every service has share their request."""
    key = (request_class, bound)
    if key not in _bodies:
        told = {"Meta": meta, "__module__": request_class.__module__, "__doc__": request_class.__doc__}
        _bodies[key] = type(f"{request_class.__name__}Body", (request_class,), told)
    return _bodies[key]


def _parts_schema(body: type[Schema]) -> dict[str, Any]:
    """Return the schema of a multipart body: the file, and the other fields as text."""
    fields_beside = {name: {"type": "string"} for name in body().fields if name not in _OF_A_FILE}
    required = [PART, *(name for name in fields_beside if body().fields[name].required)]
    return {"type": "object", "properties": {PART: _BYTES, **fields_beside}, "required": required}


def _parameters(route: Route) -> list[Any]:
    if not route.reads_query:
        taken = [_IDEMPOTENCY_KEY] if route.operation.kind == "command" and route.operation.service != "gateway" else []
        return [*taken, _IF_MATCH] if "version" in route.operation.request_schema.fields else taken
    schema = body_schema(route)
    return [_IF_NONE_MATCH] if schema is None else [{"in": "query", "schema": schema}, _IF_NONE_MATCH]


def _responses(route: Route) -> dict[str, Any]:
    operation = route.operation
    good: dict[str, Any] = {"description": "Done." if operation.kind == "command" else "Found."}
    if route.download:
        good["content"] = {"*/*": {}}  # no schema: one of strings would be wrong for a file that is itself JSON
    elif route.stream:
        good["content"] = {"text/event-stream": {"schema": operation.reply}}
    elif route.status != 204:
        good["content"] = {"application/json": {"schema": operation.reply}}
    headers = {"ETag": _ETAG_HINT} if route.reads_query and not route.download and not route.stream else {}
    if "next_cursor" in operation.reply_schema.fields:
        headers["Link"] = _PAGE_HINT
    if route.location is not None:
        headers["Location"] = _LOCATION_HINT
    if headers:
        good["headers"] = headers
    statuses = [*_ALWAYS, *(() if route.reads_query else _COMMAND)]
    statuses += [401] if PUBLIC in operation.allow else [401, 403]
    answers = {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(statuses)}
    if route.reads_query:
        answers["304"] = {"description": "The answer at hand still stands."}
    return {str(route.status): good, **answers}


def _roles_of(operation: Operation) -> str:
    if PUBLIC in operation.allow:
        return "Open to anyone."
    if ACCOUNT in operation.allow:
        return "For any signed-in account."
    roles = sorted(operation.allow - {SYSTEM, PROGRAM})
    scopes = [name for name in roles if SCOPE.match(name)]
    if scopes == roles:
        return "For programs with the scope: " + ", ".join(scopes) + "."
    return "For the roles: " + ", ".join(roles) + "."


_bodies: dict[tuple[type[Schema], frozenset[str]], type[Schema]] = {}


def component_name(schema: Any) -> str:
    """Return the name of a schema in the document: `service.Name`, so that services can use the same words."""
    found: Any = schema if isinstance(schema, type) else type(schema)
    name = found.__name__.removesuffix("Schema")
    module = found.__module__
    if name.endswith("Page") and "items" in found._declared_fields:
        items = found._declared_fields["items"]
        nested = items.inner.nested if isinstance(items, fields.List) else None  # type: ignore[attr-defined]
        module = getattr(nested, "__module__", module)
    parts = module.split(".")
    if parts[:2] == ["services", "contracts"] and len(parts) > 3:
        return f"{parts[2]}.{name}"
    return f"gateway.{name}" if parts[0] in ("gateway", "services") else name  # what every service offers alike


def in_json_schema(_converter: Any, field: fields.Field[Any], ret: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Correct apispec's description of a field: amounts are text, and patterns are ECMA's, not Python's."""
    if isinstance(field, fields.Decimal) and field.as_string:
        for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            ret.pop(name, None)
        nullable = isinstance(ret.get("type"), list)
        return {"type": ["string", "null"] if nullable else "string", "pattern": _AMOUNT}
    length = next((check for check in field.validators if isinstance(check, TextLength)), None)
    if length is not None:
        if IS_PLAIN in field.validators:
            return {"pattern": length.pattern}
        return {"pattern": _in_ecma(ret["pattern"]), "allOf": [{"pattern": length.pattern}]}
    return {"pattern": _in_ecma(ret["pattern"])} if "pattern" in ret else {}


def _in_ecma(pattern: str) -> str:
    return pattern.replace(r"\A", "^").replace(r"\Z", "$")


class GonghuiApi(Api):
    """flask-smorest's API, with our problems instead of its errors, and a cached document.

    To describe all routes takes longer than to make them, and few processes are asked for the document: they are
    described when the first one asks. That takes a second or two: a native thread does it, and others are answered.
    """

    ERROR_SCHEMA = ProblemDocument
    _document: bytes | None = None

    def __init__(self, app: Flask, **options: Any) -> None:
        self.app = app
        self._undescribed: list[Callable[[], Blueprint]] = []
        self._writing = Semaphore()
        super().__init__(app, **options)

    def describe_later(self, described: Callable[[], Blueprint]) -> None:
        """Add routes of the app to the document; they are described when it is written."""
        self._undescribed.append(described)

    def _register_error_handlers(self) -> None:
        """Do nothing: gateway.http.problems handles all errors."""

    def _register_responses(self) -> None:
        for kind in {kind.status: kind for kind in reversed(KINDS)}.values():
            titles = " / ".join(other.title for other in KINDS if other.status == kind.status)
            content = {MEDIA_TYPE: {"schema": ProblemDocument}}
            self.spec.components.response(f"Problem{kind.status}", {"description": titles + ".", "content": content})
        content = {MEDIA_TYPE: {"schema": ProblemDocument}}
        self.spec.components.response("DEFAULT_ERROR", {"description": "Any other problem.", "content": content})

    def _register_etag_headers(self) -> None:
        """Do nothing: gateway.http.etags handles ETags."""

    def _register_pagination_header(self) -> None:
        """Do nothing: the operations' schemas define pages."""

    def document(self) -> dict[str, Any]:
        """Return the OpenAPI document of the routes registered so far.

        Paths and tags are sorted, so that the document changes only where the API does.
        """
        while self._undescribed:
            described = self._undescribed.pop(0)()
            described.register_views_in_doc(self, self.app, self.spec, name=described.name, parameters=None)
            self.spec.tag({"name": described.name, "description": described.description})
        document: dict[str, Any] = self.spec.to_dict()
        document["paths"] = dict(sorted(document["paths"].items()))
        document["tags"] = sorted(document.get("tags", ()), key=lambda tag: str(tag["name"]))
        for path in document["paths"].values():
            for described in path.values():
                if isinstance(described, dict):
                    for parameter in described.get("parameters", ()):
                        _as_in_an_address(parameter)
        return document

    def _written(self) -> bytes:
        with self.app.app_context():
            return json.dumps(self.document(), ensure_ascii=False, indent=1).encode()

    def _openapi_json(self) -> Response:
        with self._writing:
            document = self._document = self._document or in_native_thread(self._written)
        response: Response = current_app.response_class(document, mimetype="application/json")
        response.headers["ETag"] = etag = etag_of(document, None)
        response.headers["Cache-Control"] = "no-cache"
        if is_fresh(etag) and request.method == "GET":
            response.status_code = 304
            response.set_data(b"")
        return response


def _as_in_an_address(parameter: dict[str, Any]) -> None:
    """Remove null from a parameter: in a query string a value is left out or empty instead."""
    if parameter["in"] == "query" and not parameter.get("required"):
        parameter["allowEmptyValue"] = True
    schema = parameter.get("schema", {})
    if isinstance(schema.get("type"), list):
        schema["type"] = next(name for name in schema["type"] if name != "null")
    if "enum" in schema:
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    if schema.get("default", 0) is None:
        del schema["default"]


def make_api(app: Flask, version: str = API_VERSION) -> GonghuiApi:
    """Return the API of an app with its OpenAPI document at /api/v1/openapi.json."""
    app.config.update(
        API_TITLE="Gonghui",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    plugin = MarshmallowPlugin(schema_name_resolver=component_name)
    info = {"description": _DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
    api = GonghuiApi(app, spec_kwargs={"marshmallow_plugin": plugin, "info": info})
    assert plugin.converter is not None  # there is one as soon as the plugin is in use
    plugin.converter.add_attribute_function(in_json_schema)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    api.spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "gonghui_session"})
    return api
