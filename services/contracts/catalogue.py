"""Imports all contracts, which fills the registries of operations and events."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import marshmallow
from marshmallow import fields

import services.contracts
from services.chassis.schema import EVENTS, OPERATIONS, Event

_SERVICES = frozenset({"membership", "activities", "welfare", "governance", "gateway"})


@cache
def import_contracts() -> None:
    """Import every contract module."""
    for module in pkgutil.walk_packages(services.contracts.__path__, "services.contracts."):
        import_module(module.name)


def labels() -> list[tuple[str, str]]:
    """Return what the fields of all requests and answers are called, each with the schema and field it is said by."""
    import_contracts()
    schemas: set[type[marshmallow.Schema]] = {
        schema for operation in OPERATIONS.values() for schema in (operation.request, operation.reply)
    }
    waiting, found = list(schemas), []
    while waiting:
        schema = waiting.pop()
        for name, field in schema().fields.items():
            if "title" in field.metadata:
                found.append((field.metadata["title"], f"{schema.__name__}.{name}"))
            inner = field.inner if isinstance(field, fields.List) else field
            nested = type(inner.schema) if isinstance(inner, fields.Nested) else None
            if nested is not None and nested not in schemas:
                schemas.add(nested)
                waiting.append(nested)
    return sorted(found)


def known_events() -> list[type[Event]]:
    """Return the events of all services, by source, type and version."""
    import_contracts()
    return [event for key, event in sorted(EVENTS.items(), key=lambda item: item[0]) if key[0] in _SERVICES]
