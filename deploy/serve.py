"""Runs one service in one process, with a real broker and a real database."""

from __future__ import annotations

import eventlet

from deploy import configuration
from deploy.keys import require_keys
from deploy.reach import NotReached, require_broker, require_databases
from deploy.union import service_class
from services.chassis.broker import delivery_limit
from services.chassis.database.engine import Database
from services.chassis.database.migrations import pending
from services.chassis.process import logs
from services.chassis.process.runner import Containers
from services.chassis.process.settings import settings
from services.chassis.process.signals import on_signals, raise_if_asked

log = logs.get_logger(__name__)


def serve_one(service: str, patience: float) -> int:
    """Run a service until SIGTERM and return the exit status.

    Args:
        service: its name.
        patience: seconds to wait for a broker or database that is away; does not wait for one that refuses.

    Raises:
        NotReached: they stay away, or the settings do not fit them.
    """
    logs.configure(settings().log_level)
    _say_what_starts(service)
    require_databases([service], patience=patience)
    _require_fitting(service)
    require_broker(patience=patience)
    _require_ports(service)
    containers = Containers([service_class(service)])
    raise_if_asked()
    on_signals(containers.request_stop)
    containers.start()
    log.info("service_started", service=service)
    if not settings().embedded:
        eventlet.spawn_n(delivery_limit.watch, service)
    return containers.run()


def _say_what_starts(service: str) -> None:
    log.info(
        "service_starting",
        service=service,
        release=configuration.release(),
        listens=[f"{host}:{port}" for _, host, port in _ports_of(service)],
        database=configuration.without_account(settings().database_url_of(service)),
        broker=configuration.without_account(settings().amqp_url),
        set_in_the_environment=[
            f"{one.name}={configuration.without_account(one.value)}" for one in configuration.shown() if one.is_set
        ],
    )


def _require_fitting(service: str) -> None:
    """Raise unless the database has this release's tables, and the keys decrypt its data."""
    database = Database(settings().database_url_of(service), pool_size=1)
    try:
        if steps := pending(service, database):
            raise NotReached(
                f"The database of {service} lacks {len(steps)} steps of this release; run `gonghui migrate` first.",
                may_pass=False,
            )
        require_keys(service, database)
    finally:
        database.close()


def _ports_of(service: str) -> list[tuple[str, str, int]]:
    """Return (setting, host, port) of everything the process listens on."""
    ports = [("GONGHUI_OPS_PORT", settings().ops_host, settings().ops_port)] if settings().ops_port else []
    return ([("GONGHUI_PORT", settings().host, settings().port)] if service == "gateway" else []) + ports


def _require_ports(service: str) -> None:
    for setting, host, port in _ports_of(service):
        try:
            eventlet.listen((host, port), reuse_port=False).close()
        except OSError as error:
            raise NotReached(
                f"Port {port} on {host} can't be had ({error.strerror or error}); {setting} names another one.",
                may_pass=False,
            ) from error
