"""The whole union in one process: embedded broker, SQLite, every service, the demo union at the first start."""

from __future__ import annotations

import eventlet

from deploy.preparation import prepare
from deploy.union import all_services
from services.chassis import logs
from services.chassis.process import Containers, stop_on_signals
from services.chassis.settings import settings


def run_union(demo_members: int) -> int:
    """Start everything and serve until SIGTERM or SIGINT.

    Args:
        demo_members: how many members the demo union has; 0 loads none.
    """
    logs.configure("WARNING")
    for _ in prepare():
        pass
    containers = Containers(all_services())
    stop_on_signals(containers)
    containers.start()
    address = f"http://{settings().host}:{settings().port}"
    print(f"Gonghui answers at {address}", flush=True)
    if demo_members:
        eventlet.spawn_n(_load_demo, demo_members, address)
    return containers.run()


def _load_demo(members: int, address: str) -> None:
    from deploy.demo.loading import demo_accounts, load_into_running

    for line in load_into_running(members, seed=2023, accounts=0, once=True):
        print(line, flush=True)
    for line in demo_accounts():
        print(line, flush=True)
    print(f"Sign in at {address}/", flush=True)
