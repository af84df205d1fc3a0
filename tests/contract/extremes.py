"""Requests with values at and beyond every edge: ids of nothing, zeros, negative numbers, first days, long texts.

Each operation gets one request that is plain, and then one for each field and each extreme of its type, the rest plain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator
from marshmallow import Schema, fields, validate

from gateway.http.openapi import describe
from gateway.http.routes import Route
from tests.contract.promises import committed

UNKNOWN = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"
ZEROS, ONES = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
_LONG = "长" * 5_000
_WHOLE = (0, 1, -1, 2100, 9999, 10000, -(2**31), 2**31 - 1, 2**31, 2**63, -(2**63) - 1, 10**30)
_MOMENTS = ("0001-01-01", "1800-01-01", "1900-02-28", "2099-12-31", "2199-12-31", "9999-12-31", "2026-02-30", "0")
_EXTREMES: tuple[tuple[type[fields.Field[Any]], tuple[Any, ...]], ...] = (
    (fields.UUID, (UNKNOWN, ZEROS, ONES)),
    (fields.Boolean, (True, False)),
    (fields.Integer, _WHOLE),
    (fields.Decimal, ("0", "-0.00", "-1", "0.01", "999999999999.99", "1e400", "-1e-400", "NaN", "Infinity")),
    (fields.Date, _MOMENTS),
    (fields.AwareDateTime, tuple(f"{day}T{time}" for day in _MOMENTS for time in ("00:00:00Z", "23:59:59+14:00"))),
    (fields.Dict, ({}, {"": ""}, {_LONG: _LONG})),
)
_TEXTS = ("", " ", "-1", "%_\\'", "٣", "𰀀", "\u202e\ufeff", "9" * 400, _LONG)
_TEXTS_OF_FORM = (
    "2000-01",
    "2099-12",
    "2100-01",
    "0000-00",
    "9999-99",
    "a.b",
    "M000001",
    "M999999",
    "https://x.invalid",
)


_OF_PARTS = 8
"""Values tried for each part of a list or of an object."""


@dataclass(frozen=True)
class Sent:
    """One request as it goes out."""

    route: Route
    path: str
    query: dict[str, Any]
    body: dict[str, Any] | None
    about: str


def requests_of(route: Route, known: dict[str, Any]) -> Iterator[Sent]:
    """Every request to try on a route; `known` holds values by field name that stand for something."""
    schema = route.operation.request_schema
    plain = {name: _plain(name, schema.fields[name], known) for name in _needed(route, schema)}
    yield _sent(route, plain, "plain")
    yield _sent(route, {name: _plain(name, schema.fields[name], {}) for name in plain}, "of nothing")
    for name, field in schema.fields.items():
        if name in route.fixed:
            continue
        for value in extremes_of(field, known):
            yield _sent(route, {**plain, name: value}, f"{name}={str(value)[:40]!r}")


def extremes_of(field: fields.Field[Any], known: dict[str, Any]) -> Iterator[Any]:
    """The values to try for one field."""
    if isinstance(field, fields.List):
        values = [value for value in extremes_of(field.inner, known) if value != ""]
        yield from ([], *([value] for value in values[:_OF_PARTS]), values[:1] * 2_000)
    elif isinstance(field, fields.Nested):
        inner = field.schema.fields
        plain = {name: _plain(name, one, known) for name, one in inner.items() if one.required}
        yield {}
        for name, one in inner.items():
            yield from ({**plain, name: value} for value in list(extremes_of(one, known))[:_OF_PARTS])
    else:
        yield from _simple_extremes_of(field)


def _simple_extremes_of(field: fields.Field[Any]) -> Iterator[Any]:
    checks = [check for check in field.validators if isinstance(check, (validate.OneOf, validate.Regexp))]
    choices = next((list(check.choices) for check in checks if isinstance(check, validate.OneOf)), None)
    if choices is not None:
        yield from (*choices, "", "nothing")
        return
    found = next((values for kind, values in _EXTREMES if isinstance(field, kind)), _TEXTS)
    yield from (*found, *(_TEXTS_OF_FORM if checks else ()))


def _needed(route: Route, schema: Schema) -> list[str]:
    return [name for name, field in schema.fields.items() if field.required or name in route.path_names]


def _plain(name: str, field: fields.Field[Any], known: dict[str, Any]) -> Any:
    if name in known:
        return known[name]
    if isinstance(field, fields.List):
        return [_plain(name, field.inner, known)]
    if isinstance(field, fields.Nested):
        return {key: _plain(key, one, known) for key, one in field.schema.fields.items() if one.required}
    choices = next((check.choices for check in field.validators if isinstance(check, validate.OneOf)), None)
    if choices:
        return next(iter(choices))
    table: tuple[tuple[type[fields.Field[Any]], Any], ...] = (
        (fields.UUID, UNKNOWN), (fields.Boolean, True), (fields.Integer, 1), (fields.Decimal, "1.00"),
        (fields.Date, "2026-03-02"), (fields.AwareDateTime, "2026-03-02T08:00:00Z"), (fields.Dict, {}),
    )  # fmt: skip
    return next((value for kind, value in table if isinstance(field, kind)), "ab")


def _sent(route: Route, values: dict[str, Any], about: str) -> Sent:
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: quote(str(values[found[1]]), safe=""), route.path)
    rest = {name: value for name, value in values.items() if name not in route.bound}
    if route.reads_query:
        return Sent(route, path, {name: _in_address(value) for name, value in rest.items()}, None, about)
    return Sent(route, path, {}, rest, about)


def _in_address(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [str(one) for one in value]
    return json.dumps(value) if isinstance(value, dict) else value


def breaks_its_schema(route: Route, status: int, answer: Any) -> str | None:
    """Why an answer is not of the schema that the document promises for its status, None when it is."""
    promised = committed("openapi.json")["paths"][_documented(route)][route.method.lower()]["responses"]
    found = promised.get(str(status))
    if found is None:
        return f"{status} is not among {sorted(promised)}"
    schema = _resolved(found).get("content", {}).get("application/json", {}).get("schema") if status < 300 else None
    if schema is None:
        return None
    whole = {**schema, "components": committed("openapi.json")["components"]}
    error = next(Draft202012Validator(whole).iter_errors(answer), None)
    return None if error is None else f"{list(error.absolute_path)}: {error.message[:200]}"


def _documented(route: Route) -> str:
    assert describe(route)
    return "/api/v1" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)


def _resolved(found: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in found:
        return found
    inner: Any = committed("openapi.json")
    for part in found["$ref"].removeprefix("#/").split("/"):
        inner = inner[part]
    return inner
