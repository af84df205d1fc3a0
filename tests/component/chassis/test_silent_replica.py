"""A replica that takes requests and falls silent: what may be asked for again is answered by another one."""

from __future__ import annotations

import eventlet
import pytest
import sqlalchemy as sa
from kombu import Consumer, Queue

from services.chassis.broker import publisher
from services.chassis.database.tables import OutboxEvent
from services.chassis.errors import DeadlineExceeded
from services.chassis.process.settings import settings
from tests.component.chassis import bells

pytestmark = pytest.mark.parametrize("databases", ["real"], indirect=True)


class SilentReplica:
    """Takes requests of a service as a replica that was stopped would: up to its prefetch, with no reply."""

    def __init__(self, service: str) -> None:
        self.taken: list = []
        self.link = publisher.connection(settings().amqp_url)
        queue = Queue(f"rpc-{service}", durable=True, no_declare=True)
        channel = self.link.channel()
        Consumer(channel, [queue], on_message=self.taken.append, prefetch_count=10).consume()
        self.thread = eventlet.spawn(self._take)

    def _take(self) -> None:
        while True:
            try:
                self.link.drain_events(timeout=0.05)
            except TimeoutError:
                eventlet.sleep(0.01)

    def vanish(self) -> None:
        self.thread.kill()
        self.link.release()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Deadlines that the replica which answers meets on a busy machine too; the silent one takes a part of each."""
    monkeypatch.setenv("GONGHUI_RPC_DEADLINE", "12")
    monkeypatch.setattr(bells, "PATIENCE", 60.0)


@pytest.fixture
def silent():
    made = []

    def make(service: str) -> SilentReplica:
        made.append(SilentReplica(service))
        return made[-1]

    yield make
    for one in made:
        one.vanish()


def test_queries_are_answered_although_a_replica_took_them_and_fell_silent(databases, silent):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        replica = silent("book")
        for _ in range(6):
            assert visitor.lines() == []
        assert replica.taken


def test_a_keyed_command_is_asked_for_again_and_carried_out_once(databases, silent):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        replica = silent("bell")
        for n in range(20, 24):
            assert visitor.ring(n, idempotency_key=f"ring-{n}") == {"n": n}
        assert replica.taken
    with databases["bell"].session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(bells.RingRow)) == 4
        assert session.scalar(sa.select(sa.func.count()).select_from(OutboxEvent)) == 4


def test_a_command_without_a_key_is_sent_once_and_its_end_is_unknown(databases, silent):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        replica = silent("bell")
        unknown = 0
        for n in range(20, 26):  # the broker gives requests to both in turns, those of the reconciler among them
            try:
                visitor.ring(n)
            except DeadlineExceeded:
                unknown += 1
                break
        rings = [message for message in replica.taken if message.delivery_info["routing_key"] == "bell.ring"]
        assert unknown == len(rings) == 1
