"""Replicas notify each other of invalid data; a replica that was disconnected is notified that it missed messages."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import eventlet
import pytest
from kombu import Exchange
from nameko.containers import ServiceContainer

from services.chassis.broker import broadcast, publisher
from services.chassis.broker.broadcast import Broadcast
from services.chassis.process.settings import settings
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.usefixtures("databases")


class Recorder:
    """A replica's listener; writes down what it hears."""

    def __init__(self):
        self.heard = []
        self.gaps = 0

    def connected(self, tell):
        self.tell = tell

    def hear(self, word, items):
        self.heard.append((word, items))

    def missed(self):
        self.gaps += 1


class Watched(Broadcast):
    """Lets the test cut its connection."""

    def on_consume_ready(self, connection, channel, consumers, **kwargs):
        self.listener.link = connection
        super().on_consume_ready(connection, channel, consumers, **kwargs)


def until(look, seconds=PATIENCE):
    """Wait until something is so."""
    with eventlet.Timeout(seconds):
        while not look():
            eventlet.sleep(0.02)


@pytest.fixture
def replicas() -> Iterator[list[Recorder]]:
    """Three replicas of one service, listening."""
    recorders = [Recorder() for _ in range(3)]
    containers = []
    for recorder in recorders:
        service = type("Post", (), {"name": "post", "broadcast": Watched("words", recorder)})
        containers.append(ServiceContainer(service, {"AMQP_URI": settings().amqp_url}))
        containers[-1].start()
    until(lambda: all(recorder.gaps for recorder in recorders))
    yield recorders
    for container in containers:
        container.stop()


def test_the_others_hear_it_and_the_one_who_told_does_not(replicas):
    teller, *others = replicas

    teller.tell("left", [["a", 1], ["b", 2], ["a", 1]])

    until(lambda: all(other.heard for other in others))
    assert [other.heard for other in others] == [[("left", [["a", 1], ["b", 2]])]] * 2
    replicas[1].tell("right", [])
    until(lambda: teller.heard)
    assert teller.heard == [("right", [])]


def test_more_than_a_message_holds_arrives_in_several(replicas):
    teller, other, _ = replicas

    teller.tell("many", [[number] for number in range(1_200)])

    until(lambda: sum(len(items) for _, items in other.heard) == 1_200)
    assert [number for _, items in other.heard for [number] in items] == list(range(1_200))
    assert max(len(items) for _, items in other.heard) <= broadcast.MOST_ITEMS


def test_what_would_fill_the_memory_is_told_as_a_gap(replicas):
    teller, other, _ = replicas
    before = other.gaps

    teller.tell("flood", [[number] for number in range(broadcast.MOST_WAITING + 1)])

    until(lambda: other.gaps > before)
    assert other.heard == []


def test_what_cannot_be_read_counts_as_a_gap(replicas):
    before = [replica.gaps for replica in replicas]
    with publisher.connection(settings().amqp_url) as link:
        channel = link.channel()
        Exchange("post.words", type="fanout", durable=True)(channel).declare()
        message = channel.prepare_message("no JSON", content_type="text/plain", content_encoding="utf-8")
        channel.basic_publish(message, exchange="post.words", routing_key="")
        until(lambda: all(replica.gaps > gaps for replica, gaps in zip(replicas, before, strict=True)))


@pytest.mark.parametrize("databases", ["real"], indirect=True)
def test_a_replica_that_was_cut_off_is_told_so_and_hears_again(replicas):
    teller, other, _ = replicas
    before = other.gaps

    other.link.connection.transport.sock.shutdown(socket.SHUT_RDWR)

    until(lambda: other.gaps > before)
    teller.tell("after", [[1]])
    until(lambda: other.heard)
    assert other.heard == [("after", [[1]])]
