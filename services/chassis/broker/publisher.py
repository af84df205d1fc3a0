"""Publishing to the broker: the topology of events, and a publisher with pipelined confirms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from kombu import Connection, Exchange, Queue

from services.chassis.broker import embedded
from services.chassis.broker.amqp_transport import Transport, in_one_piece
from services.chassis.events.envelope import CONTENT_TYPE
from services.chassis.process import logs
from services.chassis.process.settings import EMBEDDED_AMQP_URL
from services.chassis.schema import Event

embedded.install()

log = logs.get_logger(__name__)

CONFIRM_TIMEOUT = 10.0
"""Seconds to wait for the broker to confirm a batch before it counts as unpublished."""
HEARTBEAT = 10
"""Seconds between heartbeats on connections that consume. After two without one the broker gives the messages of a
replica that was stopped, or whose host has vanished, to another replica."""
QUEUE_PREFIX = "evt-"


class Outgoing(NamedTuple):
    """One message to publish; `position` is its row in the outbox."""

    position: int
    type: str
    body: bytes


def events_exchange(source: str) -> Exchange:
    """Return the topic exchange a service announces its events on."""
    return Exchange(f"{source}.events", type="topic", durable=True)


def event_queue(event: type[Event], consumer: str) -> Queue:
    """Return the durable queue that holds one type of event for one consumer, `service.method`."""
    return Queue(
        f"{QUEUE_PREFIX}{event.source}-{event.type}--{consumer}",
        exchange=events_exchange(event.source),
        routing_key=event.type,
        durable=True,
        queue_arguments={"x-queue-type": "quorum"},
    )


def connection(url: str, **options: Any) -> Connection:
    """Return a lazy connection to the broker at `url`."""
    if url.startswith("amqp://"):
        options["transport"] = Transport
    return Connection(url, connect_timeout=5, **options)


def broker_answers(url: str) -> bool:
    """Whether the broker accepts a connection now."""
    if url.startswith(EMBEDDED_AMQP_URL):
        return True
    try:
        with connection(url) as probe:
            probe.connect()
    except Exception:
        return False
    return True


def declare(url: str, queues: Iterable[Queue], exchanges: Iterable[Exchange] = ()) -> None:
    """Declare exchanges and queues, so that events published before a consumer's first start are kept."""
    with connection(url) as link:
        channel = link.channel()
        for exchange in exchanges:
            exchange(channel).declare()
        for queue in queues:
            queue(channel).declare()


def messages_waiting(url: str, queue: str) -> int:
    """Return how many messages of a queue have not been delivered. Raises when the broker or the queue is not there."""
    with connection(url) as link:
        return int(link.channel().queue_declare(queue=queue, passive=True).message_count)


def answer(message: Any, how: Literal["ack", "requeue"], consumer: str, **options: Any) -> bool:
    """Ack or requeue a message. False when its connection is lost: then the broker has requeued it."""
    try:
        getattr(message, how)(**options)
    except Exception as error:
        log.warning("broker_away", consumer=consumer, action=how, error=type(error).__name__)
        return False
    return True


class EventPublisher:
    """Publishes a service's events, many in flight, and returns which of them the broker has confirmed.

    Args:
        url: the broker's URL.
        source: the service whose exchange is published to.
    """

    def __init__(self, url: str, source: str) -> None:
        self.url = url
        self.exchange = events_exchange(source)
        self._link: Connection | None = None
        self._channel: Any = None
        self._pending: dict[int, int] = {}
        self._taken: set[int] = set()
        self._tag = 0

    def publish(self, messages: list[Outgoing]) -> set[int]:
        """Publish in order and return the positions the broker confirmed; the rest must be published again.

        Raises:
            Exception: the broker went away; nothing of this batch counts as confirmed.
        """
        try:
            return self._publish(messages)
        except Exception:
            self.close()
            raise

    def _publish(self, messages: list[Outgoing]) -> set[int]:
        link = self._open()
        first = self._tag + 1
        self._tag += len(messages)
        self._pending, self._taken = dict(enumerate((message.position for message in messages), first)), set()
        with in_one_piece(self._channel):
            for message in messages:
                self._send(message)
        if self.url.startswith(EMBEDDED_AMQP_URL):
            self._on_ack(self._tag, multiple=True)
        while self._pending:
            link.drain_events(timeout=CONFIRM_TIMEOUT)
        if len(self._taken) < len(messages):
            log.warning("events_not_taken", exchange=self.exchange.name, count=len(messages) - len(self._taken))
        return self._taken

    def _open(self) -> Connection:
        if self._link is None:
            self._link = connection(self.url)
            self._channel = channel = self._link.channel()
            self._tag = 0
            self.exchange(channel).declare()
            if not self.url.startswith(EMBEDDED_AMQP_URL):
                channel.events["basic_ack"].add(self._on_ack)
                channel.events["basic_nack"].add(self._on_nack)
                channel.confirm_select()
        return self._link

    def _send(self, message: Outgoing) -> None:
        """Publish by the channel itself: kombu's producer would only add costs."""
        prepared = self._channel.prepare_message(
            message.body, content_type=CONTENT_TYPE, content_encoding="utf-8", properties={"delivery_mode": 2}
        )
        self._channel.basic_publish(prepared, exchange=self.exchange.name, routing_key=message.type)

    def _settled(self, tag: int, multiple: bool) -> list[int]:
        tags = [pending for pending in self._pending if pending <= tag] if multiple else [tag]
        return [self._pending.pop(one) for one in tags if one in self._pending]

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        self._taken.update(self._settled(delivery_tag, multiple))

    def _on_nack(self, delivery_tag: int, multiple: bool = False, *_: Any) -> None:
        self._settled(delivery_tag, multiple)

    def close(self) -> None:
        """Drop the connection; the next batch opens a new one."""
        link, self._link = self._link, None
        if link is not None:
            try:
                link.release()
            except Exception:  # the broker is gone already: nothing is left to release
                link._connection = None
