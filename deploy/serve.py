"""One service, one process: how Gonghui runs against a real broker and a real database."""

from __future__ import annotations

import eventlet

from deploy.union import service_class
from services.chassis import delivery_limit, logs
from services.chassis.process import Containers, stop_on_signals
from services.chassis.settings import SERVICES, settings


def serve_one(service: str) -> int:
    """Run a service until SIGTERM and return the exit status. Raises `SystemExit` for an unknown name."""
    if service not in SERVICES:
        raise SystemExit(f"no service {service!r}; there are {', '.join(SERVICES)}")
    logs.configure(settings().log_level)
    containers = Containers([service_class(service)])
    stop_on_signals(containers)
    containers.start()
    if not settings().embedded:
        eventlet.spawn_n(delivery_limit.watch, service)
    return containers.run()
