"""Imports all contracts, which fills the registries of operations and events."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import services.contracts
from services.chassis.schema import EVENTS, Event, Schema

_SERVICES = frozenset({"membership", "activities", "welfare", "governance", "scrutiny", "gateway"})


@cache
def import_contracts() -> None:
    """Import every contract module."""
    for module in pkgutil.walk_packages(services.contracts.__path__, "services.contracts."):
        import_module(module.name)


def schemas() -> list[type[Schema]]:
    """Return the schemas of all contracts: of requests, answers and events, and those they consist of."""
    import_contracts()
    waiting, found = [Schema], set[type[Schema]]()
    while waiting:
        new = set(waiting.pop().__subclasses__()) - found
        found |= new
        waiting += new
    ours = (schema for schema in found if schema.__module__.startswith(f"{services.contracts.__name__}."))
    return sorted(ours, key=lambda schema: (schema.__module__, schema.__name__))


def labels() -> list[tuple[str, str]]:
    """Return what the fields of all schemas are called, each with the schema and field it is said by."""
    return [
        (field.metadata["title"], f"{schema.__name__}.{name}")
        for schema in schemas()
        for name, field in schema._declared_fields.items()
        if "title" in field.metadata
    ]


def known_events() -> list[type[Event]]:
    """Return the events of all services, by source, type and version."""
    import_contracts()
    return [event for key, event in sorted(EVENTS.items(), key=lambda item: item[0]) if key[0] in _SERVICES]
