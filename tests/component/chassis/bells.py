"""Two small services to try the chassis with: `bell` is rung, `book` writes down every ring it hears of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import eventlet
import sqlalchemy as sa
from marshmallow import fields
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.broker import publisher as broker
from services.chassis.database import engine
from services.chassis.entrypoints import on_call, on_event
from services.chassis.errors import Refused
from services.chassis.events.published import event_accounting_entrypoints
from services.chassis.process import settings
from services.chassis.process.runner import Containers, calling, declare_topology
from services.chassis.process.runtime import ServiceRuntime
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import PUBLIC, Empty, Event, Schema
from services.chassis.schema import command as declare_command
from services.chassis.schema import query as declare_query
from services.contracts.published_events import published_event_operations, reconciliation_operations

BellBase = engine.declarative_base("bell")
BookBase = engine.declarative_base("book")


class Ring(Schema):
    """Which ring."""

    n = fields.Integer(required=True, strict=True)


class RungData(Schema):
    """Which ring at which door."""

    n = fields.Integer(required=True)
    door = fields.Integer(required=True)


class Rung(Event, source="bell"):
    """The bell was rung."""

    subject = "bell/{door}"
    data = RungData
    example = {"n": 1, "door": 1}


class Written(Schema):
    """What stands in the book, in the order it was written."""

    rings = fields.List(fields.Integer(), required=True)


ring = declare_command("bell", "ring", request=Ring, reply=Ring, allow=[PUBLIC])
ring_twice = declare_command("bell", "ring_twice", request=Ring, reply=Ring, allow=["officer"])
read_book = declare_query("book", "read_book", request=Empty, reply=Written, allow=[PUBLIC])


published = {name: published_event_operations(name) for name in ("bell", "book")}
reconciliations = {name: reconciliation_operations(name) for name in published}
Accounting: Any = {name: event_accounting_entrypoints(published[name], reconciliations[name]) for name in published}


class RingRow(BellBase):  # type: ignore[misc,valid-type]
    """A ring the bell remembers."""

    __tablename__ = "ring"
    n: Mapped[int] = mapped_column(primary_key=True)


class Line(BookBase):  # type: ignore[misc,valid-type]
    """A line in the book."""

    __tablename__ = "line"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    n: Mapped[int]
    at: Mapped[datetime]


class Bell(Accounting["bell"]):  # type: ignore[misc]
    """Rings, and announces it."""

    name = "bell"
    runtime = ServiceRuntime()

    @on_call(ring)
    def ring(self, tx: Any, request: dict[str, Any]) -> dict[str, Any]:
        """Ring once; the ring 13 is refused after it was stored, so that nothing of it may stay."""
        tx.session.add(RingRow(n=request["n"]))
        tx.record(Rung(n=request["n"], door=request["n"] % 3))
        tx.session.flush()
        if request["n"] == 13:
            raise Refused("Thirteen is not rung.", rule="bell.number_is_lucky")
        return request

    @on_call(ring_twice)
    def ring_twice(self, tx: Any, request: dict[str, Any]) -> dict[str, Any]:
        """For officers only."""
        tx.record(Rung(n=request["n"], door=0), Rung(n=request["n"] + 1, door=0))
        return request


class Book(Accounting["book"]):  # type: ignore[misc]
    """Writes rings down, but for those it was told to stumble over."""

    name = "book"
    runtime = ServiceRuntime()
    stumbles: set[int] = set()

    @on_event(Rung)
    def on_rung(self, tx: Any, event: Any) -> None:
        """Write one line."""
        tx.session.add(Line(n=event.data["n"], at=tx.now))
        tx.session.flush()
        if event.data["n"] in Book.stumbles:
            raise RuntimeError("stumbled")

    @on_call(read_book)
    def read_book(self, tx: Any, request: dict[str, Any]) -> dict[str, Any]:
        """Return every line."""
        return {"rings": list(tx.session.scalars(sa.select(Line.n).order_by(Line.position)))}


BASES = {"bell": BellBase, "book": BookBase}


def make_tables(urls: dict[str, str]) -> dict[str, engine.Database]:
    """Create the tables of both services and return their databases."""
    databases = {}
    for name, url in urls.items():
        databases[name] = engine.Database(url)
        engine.ChassisBase.metadata.create_all(databases[name].engine)
        BASES[name].metadata.create_all(databases[name].engine)
    return databases


@contextmanager
def running(*services: Any) -> Iterator[Containers]:
    """Run the services in this process while the block runs."""
    containers = Containers(services)
    containers.start()
    try:
        yield containers
    finally:
        containers.stop()


PATIENCE = 240.0
"""Seconds a visitor waits for an answer: what is tried is what happens, not how soon on a busy machine."""


class Visitor:
    """Rings and reads, as anybody."""

    def __init__(self, client: RpcClient) -> None:
        self.client = client

    def ring(self, n: int, **context: Any) -> dict[str, Any]:
        """Ring once."""
        return self.client.call(ring, {"n": n}, CallContext(**context), PATIENCE)

    def lines(self) -> list[int]:
        """What the book holds."""
        return self.client.call(read_book, {}, CallContext(), PATIENCE)["rings"]

    def wait_for(self, expected: int, seconds: float = PATIENCE) -> list[int]:
        """Wait until the book has that many lines, then a moment for any that should not come."""
        with eventlet.Timeout(seconds):
            while len(self.lines()) < expected:
                eventlet.sleep(0.05)
        eventlet.sleep(0.3)
        return self.lines()


@contextmanager
def visiting() -> Iterator[Visitor]:
    """Yield a visitor of the running services."""
    with calling("visitor") as client:
        yield Visitor(client)


def declare() -> list[str]:
    """Declare the topology of both services."""
    return declare_topology([Bell, Book])


def publish_raw(body: str) -> None:
    """Put a message of any kind into the exchange, past the outbox."""
    publisher = broker.EventPublisher(settings.settings().amqp_url, "bell")
    publisher.publish([broker.Outgoing(1, "rung", body.encode())])
    publisher.close()
