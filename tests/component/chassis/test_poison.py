"""Messages nobody could handle: each is kept where it can be seen, and none holds the others up."""

from __future__ import annotations

import json
import zlib
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from kombu import Connection

from services.chassis import clock
from services.chassis.broker import publisher
from services.chassis.database.tables import InboxEvent
from services.chassis.database.transaction import transaction
from services.chassis.events import inbox
from services.chassis.events.envelope import encode
from services.chassis.events.failed_events import get_failed_event, list_failed_events
from services.chassis.events.handlers import PATIENCE, Reaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings
from services.chassis.rpc.context import CallContext
from tests.component.chassis import bells
from tests.component.chassis.test_events import CONSUMER, inbox_rows, published, wait_for_status

DEEP = "[" * 100_000 + "]" * 100_000
SECRET = "330106199003070017"


def envelope(databases, **changes: Any) -> str:
    """A ring's message, changed."""
    with transaction(databases["bell"]) as tx:
        tx.record(bells.Rung(n=1, door=1))
    row = published(databases)[-1]
    with databases["bell"].session() as session:
        session.execute(sa.delete(type(row)))
    body = json.loads(encode("bell", row))
    return json.dumps({**body, "id": str(uuid7()), **changes})


def reaction(databases, handle) -> Reaction:
    return Reaction(CONSUMER, bells.Rung, databases["book"], handle)


def dead_rows(databases) -> list[InboxEvent]:
    return [row for row in inbox_rows(databases) if row.status == inbox.DEAD]


def unreadable(databases) -> list[str]:
    """Bodies that break the reader, each in a way of its own."""
    whole = envelope(databases)
    return [
        DEEP,
        '{"data":' * 100_000,
        whole.replace('"data": {', f'"data": {{"deep": {DEEP}, '),
        whole.replace('"door": 1', '"door": "\x00"'),
        envelope(databases, subject="bell/\ud800"),
        envelope(databases, correlationid="a\x00b"),
        envelope(databases, time="9999-99-99T00:00:00Z"),
        envelope(databases, sequence="٣"),
        envelope(databases, data={"n": 10**400, "door": "x"}),
        "\ud83d broken in two",
    ]


def test_whatever_cannot_be_read_is_dead_at_once_and_can_be_looked_at(databases):
    bodies = unreadable(databases)
    assert reaction(databases, lambda tx, events: None).take(bodies)
    kept = dead_rows(databases)
    assert len(kept) == len(bodies)
    assert max(len(row.body) for row in kept) < 1_000_000
    with transaction(databases["book"]) as tx:
        listed = list_failed_events(tx, {"cursor": None, "limit": 50})["items"]
        assert len(listed) == len(bodies)
        for row in kept:
            assert get_failed_event(tx, row.consumer, row.event_id)["error"]


def test_they_come_over_the_broker_and_stop_nothing(databases):
    bodies = [body for body in unreadable(databases) if "\ud83d" not in body]
    with bells.running(bells.Book), bells.visiting() as visitor:
        for body in bodies:
            bells.publish_raw(body)
        bells.publish_raw(envelope(databases))
        assert visitor.wait_for(1) == [1]
    assert len(dead_rows(databases)) == len(bodies)


@pytest.mark.parametrize("databases", ["real"], indirect=True)  # in memory nothing is compressed
def test_a_message_that_cannot_be_unpacked_is_kept_dead_and_stops_nothing(databases):
    with Connection(settings.settings().amqp_url) as link:
        channel = link.channel()
        for body in (b"not packed at all", zlib.compress(b"x" * 100)[:-9]):
            message = channel.prepare_message(body, headers={"compression": "application/x-gzip"})
            channel.basic_publish(message, exchange="bell.events", routing_key="rung")
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        visitor.ring(1)
        assert visitor.wait_for(1) == [1]
    assert len(dead_rows(databases)) == 2


def test_a_replayed_message_that_cannot_be_read_is_dead_again_and_holds_no_retry_up(databases):
    bells.Book.stumbles = {1}
    with bells.running(bells.Book), bells.visiting() as visitor:
        bells.publish_raw(DEEP)
        buried = wait_for_status(databases, inbox.DEAD)
        bells.publish_raw(envelope(databases))
        failed = wait_for_status(databases, inbox.FAILED)
        bells.Book.stumbles = set()
        with databases["book"].session() as session:
            for row in (buried, failed):
                assert inbox.replay(session, CONSUMER, row.event_id, clock.now())
        assert visitor.wait_for(1) == [1]
        again = wait_for_status(databases, inbox.DEAD)
        assert again.event_id == buried.event_id
        assert again.next_at is None


def test_an_event_that_looks_as_if_the_database_were_away_is_set_aside_alone(databases):
    """A statement that runs into its time-out each time, or out of memory, says the same as a database that is away."""

    def handle(tx, events):
        for event in events:
            if event.data["n"] == 2:
                raise sa.exc.OperationalError("SELECT", {}, Exception("out of memory"), connection_invalidated=True)
            tx.session.add(bells.Line(n=event.data["n"], at=tx.now))

    tried = 0
    bodies = [envelope(databases, data={"n": n, "door": 0}) for n in (1, 2, 3)]
    taking = reaction(databases, handle)
    while not taking.take(bodies, tried):
        assert inbox_rows(databases) == []
        tried += 1
    assert tried == PATIENCE
    assert sorted(row.status for row in inbox_rows(databases)) == [inbox.FAILED, inbox.HANDLED, inbox.HANDLED]
    with databases["book"].session() as session:
        assert sorted(session.scalars(sa.select(bells.Line.n))) == [1, 3]


def test_a_database_that_takes_no_note_of_a_failure_is_waited_for(databases):
    with databases["book"].session() as session:
        session.execute(sa.text("ALTER TABLE inbox RENAME TO inbox_elsewhere"))
    taking, body = reaction(databases, lambda tx, events: None), envelope(databases)
    for tried in range(PATIENCE + 2):
        assert not taking.take([body, "no json"], tried)
    with databases["book"].session() as session:
        session.execute(sa.text("ALTER TABLE inbox_elsewhere RENAME TO inbox"))
    assert taking.take([body, "no json"], PATIENCE + 2)
    assert sorted(row.status for row in inbox_rows(databases)) == [inbox.DEAD, inbox.HANDLED]


def test_an_event_whose_failure_cannot_be_stored_as_it_is_is_dead_in_a_form_that_can(databases, monkeypatch):
    keep_failed = inbox.keep_failed

    def picky(session, consumer, event_id, body, error, at):
        if not body.isascii():
            raise UnicodeEncodeError("latin-1", body, 0, 1, "this database knows no such character")
        return keep_failed(session, consumer, event_id, body, error, at)

    def stumble(tx, events):
        raise RuntimeError("stumbled over \ud800 and \x00")

    monkeypatch.setattr(inbox, "keep_failed", picky)
    body = json.dumps(json.loads(envelope(databases, note="欧阳")), ensure_ascii=False)
    plain = envelope(databases)
    assert reaction(databases, stumble).take([body, plain])
    kept = {row.status: row for row in inbox_rows(databases)}
    assert set(kept) == {inbox.DEAD, inbox.FAILED}
    assert kept[inbox.DEAD].body.isascii()
    assert kept[inbox.FAILED].error == "RuntimeError: stumbled over � and �"


def test_a_call_that_cannot_be_decoded_is_dropped_and_its_body_is_in_no_log(databases, caplog):
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        with publisher.connection(settings.settings().amqp_url) as link:
            channel = link.channel()
            for body in (DEEP, f'{{"id_number": "{SECRET}"', "\\"):
                message = channel.prepare_message(body, content_type="application/json", content_encoding="utf-8")
                channel.basic_publish(message, exchange="nameko-rpc", routing_key="bell.ring")
        with eventlet.Timeout(PATIENCE):
            while sum("undecodable_message_dropped" in record.getMessage() for record in caplog.records) < 3:
                eventlet.sleep(0.05)
        assert visitor.client.call(bells.ring, {"n": 3}, CallContext()) == {"n": 3}
    told = caplog.text
    assert SECRET not in told
    assert "[[[" not in told
