"""The promises as the contract tests read them: operations, events, routes, consumers. Reads only."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from nameko.containers import ServiceContainer

from deploy.union import all_services
from gateway.http.routes import Route
from gateway.subjects import SUBJECTS
from services.chassis.entrypoints import EventEntrypoint
from services.chassis.process.settings import EMBEDDED_AMQP_URL, SERVICES
from services.chassis.rpc.client import OperationEntrypoint
from services.chassis.schema import OPERATIONS, Event, Operation
from services.contracts import catalogue

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"


@functools.cache
def events() -> tuple[type[Event], ...]:
    """Every event of the union."""
    return tuple(catalogue.known_events())


def event_name(event: type[Event]) -> str:
    """How tests and files call an event: `membership/member_joined.v1`."""
    return f"{event.source}/{event.type}.v{event.version}"


@functools.cache
def operations() -> tuple[Operation, ...]:
    """Every operation of the union."""
    catalogue.import_contracts()
    return tuple(found for found in OPERATIONS.values() if found.service in SERVICES)


@functools.cache
def all_routes() -> tuple[Route, ...]:
    """Every route of the HTTP API."""
    return SUBJECTS.routes


@functools.cache
def committed(name: str) -> Any:
    """A committed document, by its path below docs/; not to be changed."""
    return json.loads((DOCS / name).read_text(encoding="utf-8"))


@functools.cache
def containers() -> tuple[ServiceContainer, ...]:
    """Every service as nameko sees it, not started."""
    return tuple(ServiceContainer(service, {"AMQP_URI": EMBEDDED_AMQP_URL}) for service in all_services())


def _entrypoints(kind: type) -> list[Any]:
    return [found for container in containers() for found in container.entrypoints if isinstance(found, kind)]


@functools.cache
def consumers() -> tuple[tuple[str, type[Event]], ...]:
    """Every reaction: `service.method` and the event it takes."""
    return tuple((entrypoint.consumer_name, entrypoint.event) for entrypoint in _entrypoints(EventEntrypoint))


@functools.cache
def answered() -> frozenset[str]:
    """Ids of the operations that some service answers over RPC."""
    return frozenset(entrypoint.operation.id for entrypoint in _entrypoints(OperationEntrypoint))
