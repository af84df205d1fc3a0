"""Runs the whole union in one process: embedded broker, SQLite, every service, the demo union at the first start."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import eventlet
import sqlalchemy as sa

from deploy.keys import require_keys
from deploy.preparation import prepare
from deploy.union import all_services
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.process import logs
from services.chassis.process.runner import Containers
from services.chassis.process.settings import SERVICES, reset, settings
from services.chassis.process.signals import on_signals

DEMO_SEED = 2023


def run_union(demo_members: int) -> int:
    """Start everything and serve until SIGTERM or SIGINT.

    Args:
        demo_members: how many members the demo union has; 0 loads none.

    Raises:
        SystemExit: the folder is in use by another process, or the port is.
    """
    with alone():
        _require_port()
        containers = _started()
        on_signals(containers.request_stop)
        address = f"http://{settings().host}:{settings().port}"
        print(f"Gonghui answers at {address}", flush=True)
        if demo_members:
            eventlet.spawn_n(_load_demo, demo_members, address)
        return containers.run()


@contextmanager
def union_at_hand() -> Iterator[None]:
    """Make the services available in the block: an embedded union is started, a real one must be running.

    Raises:
        SystemExit: the embedded union runs in another process.
    """
    if not settings().embedded:
        logs.configure("WARNING")
        yield
        return
    os.environ["GONGHUI_PORT"] = "0"
    reset()
    with alone():
        containers = _started()
        try:
            yield
            _settle()
        finally:
            containers.stop()


@contextmanager
def alone() -> Iterator[None]:
    """Lock the folder: two processes must not run one embedded union."""
    folder = Path(os.environ.get("DATA", "./var"))
    with open(folder / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SystemExit(f"A union is running in {folder} already; stop it first, or set DATA.") from None
        yield


def _require_port() -> None:
    """Raise `SystemExit` with a sentence when the port is in use, before the services' threads fail."""
    host, port = settings().host, settings().port
    try:
        eventlet.listen((host, port), reuse_port=False).close()
    except OSError as error:
        raise SystemExit(f"Port {port} on {host} can't be had ({error.strerror}); set PORT to another one.") from None


def _started() -> Containers:
    logs.configure("WARNING")
    for _ in prepare():
        pass
    for service in SERVICES:
        with closing(Database(settings().database_url_of(service))) as database:
            require_keys(service, database)
    containers = Containers(all_services())
    containers.start()
    return containers


def _settle(patience: float = 120.0) -> None:
    """Wait until every event was handled."""
    databases = [Database(settings().database_url_of(service)) for service in SERVICES]
    open_events = sa.select(sa.func.count()).select_from(OutboxEvent).where(OutboxEvent.settled.is_(False))
    with eventlet.Timeout(patience, False):
        for database in databases:
            while _count(database, open_events):
                eventlet.sleep(0.1)
    for database in databases:
        database.close()


def _count(database: Database, statement: sa.Select[int]) -> int:
    with database.session() as session:
        return session.scalar(statement) or 0


def _load_demo(members: int, address: str) -> None:
    from deploy.demo.loading import demo_accounts, load_into_running, real_union_stands

    if real_union_stands(seed=DEMO_SEED):
        return
    try:
        for line in load_into_running(members, seed=DEMO_SEED, accounts=0, once=True):
            print(line, flush=True)
    except Exception:
        print("The demo union could not be loaded; what is there can be used. Start again to go on.", flush=True)
        raise
    for line in demo_accounts():
        print(line, flush=True)
    print(f"Sign in at {address}/", flush=True)
