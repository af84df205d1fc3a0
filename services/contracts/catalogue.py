"""Imports all contracts, which fills the registries of operations and events."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import services.contracts
from services.chassis.schema import EVENTS, Event

_SERVICES = frozenset({"membership", "activities", "welfare", "governance", "gateway"})


@cache
def import_contracts() -> None:
    """Import every contract module."""
    for module in pkgutil.walk_packages(services.contracts.__path__, "services.contracts."):
        import_module(module.name)


def known_events() -> list[type[Event]]:
    """Return the events of all services, by source, type and version."""
    import_contracts()
    return [event for key, event in sorted(EVENTS.items(), key=lambda item: item[0]) if key[0] in _SERVICES]
