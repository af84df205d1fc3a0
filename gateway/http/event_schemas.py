"""Serves the JSON Schema of every event's data at the address in `dataschema` of its CloudEvent."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask, Response, current_app, request

from gateway.http.etags import etag_of, is_fresh
from gateway.http.openapi import in_json_schema
from services.chassis.errors import NotFound
from services.chassis.events.envelope import dataschema_of
from services.chassis.schema import Event, schema_path
from services.contracts.catalogue import known_events

JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
MEDIA_TYPE = "application/schema+json"


def data_schema(event: type[Event]) -> dict[str, Any]:
    """Return the JSON Schema of an event's data. Readers ignore fields a later version may add."""
    converter = OpenAPIConverter("3.1.0", schema_name_resolver=lambda _schema: None, spec=None)  # type: ignore[arg-type]
    converter.add_attribute_function(in_json_schema)
    schema = _open(converter.schema2jsonschema(event.data()))
    return {
        "$schema": JSON_SCHEMA,
        "$id": event.dataschema(),
        "title": event.type,
        "description": summary(event),
        **schema,
    }


def summary(event: type[Event]) -> str:
    """Return the description of an event in one line."""
    return " ".join((event.__doc__ or "").split())


def install(app: Flask) -> None:
    """Serve each schema publicly under `/schemas/<source>/<type>.v<version>.json`."""
    app.add_url_rule("/schemas/<source>/<name>.json", "event_schema", _serve)


def _serve(source: str, name: str) -> Response:
    body = bodies().get(f"/schemas/{source}/{name}.json")
    if body is None:
        raise NotFound("There is no schema of this name.")
    return answer_document(body, MEDIA_TYPE)


def answer_document(body: bytes, media_type: str) -> Response:
    """Serve a document that does not change until the next release."""
    response: Response = current_app.response_class(body, mimetype=media_type)
    response.headers["ETag"] = etag = etag_of(body, None)
    response.headers["Cache-Control"] = "public, max-age=3600"
    if is_fresh(etag) and request.method == "GET":
        response.status_code = 304
        response.set_data(b"")
    return response


@cache
def bodies() -> dict[str, bytes]:
    """Return every schema by its path; its `$id` is the `dataschema` of this installation's events."""
    found = {}
    for event in known_events():
        key = (event.source, event.type, event.version)
        schema = {**data_schema(event), "$id": dataschema_of(*key)}
        found[schema_path(*key)] = json.dumps(schema, ensure_ascii=False, indent=1).encode()
    return found


def _open(schema: Any) -> Any:
    """Allow additional fields at every depth."""
    if isinstance(schema, dict):
        return {key: _open(value) for key, value in schema.items() if key != "additionalProperties" or value}
    return [_open(value) for value in schema] if isinstance(schema, list) else schema
