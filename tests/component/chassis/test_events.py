"""Events: stored with the change, handled exactly once in effect, kept when they fail."""

from __future__ import annotations

import json

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.tables import InboxEvent, OutboxEvent
from services.chassis.database.transaction import transaction
from services.chassis.events import inbox, outbox
from services.chassis.events.envelope import encode
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant, Principal
from tests.component.chassis import bells
from tests.support.waiting import PATIENCE

CONSUMER = "book.on_rung"


def inbox_rows(databases) -> list[InboxEvent]:
    with databases["book"].session() as session:
        return list(session.scalars(sa.select(InboxEvent).order_by(InboxEvent.event_id)))


def wait_for_status(databases, status: str) -> InboxEvent:
    with eventlet.Timeout(PATIENCE):
        while True:
            found = [row for row in inbox_rows(databases) if row.status == status]
            if found:
                return found[0]
            eventlet.sleep(0.05)


def published(databases) -> list[OutboxEvent]:
    with databases["bell"].session() as session:
        return list(session.scalars(sa.select(OutboxEvent).order_by(OutboxEvent.position)))


def make_due(databases, event_id) -> None:
    with databases["book"].session() as session:
        session.execute(sa.update(InboxEvent).where(InboxEvent.event_id == event_id).values(next_at=clock.now()))


def test_every_ring_is_written_once_and_numbered_per_door(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        list(eventlet.GreenPool(16).imap(visitor.ring, range(20, 140)))
        lines = visitor.wait_for(120)
    assert sorted(lines) == list(range(20, 140))
    for door in range(3):
        sequences = [row.sequence for row in published(databases) if row.subject == f"bell/{door}"]
        assert sequences == list(range(1, len(sequences) + 1))


def test_events_of_one_transaction_arrive_in_the_order_they_were_recorded(databases):
    officer = Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),))
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.client.call(bells.ring_twice, {"n": 1}, CallContext(principal=officer))
        assert visitor.wait_for(2) == [1, 2]


def test_events_published_while_the_consumer_is_away_wait_for_it(databases):
    if databases["bell"].is_sqlite:
        with bells.running(bells.Book):
            pass  # an embedded queue exists from its consumer's first start, in the same process
    with bells.running(bells.Bell), bells.visiting() as visitor:
        visitor.ring(1)
        eventlet.sleep(0.5)
        with bells.running(bells.Book):
            assert visitor.wait_for(1) == [1]


def test_a_second_delivery_is_dropped(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.ring(1)
        visitor.wait_for(1)
        body = encode("bell", published(databases)[0]).decode()
        for _ in range(3):
            bells.publish_raw(body)
        visitor.ring(2)
        assert visitor.wait_for(2) == [1, 2]


def test_a_crash_between_publish_and_mark_doubles_nothing(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.ring(1)
        visitor.wait_for(1)
    with databases["bell"].session() as session:
        session.execute(sa.update(OutboxEvent).values(published_at=None))
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.ring(2)
        assert visitor.wait_for(2) == [1, 2]


def test_a_crash_between_commit_and_publish_loses_nothing(databases):
    with transaction(databases["bell"]) as tx:
        tx.record(bells.Rung(n=1, door=1))
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        assert visitor.wait_for(1) == [1]


def test_what_cannot_be_read_is_kept_dead_and_stops_nothing(databases):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        for body in ("no json", json.dumps({"specversion": "1.0"}), "\x00\x01"):
            bells.publish_raw(body)
        visitor.ring(1)
        assert visitor.wait_for(1) == [1]
        wait_for_status(databases, inbox.DEAD)
    dead = [row for row in inbox_rows(databases) if row.status == inbox.DEAD]
    assert len(dead) == 3
    assert "no json" in {row.body for row in dead}


def test_an_event_of_a_later_version_is_read_and_one_that_breaks_the_schema_is_dead(databases):
    with transaction(databases["bell"]) as tx:
        tx.record(bells.Rung(n=1, door=1))
    row = published(databases)[0]
    body = json.loads(encode("bell", row))
    with bells.running(bells.Book), bells.visiting() as visitor:
        bells.publish_raw(json.dumps({**body, "id": str(uuid7()), "data": {"n": 7, "door": 1, "tone": "high"}}))
        bells.publish_raw(json.dumps({**body, "id": str(uuid7()), "data": {"tone": "high"}}))
        assert visitor.wait_for(1) == [7]
        assert "n" in wait_for_status(databases, inbox.DEAD).error


def test_a_handler_that_fails_keeps_its_event_and_lets_the_others_pass(databases):
    bells.Book.stumbles = {2}
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        for n in (1, 2, 3):
            visitor.ring(n)
        assert visitor.wait_for(2) == [1, 3]
        failed = wait_for_status(databases, inbox.FAILED)
        assert failed.attempts == 1
        assert "stumbled" in failed.error
        assert failed.next_at > clock.now()
        bells.Book.stumbles = set()
        make_due(databases, failed.event_id)
        assert visitor.wait_for(3) == [1, 3, 2]
    assert {row.status for row in inbox_rows(databases)} == {inbox.HANDLED}


def test_past_the_last_attempt_an_event_is_dead_until_it_is_replayed_or_discarded(databases):
    bells.Book.stumbles = {1}
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.ring(1)
        failed = wait_for_status(databases, inbox.FAILED)
        with databases["book"].session() as session:
            session.execute(sa.update(InboxEvent).values(attempts=len(inbox.RETRY_AFTER)))
        make_due(databases, failed.event_id)
        dead = wait_for_status(databases, inbox.DEAD)
        assert visitor.lines() == []
        bells.Book.stumbles = set()
        with databases["book"].session() as session:
            assert inbox.replay(session, CONSUMER, dead.event_id, clock.now())
        assert visitor.wait_for(1) == [1]
        with databases["book"].session() as session:
            assert not inbox.discard(session, CONSUMER, dead.event_id)


def test_a_discarded_event_never_comes_back(databases):
    bells.Book.stumbles = {1}
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.ring(1)
        failed = wait_for_status(databases, inbox.FAILED)
        with databases["book"].session() as session:
            assert inbox.discard(session, CONSUMER, failed.event_id)
        bells.Book.stumbles = set()
        bells.publish_raw(failed.body)
        visitor.ring(2)
        assert visitor.wait_for(1) == [2]


@pytest.mark.parametrize("databases", ["real"], indirect=True)  # an embedded union is one process by its lock
def test_of_two_replicas_one_relays_and_every_ring_is_heard_once(databases):
    with bells.running(bells.Bell, bells.Bell, bells.Book, bells.Book), bells.visiting() as visitor:
        list(eventlet.GreenPool(8).imap(visitor.ring, range(20, 60)))
        assert sorted(visitor.wait_for(40)) == list(range(20, 60))
    with databases["bell"].session() as session:
        assert outbox.depth_and_age(session, clock.now()) == (0, 0.0)
