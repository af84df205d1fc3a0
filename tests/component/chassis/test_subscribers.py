"""A system outside listens as the AsyncAPI document advises: the rights suffice, and the arguments do what it says."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from kombu import Connection, Exchange, Queue, binding

from gateway.http import subscription_advice
from services.chassis.process import settings

pytestmark = pytest.mark.parametrize("databases", ["real"], indirect=True)

UNION = Exchange("membership.events", type="topic", durable=True)
SYSTEM = "library"
PATIENCE = 60.0


def filled(told: Any) -> Any:
    """What the document says, with the name of the system in its place."""
    if isinstance(told, dict):
        return {key: filled(value) for key, value in told.items()}
    return told.replace(subscription_advice.SYSTEM, SYSTEM) if isinstance(told, str) else told


@pytest.fixture
def subscriber(databases, amqp_server) -> Iterator[Connection]:
    """A connection of a broker user who may do what the document says, in a vhost with the union's exchange."""
    url = settings.settings().amqp_url
    vhost, user = urlsplit(url).path, f"{SYSTEM}-{secrets.token_hex(4)}"
    with Connection(url) as union:
        UNION(union.default_channel).declare()
    amqp_server.ask("PUT", f"/api/users/{user}", {"password": "secret", "tags": ""})
    try:
        amqp_server.ask("PUT", f"/api/permissions{vhost}/{quote(user)}", filled(subscription_advice.RIGHTS))
        with Connection(f"amqp://{user}:secret@{amqp_server.host}:{amqp_server.port}{vhost}") as connection:
            yield connection
    finally:
        amqp_server.ask("DELETE", f"/api/users/{user}")


def queues_of(connection: Connection, **arguments: Any) -> tuple[Queue, Queue]:
    """Declare the queue and the one of dead letters as advised, with arguments of the test in their place."""
    passive = Exchange(UNION.name, type="topic", passive=True)
    dead = Queue(
        filled(subscription_advice.DEAD),
        Exchange(filled(subscription_advice.DEAD), type="fanout"),
        queue_arguments=filled(subscription_advice.DEAD_QUEUE_ARGUMENTS),
    )
    own = Queue(
        SYSTEM,
        bindings=[binding(passive, routing_key="member_joined")],
        queue_arguments={**filled(subscription_advice.QUEUE_ARGUMENTS), **arguments},
    )
    channel = connection.default_channel
    return dead(channel), own(channel)


def announce(*bodies: str) -> None:
    """Publish as the union does: confirmed."""
    with Connection(settings.settings().amqp_url, transport_options={"confirm_publish": True}) as union:
        producer = union.Producer()
        for body in bodies:
            producer.publish(body, exchange=UNION.name, routing_key="member_joined", delivery_mode=2, timeout=PATIENCE)


def taken(connection: Connection, queue: Queue, count: int, answer: str = "ack") -> list[str]:
    """Consume until so many messages came, and answer each."""
    found: list[str] = []

    def on_message(message: Any) -> None:
        found.append(message.body if isinstance(message.body, str) else bytes(message.body).decode())
        getattr(message, answer)()

    with connection.Consumer(queue, on_message=on_message, prefetch_count=subscription_advice.PREFETCH):
        while len(found) < count:
            connection.drain_events(timeout=PATIENCE)
    return found


def test_the_rights_suffice_for_the_queue_and_for_nothing_else(subscriber):
    dead, own = queues_of(subscriber)
    dead.declare()
    own.declare()
    announce("a", "b")
    assert taken(subscriber, own, 2) == ["a", "b"]
    for forbidden in ("evt-membership-member_joined--welfare.x", "membership.events"):
        with subscriber.clone() as other, pytest.raises(Exception, match=r"ACCESS_REFUSED|403"):
            Queue(forbidden, durable=True)(other.default_channel).declare()
    with subscriber.clone() as other:
        other.Producer().publish("forged", exchange=UNION.name, routing_key="member_joined")
        with pytest.raises(Exception, match=r"ACCESS_REFUSED|403"):
            other.drain_events(timeout=PATIENCE)


def test_what_is_rejected_or_returned_too_often_is_a_dead_letter(subscriber):
    dead, own = queues_of(subscriber)
    dead.declare()
    own.declare()
    announce("no json")
    assert taken(subscriber, own, 1, "reject") == ["no json"]
    assert taken(subscriber, dead, 1) == ["no json"]
    announce("poison")
    limit = subscription_advice.QUEUE_ARGUMENTS["x-delivery-limit"]
    assert taken(subscriber, own, limit + 1, "requeue") == ["poison"] * (limit + 1)
    assert taken(subscriber, dead, 1) == ["poison"]


def test_a_full_queue_gives_up_its_oldest_and_never_refuses_the_union(subscriber):
    dead, own = queues_of(subscriber, **{"x-max-length": 3})
    dead.declare()
    own.declare()
    announce(*"abcde")
    assert taken(subscriber, dead, 2) == ["a", "b"]
    assert taken(subscriber, own, 3) == ["c", "d", "e"]
