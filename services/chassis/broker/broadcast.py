"""Notifying the other replicas of a service at once of cached data that became invalid, over a fan-out exchange.

Each process has a queue of its own that is deleted with its connection, so a message reaches the replicas that are
connected now and is not kept. A replica that lost its connection is notified that it may have missed messages. Belongs
here: passing messages on. Not: anything that must arrive; that is an event.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol
from uuid import uuid4

import eventlet
from eventlet.event import Event as Signal
from kombu import Connection, Consumer, Exchange, Queue
from kombu.mixins import ConsumerMixin
from nameko.extensions import DependencyProvider

from services.chassis.broker import publisher
from services.chassis.process import logs
from services.chassis.process.settings import settings

STOP_LOOK = 0.25
"""Seconds between checks whether to stop."""
PAUSE = 1.0
"""Seconds until a message that could not be sent is tried again."""
LONGEST_END = 1.0
"""Seconds to wait for sending and for receiving to end; without a limit an absent broker would block the stop."""
MOST_ITEMS = 500
"""Items in one message."""
MOST_WAITING = 20_000
"""Items that may wait for the broker; with more, the other replicas are notified that they missed some."""

Item = Sequence[Any]
Tell = Callable[[str, Sequence[Item]], None]

log = logs.get_logger(__name__)


class Listener(Protocol):
    """What a service does with messages of its other replicas."""

    def connected(self, tell: Tell) -> None:
        """Receive the function that notifies other replicas of a topic and an id; it never waits and never fails."""

    def hear(self, word: str, items: list[list[Any]]) -> None:
        """Handle a message of another replica."""

    def missed(self) -> None:
        """Messages may have been lost: drop everything that one of them could have invalidated."""


class Broadcast(DependencyProvider, ConsumerMixin):
    """Connects one process with the other replicas of its service.

    Args:
        name: of the kind of messages; the exchange is `SERVICE.NAME`.
        listener: of this process.
    """

    def __init__(self, name: str, listener: Listener) -> None:
        self.name = name
        self.listener = listener

    def setup(self) -> None:
        self.sender = uuid4().hex
        self.address = f"{self.container.service_name}.{self.name}"
        self.exchange = Exchange(self.address, type="fanout", durable=True)
        self._waiting: dict[str, dict[str, Item]] = {}
        self._has_work: Signal = Signal()
        self._gap = False
        self._threads: list[Any] = []

    def start(self) -> None:
        self.connection = publisher.connection(settings().amqp_url, heartbeat=publisher.HEARTBEAT)
        self._threads = [
            self.container.spawn_managed_thread(lambda: self.run(safety_interval=STOP_LOOK), identifier=self.address),
            self.container.spawn_managed_thread(self._publish_all, identifier=f"{self.address} out"),
        ]
        self.listener.connected(self.tell)

    def stop(self) -> None:
        """Send what is left if the broker can be reached, then close."""
        self.should_stop = True
        self._ring()
        for thread in reversed(self._threads):
            with eventlet.Timeout(LONGEST_END, False):
                thread.wait()
            thread.kill()

    def tell(self, word: str, items: Sequence[Item] = ()) -> None:
        """Notify the other replicas soon; an item that is given twice is sent once."""
        waiting = self._waiting.setdefault(word, {})
        waiting.update((json.dumps(item), item) for item in items)
        if len(waiting) > MOST_WAITING:
            self._waiting, self._gap = {}, True
        self._ring()

    def get_consumers(self, consumer_class: Any, channel: Any) -> list[Any]:
        # A new name each time: the broker may still hold the queue of the connection that was lost.
        queue = Queue(
            f"{self.address}-{self.sender}-{uuid4().hex[:8]}",
            exchange=self.exchange,
            exclusive=True,
            auto_delete=True,
            durable=False,
        )
        take = {"on_message": self._take, "on_decode_error": self._take}
        return [Consumer(channel, [queue], no_ack=True, **take)]

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        self.listener.missed()

    def on_connection_error(self, exc: BaseException, interval: float) -> None:
        log.warning("broker_away", service=self.container.service_name, error=type(exc).__name__)

    def _take(self, message: Any, _undecodable: Exception | None = None) -> None:
        try:
            told = json.loads(message.body)
            if told["sender"] == self.sender:
                return
            if told["missed"]:
                self.listener.missed()
            for word, items in told["told"].items():
                self.listener.hear(word, items)
        except Exception as error:
            log.warning("broadcast_not_understood", exchange=self.address, error=type(error).__name__)
            self.listener.missed()

    def _ring(self) -> None:
        if not self._has_work.ready():
            self._has_work.send(None)

    def _publish_all(self) -> None:
        link: Connection | None = None
        while not self.should_stop or self._waiting:
            self._has_work.wait()
            self._has_work = Signal()
            link = self._publish_waiting(link)
            if link is None and self.should_stop:
                break
        if link is not None:
            link.release()

    def _publish_waiting(self, link: Connection | None) -> Connection | None:
        """Publish what waits and return the connection; None when it was lost and the others have missed something."""
        try:
            if link is None:
                link = publisher.connection(settings().amqp_url)
            while self._waiting or self._gap:
                gap, self._gap = self._gap, False
                told, self._waiting = _part_of(self._waiting)
                self._publish(link, {"sender": self.sender, "missed": gap, "told": told})
        except Exception as error:
            log.warning("broadcast_failed", exchange=self.address, error=type(error).__name__)
            self._waiting, self._gap = {}, True
            if not self.should_stop:
                eventlet.spawn_after(PAUSE, self._ring)
            return None
        return link

    def _publish(self, link: Connection, body: dict[str, Any]) -> None:
        channel: Any = link.default_channel
        self.exchange(channel).declare()
        text = json.dumps(body)
        message = channel.prepare_message(
            text, content_type="application/json", content_encoding="utf-8", properties={"delivery_mode": 1}
        )
        channel.basic_publish(message, exchange=self.address, routing_key="")


def _part_of(waiting: dict[str, dict[str, Item]]) -> tuple[dict[str, list[Item]], dict[str, dict[str, Item]]]:
    """Return what goes into one message, and what is left for the next."""
    told = {word: list(items.values())[:MOST_ITEMS] for word, items in waiting.items()}
    left = {word: dict(list(items.items())[MOST_ITEMS:]) for word, items in waiting.items() if len(items) > MOST_ITEMS}
    return told, left
