"""The vocabulary contracts are written in: fields, operations and events. Knows marshmallow and nothing of services.

Two registries are filled by importing contract modules: `OPERATIONS` and `EVENTS`. The gateway, the documents and
the tests read them; nothing is declared twice.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, ClassVar, Literal

import marshmallow
from marshmallow import RAISE, fields, validate

from services.chassis.day_fields import day_field as day_field
from services.chassis.events.serializer import Dump, plain_dump_of
from services.chassis.input_codes import OF_SCHEMA, give_codes
from services.chassis.input_codes import invalid as invalid
from services.chassis.input_errors import REQUIRED as REQUIRED
from services.chassis.input_errors import InputError as InputError
from services.chassis.input_limits import bound
from services.chassis.roles import ACCOUNT as ACCOUNT
from services.chassis.roles import PROGRAM as PROGRAM
from services.chassis.roles import PUBLIC as PUBLIC
from services.chassis.roles import ROLES as ROLES
from services.chassis.roles import SCOPE as SCOPE
from services.chassis.roles import SYSTEM as SYSTEM
from services.chassis.roles import USUAL_REACH as USUAL_REACH
from services.chassis.roles import Reach as Reach
from services.chassis.text_fields import Line as Line
from services.chassis.text_fields import Name as Name
from services.chassis.text_fields import Text as Text
from services.chassis.text_fields import rule_of as rule_of
from services.chassis.vocabulary import Choice as Choice
from services.chassis.vocabulary import Vocabulary as Vocabulary
from services.chassis.vocabulary import label as label
from services.chassis.vocabulary import labelled as labelled


class Schema(marshmallow.Schema):
    """Base of every contract schema: an unknown field is an error, never ignored; errors have codes."""

    error_messages: dict[str, str] = dict(OF_SCHEMA)

    class Meta:  # noqa: D106
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        give_codes(field_obj)


_TOO_MUCH = Decimal(10) ** 12
"""Larger than any stored amount; also keeps `1e400` from exhausting the arithmetic."""
_EXACT = give_codes(fields.Decimal(allow_nan=False))


class _Yuan(fields.Decimal):
    """Refuses a third decimal place instead of rounding somebody's money."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        exact = _EXACT.deserialize(value, attr, data)
        if exact is not None and abs(exact) >= _TOO_MUCH:
            raise invalid("input.beyond_limits", "The amount is out of range.")
        if exact is not None and exact != round(exact, 2):
            raise invalid("input.not_whole_fen", "At most two decimal places.")
        return super()._deserialize(value, attr, data, **kwargs)


def Money(**kwargs: Any) -> fields.Decimal:
    """An amount in yuan with two places; text on the wire so that no float ever touches it."""
    return _Yuan(places=2, as_string=True, allow_nan=False, **kwargs)


def Timestamp(**kwargs: Any) -> fields.AwareDateTime:
    """A moment, ISO 8601 with offset; UTC when none is given."""
    return fields.AwareDateTime(format="iso", default_timezone=UTC, **kwargs)


class PageRequest(Schema):
    """What every list takes: an opaque cursor from the page before, and how many items to return (1 to 100)."""

    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=100))


@cache
def Page(item: type[Schema]) -> type[Schema]:
    """Return the schema of one page of `item`: items, the cursor of the next page, the total where it was counted."""
    name = item.__name__.removesuffix("Schema") + "Page"
    return type(
        name,
        (Schema,),
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_cursor": fields.String(allow_none=True, load_default=None),
            "total": fields.Integer(allow_none=True, load_default=None),
        },
    )


class InputErrorItem(Schema):
    """An error of an input field as data: its path, a stable code, figures, and the sentence that `errors` has."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    params = fields.Dict(required=True)
    detail = fields.String(required=True)


class Empty(Schema):
    """Nothing to say."""


@dataclass(frozen=True, eq=False)
class Operation:
    """One thing a service can be asked to do.

    Args:
        service: the service that owns it.
        name: the RPC method, imperative for commands.
        request: schema of the payload; unknown fields are refused.
        reply: schema of the answer.
        allow: roles that may ask; checked in the gateway and again in the service.
        kind: a command changes something and may carry an idempotency key; a query never changes anything.
        doc: summary in English, one line.
        title: what it does in a few Chinese words, as the table of permissions names it.
        reach: about whom a role may ask, where that is not what the role usually does (`USUAL_REACH`); with `ACCOUNT`
            in `allow`, also the roles that reach further than every account.
        delegable: whether somebody may call it who holds the role only for an absent colleague.
        unlinked: whether nothing may be kept that joins a call with who made it: no account, correlation id, trace,
            line in the access log or stored reply; for secret votes.
    """

    service: str
    name: str
    request: type[Schema]
    reply: type[Schema]
    allow: frozenset[str]
    kind: Literal["command", "query"]
    doc: str = ""
    title: str = ""
    reach: Mapping[str, Reach] = field(default_factory=dict)
    delegable: bool = True
    unlinked: bool = False

    @cached_property
    def reaches(self) -> Mapping[str, Reach]:
        """About whom each role, scope or kind of caller may ask; without services."""
        usual: dict[str, Reach] = {
            name: "union" if SCOPE.match(name) else USUAL_REACH.get(name, "own") for name in self.allow - {SYSTEM}
        }
        return {**usual, **self.reach}

    @cached_property
    def request_schema(self) -> Schema:
        schema = self.request()
        bound(schema)
        return schema

    @cached_property
    def reply_schema(self) -> Schema:
        return self.reply()

    @property
    def id(self) -> str:
        return f"{self.service}.{self.name}"


OPERATIONS: dict[str, Operation] = {}
EVENTS: dict[tuple[str, str, int], type[Event]] = {}


def _operation(kind: Literal["command", "query"], service: str, name: str, **parts: Any) -> Operation:
    allow = frozenset(parts.pop("allow"))
    scopes = {name for name in allow if SCOPE.match(name)}
    if scopes and kind != "query":
        raise ValueError(f"{service}.{name}: a scope opens no command")
    unknown = allow - {*ROLES, PUBLIC, ACCOUNT, PROGRAM, SYSTEM} - scopes
    unknown |= parts.get("reach", {}).keys() - (ROLES if ACCOUNT in allow else set()) - allow
    if unknown or not allow:
        raise ValueError(f"{service}.{name}: unknown or missing roles {sorted(unknown)}")
    operation = Operation(service=service, name=name, allow=allow, kind=kind, **parts)
    if operation.id in OPERATIONS:
        raise ValueError(f"{operation.id} is declared twice")
    OPERATIONS[operation.id] = operation
    return operation


def command(
    service: str, name: str, *, request: type[Schema], reply: type[Schema], allow: Iterable[str], **about: Any
) -> Operation:
    """Declare an operation that changes something; `about` are the further fields of `Operation`."""
    return _operation("command", service, name, request=request, reply=reply, allow=allow, **about)


def query(
    service: str, name: str, *, request: type[Schema], reply: type[Schema], allow: Iterable[str], **about: Any
) -> Operation:
    """Declare an operation that only reads; `about` are the further fields of `Operation`."""
    return _operation("query", service, name, request=request, reply=reply, allow=allow, **about)


def schema_urn(source: str, type: str, version: int) -> str:
    """Return the name of the JSON Schema of an event: an absolute URI, the same in every installation."""
    return f"urn:gonghui:schema:{source}:{type}:v{version}"


def schema_path(source: str, type: str, version: int) -> str:
    """Return the path under which the gateway serves the JSON Schema of an event."""
    return f"/schemas/{source}/{type}.v{version}.json"


_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class Event:
    """Base of every event: a fact that happened, announced after it was stored.

    A subclass gives `source` (the service), `subject` (a format string over its data), `data` (the schema), `example`
    and perhaps `version`. Its type is its name, in the past tense and in snake case; its docstring is the catalogue
    entry. Data never holds personal, health or family facts.
    """

    source: ClassVar[str]
    type: ClassVar[str]
    version: ClassVar[int] = 1
    subject: ClassVar[str]
    data: ClassVar[builtins.type[Schema]]
    example: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, *, source: str) -> None:
        cls.source, cls.type = source, _INNER_CAPITAL.sub("_", cls.__name__).lower()
        key = (cls.source, cls.type, cls.version)
        if key in EVENTS:
            raise ValueError(f"event {key} is declared twice")
        EVENTS[key] = cls

    def __init__(self, **values: Any) -> None:
        self.values = values

    def payload(self) -> dict[str, Any]:
        """Return the JSON data. Raises `marshmallow.ValidationError` when a value breaks the schema."""
        schema, plain_dump = _schema_of(type(self)), _plain_dump_of(type(self))  # type: ignore[arg-type]
        dumped = plain_dump(self.values) if plain_dump is not None else None
        if dumped is not None:
            return dumped
        payload: dict[str, Any] = schema.dump(self.values)
        errors = schema.validate(payload)
        if errors:
            raise marshmallow.ValidationError(errors)
        return payload

    @classmethod
    def load(cls, payload: dict[str, Any]) -> dict[str, Any]:
        """Return the typed data of a received event, ignoring fields a later version may have added at any depth."""
        loaded: dict[str, Any] = _reader_of(cls).load(  # type: ignore[arg-type]
            payload, unknown=marshmallow.EXCLUDE
        )
        return loaded

    @classmethod
    def dataschema(cls) -> str:
        """Return the name of the JSON Schema of the data."""
        return schema_urn(cls.source, cls.type, cls.version)


@cache
def _schema_of(event: type[Event]) -> Schema:
    return event.data()


@cache
def _plain_dump_of(event: type[Event]) -> Dump | None:
    return plain_dump_of(_schema_of(event))  # type: ignore[arg-type]


@cache
def _reader_of(event: type[Event]) -> Schema:
    reader = event.data()
    _tolerate(reader)
    return reader


def _tolerate(schema: marshmallow.Schema) -> None:
    """Let nested schemas ignore unknown fields too: marshmallow's own switch reaches the outermost only."""
    for one in schema.fields.values():
        inner = one.inner if isinstance(one, fields.List) else one
        if isinstance(inner, fields.Nested):
            inner.unknown = marshmallow.EXCLUDE
            _tolerate(inner.schema)
