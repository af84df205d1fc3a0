"""Two services with nothing but the chassis in them: one announces, the other stores a row for each event it hears.

As a program it runs one of them, by name, as `gonghui serve` runs the union's.
"""

from __future__ import annotations

import sys
from uuid import UUID

if __name__ == "__main__":
    from services.chassis.process import eventlet_setup

    eventlet_setup.patch()

import sqlalchemy as sa
from marshmallow import fields
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import ChassisBase, Database, declarative_base
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.process import logs
from services.chassis.process.runner import Containers, declare_topology
from services.chassis.process.runtime import ServiceRuntime
from services.chassis.process.signals import on_signals
from services.chassis.schema import Event, Schema

Base = declarative_base("listener")


class CalledData(Schema):
    """As much as a registration's event holds."""

    call_id = fields.UUID(required=True)
    caller_id = fields.UUID(required=True)
    line_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    left = fields.Integer(required=True)
    waiting = fields.Integer(required=True)


class Called(Event, source="caller"):
    """Somebody called."""

    subject = "line/{line_id}"
    data = CalledData
    example = {
        "call_id": "0190d5a0-0000-7000-8000-0000000000a3",
        "caller_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
        "line_id": "0190d5a0-0000-7000-8000-0000000000a1",
        "number": 1,
        "left": 0,
        "waiting": 0,
    }


class Heard(Base):  # type: ignore[misc,valid-type]
    """An event that was handled."""

    __tablename__ = "heard"

    call_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]


class Caller:
    """Announces what is put into its outbox."""

    name = "caller"
    runtime = ServiceRuntime()


class Listener:
    """Stores what it hears."""

    name = "listener"
    runtime = ServiceRuntime()

    @on_event(Called, batch=True)
    def on_called(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        rows = [{"call_id": event.data["call_id"], "number": event.data["number"]} for event in events]
        tx.session.execute(sa.insert(Heard.__table__), rows)


PAIR = {service.name: service for service in (Caller, Listener)}


def make_tables(url: str) -> None:
    """Make the chassis's tables and the listener's."""
    database = Database(url, pool_size=1)
    ChassisBase.metadata.create_all(database.engine)
    Base.metadata.create_all(database.engine)
    database.close()


def _serve(name: str) -> int:
    logs.configure("INFO")
    declare_topology(PAIR.values())
    containers = Containers([PAIR[name]])
    on_signals(containers.request_stop)
    containers.start()
    return containers.run()


if __name__ == "__main__":
    raise SystemExit(_serve(sys.argv[1]))
