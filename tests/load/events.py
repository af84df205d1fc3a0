"""Events, from the commit that stored them to the commit of the last that was handled.

Once with the chassis alone (one row for each event), once with the union's own: registrations into the gateway's views.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models.tables import RegistrationView
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import transaction
from services.chassis.events.envelope import encode
from services.chassis.identifiers import uuid7
from services.chassis.schema import Event
from services.contracts.activities.registration.events import RegistrationConfirmed
from tests.load import pair
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.raw_queue import raw_rate
from tests.support.waiting import wait_until

LEAST_ALONE, LEAST_INTO_VIEWS = 1.0, 0.9
"""Shares of the limit that the aims ask for."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the rows about events."""
    count = 4_000 if ground.quick else 20_000
    vhost = ground.broker.new_vhost("raw")
    with _pair(ground, vhost) as (caller, listener):
        limits, rates = [], []
        for _ in range(ground.rounds):
            limits.append(raw_rate(vhost, count, _size_of_one(caller)))
            heard = sa.select(sa.func.count()).select_from(pair.Heard)
            rates.append(_rate(caller, listener, _calls(count), heard))
    ground.broker.drop_vhost(vhost)
    limit = median(limits)
    alone, note = "event, commit → handled and stored, the chassis alone", f"{count:,} at once"
    yield _figure(alone, median(rates), limit, LEAST_ALONE, note)
    into_views = _into_views(ground, count // 2)
    yield _figure("event, commit → in the gateway's views", into_views, limit, LEAST_INTO_VIEWS, "registrations")


def _figure(name: str, rate: float, limit: float, least: float, note: str) -> Figure:
    return Figure(
        name,
        f"{rate:,.0f}/s",
        f"{limit:,.0f}/s (kombu alone, publish + consume)",
        rate / limit,
        f"≥ {least:g}×",
        rate >= least * limit,
        note,
    )


@contextmanager
def _pair(ground: Ground, vhost: str) -> Iterator[tuple[Database, Database]]:
    """Run both services of the pair; the block gets their databases."""
    urls = {name: ground.server.new_database(name) for name in pair.PAIR}
    processes = []
    databases = []
    try:
        for name, url in urls.items():
            pair.make_tables(url)
            databases.append(Database(url, pool_size=2))
            env = {**_path(), **ground.stack.env, "GONGHUI_AMQP_URL": vhost, "GONGHUI_DATABASE_URL": url}
            processes.append(subprocess.Popen([sys.executable, "-m", "tests.load.pair", name], env=env))
        _wait_for_first_call(*databases)
        yield databases[0], databases[1]
    finally:
        for process in processes:
            process.terminate()
            process.wait()
        for database in databases:
            database.close()
        for url in urls.values():
            ground.server.drop_database(url)


def _path() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _wait_for_first_call(caller: Database, listener: Database) -> None:
    with transaction(caller) as tx:
        tx.record(*_calls(1))
    heard = sa.select(sa.func.count()).select_from(pair.Heard)
    wait_until(lambda: _count(listener, heard) == 1, what="the listener")


def _calls(count: int) -> list[Event]:
    line = uuid7()
    return [
        pair.Called(call_id=uuid7(), caller_id=uuid7(), line_id=line, number=number, left=count - number, waiting=0)
        for number in range(1, count + 1)
    ]


def _size_of_one(caller: Database) -> int:
    with caller.session() as session:
        row = session.execute(sa.select(*OutboxEvent.__table__.columns).limit(1)).one()
    return len(encode("caller", row))


def _rate(source: Database, sink: Database, events: list[Event], handled: sa.Select[int]) -> float:
    """Store events in one transaction and return how many per second were handled, until the last was."""
    before = _count(sink, handled)
    with transaction(source) as tx:
        tx.record(*events)
    began = time.perf_counter()
    _until(lambda: _count(sink, handled) >= before + len(events), began + 120)
    seconds = time.perf_counter() - began
    assert _count(sink, handled) == before + len(events), "an event was handled twice"
    return len(events) / seconds


def _until(done: Callable[[], bool], end: float) -> None:
    while not done():
        assert time.perf_counter() < end, "not every event was handled"
        time.sleep(0.03)


def _count(database: Database, statement: sa.Select[int]) -> int:
    with database.session() as session:
        return int(session.scalar(statement) or 0)


def _into_views(ground: Ground, count: int) -> float:
    """Announce registrations as activities would and count them in the gateway's view."""
    env = ground.stack.env
    source = Database(env["GONGHUI_ACTIVITIES_DATABASE_URL"], pool_size=1)
    sink = Database(env["GONGHUI_GATEWAY_DATABASE_URL"], pool_size=1)
    rates = []
    for _ in range(ground.rounds):
        activity_id = UUID(ground.schedule(capacity=count))
        seen = RegistrationView.activity_id == activity_id
        statement = sa.select(sa.func.count()).select_from(RegistrationView).where(seen)
        rates.append(_rate(source, sink, _confirmations(activity_id, count), statement))
    source.close()
    sink.close()
    return median(rates)


def _confirmations(activity_id: UUID, count: int) -> list[Event]:
    return [
        RegistrationConfirmed(
            registration_id=uuid7(),
            activity_id=activity_id,
            member_id=uuid7(),
            seats_taken=number,
            seats_left=count - number,
            waiting=0,
            moved_up=False,
        )
        for number in range(1, count + 1)
    ]
