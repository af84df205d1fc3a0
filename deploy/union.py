"""The services of Gonghui, with their classes and tables."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import sqlalchemy as sa

from services.chassis.process.settings import SERVICES

_CLASSES = {
    "membership": "services.membership.service:Membership",
    "activities": "services.activities.service:Activities",
    "welfare": "services.welfare.service:Welfare",
    "governance": "services.governance.service:Governance",
    "scrutiny": "services.scrutiny.service:Scrutiny",
    "gateway": "gateway.service:Gateway",
}
assert tuple(_CLASSES) == SERVICES


def service_class(name: str) -> Any:
    """Import and return the nameko class of a service."""
    module, _, attribute = _CLASSES[name].partition(":")
    return getattr(import_module(module), attribute)


def all_services() -> list[Any]:
    """Import and return the nameko classes of all services."""
    return [service_class(name) for name in SERVICES]


def tables_of(name: str) -> sa.MetaData:
    """Import a service and return its own tables, without those of the chassis."""
    service_class(name)
    module = "gateway.tables" if name == "gateway" else f"services.{name}.base"
    return import_module(module).Base.metadata
