"""How long the gateway waits for services: shares and multiples of the RPC deadline, so that one setting moves all."""

from __future__ import annotations

from functools import cache

from marshmallow import Schema
from marshmallow.fields import Nested

from services.chassis.process.settings import settings
from services.chassis.schema import Operation
from services.contracts.files import Content


def part_seconds() -> float:
    """Return the seconds a page waits for one of its parts."""
    return 0.6 * settings().rpc_deadline


def names_seconds() -> float:
    """Return the seconds a page waits for names: less than for what the page is about."""
    return 0.3 * settings().rpc_deadline


def seconds_for(operation: Operation) -> float | None:
    """Return the seconds to wait for an operation; None for the RPC deadline.

    A request with a file has six times as long: the service that takes it asks the scanner and opens it in another
    process first, perhaps after other files.
    """
    return 6 * settings().rpc_deadline if _carries_file(type(operation.request_schema)) else None


@cache
def _carries_file(schema: type[Schema]) -> bool:
    return any(
        isinstance(field, Content) or (isinstance(field, Nested) and _carries_file(type(field.schema)))
        for field in schema().fields.values()
    )
