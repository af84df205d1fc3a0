"""Runs services in a process: containers, a clean stop on SIGTERM, and an RPC client for programs that are no service.

Import nothing here before eventlet has patched the standard library.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider

from services.chassis.broker import publisher
from services.chassis.entrypoints import EventEntrypoint
from services.chassis.process import logs, ops, signals
from services.chassis.process.recurring import Recurring
from services.chassis.process.settings import EMBEDDED_AMQP_URL, settings
from services.chassis.rpc.client import RpcClient

log = logs.get_logger(__name__)

COLLECT_AFTER = (10_000, 20, 10)
"""Thresholds of the garbage collector's three generations."""


def nameko_config() -> dict[str, Any]:
    """Return nameko's configuration, derived from the settings."""
    return {
        "AMQP_URI": settings().amqp_url,
        "max_workers": settings().workers,
        "heartbeat": publisher.HEARTBEAT,
        "serializer": "json",
    }


def event_queues(service: Any) -> list[Any]:
    """Return the queues a service class consumes, without starting it."""
    container = ServiceContainer(service, {"AMQP_URI": EMBEDDED_AMQP_URL})
    return [
        publisher.event_queue(entrypoint.event, entrypoint.consumer_name)
        for entrypoint in container.entrypoints
        if isinstance(entrypoint, EventEntrypoint)
    ]


def consumers_of(service: Any) -> list[str]:
    """Return the names of a service class's consumers, `service.method`."""
    return [queue.name.partition("--")[2] for queue in event_queues(service)]


def declare_topology(services: Iterable[Any]) -> list[str]:
    """Declare every exchange and event queue; return the queues' names. Safe to repeat."""
    found = list(services)
    queues = [queue for service in found for queue in event_queues(service)]
    publisher.declare(settings().amqp_url, queues, [publisher.events_exchange(service.name) for service in found])
    return sorted(queue.name for queue in queues)


class Containers:
    """The nameko containers of one process, started and stopped together."""

    def __init__(self, services: Iterable[Any]) -> None:
        config = nameko_config()
        self.containers = [ServiceContainer(service, config) for service in services]
        self._stop = Signal()
        self._starting: list[Any] = []

    def start(self) -> None:
        """Start all containers concurrently; raises the exception of the first one that fails.

        Raises:
            SystemExit: asked to stop meanwhile; the servers that the start waits for may never come.
        """
        self._starting = [eventlet.spawn(container.start) for container in self.containers]
        try:
            for thread in self._starting:
                thread.wait()
        finally:
            self._starting = []

    def stop(self) -> bool:
        """Stop accepting work, finish what is in progress, close; return whether that was done within `drain_seconds`.

        What is unfinished then ends with the process. Nothing is lost, because outbox and broker keep what is not
        acknowledged.
        """
        ops.drain()
        # Before the containers stop: work that began meanwhile would wait for services that answer no more.
        for container in self.containers:
            for work in container.extensions:
                if isinstance(work, Recurring):
                    work.request_stop()
        patience = eventlet.Timeout(settings().drain_seconds)
        try:
            for thread in [eventlet.spawn(container.stop) for container in self.containers]:
                thread.wait()
        except eventlet.Timeout as given_up:
            if given_up is not patience:
                raise
            log.critical("drain_given_up", seconds=settings().drain_seconds)
            return False
        finally:
            patience.cancel()
        return True

    def request_stop(self) -> None:
        """Make `run` return after a clean stop, or `start` end at once."""
        for thread in self._starting:
            thread.kill(SystemExit(signals.ENDED))
        if not self._stop.ready():
            self._stop.send(None)

    def run(self) -> int:
        """Wait until asked to stop or until a container dies; return the exit status."""
        status = 0
        # Objects that exist now stay until the end, so the collector need not check them again. By default it runs
        # after 700 new objects, which took a fifth of the time with a thousand concurrent requests.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)

        def watch(container: ServiceContainer) -> None:
            nonlocal status
            try:
                container.wait()
            except Exception as error:
                status = 1
                log.critical("service_died", service=container.service_name, error=type(error).__name__)
            self.request_stop()

        for container in self.containers:
            eventlet.spawn_n(watch, container)
        self._stop.wait()
        status = status if self.stop() else 1
        signals.ignore()
        return status


class _ClientHolder(DependencyProvider):
    client = RpcClient()


@contextmanager
def calling(name: str) -> Iterator[RpcClient]:
    """Yield an RPC client for a program that is no service, such as the command line.

    Args:
        name: of the program, for its reply queue.
    """
    caller = type("Caller", (), {"name": name, "holder": _ClientHolder()})
    container = ServiceContainer(caller, nameko_config())
    container.start()
    try:
        yield container.shared_extensions[RpcClient]
    finally:
        container.stop()
