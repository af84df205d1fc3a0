"""Takes events off their queues, many at a time and in order, and hands them to the service's handlers.

One connection per container, one channel per queue. Each queue has one greenthread that handles what has arrived in one
transaction, so a queue's events are handled in the order they came and a busy queue costs one commit and one ack for
many events.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Literal

import eventlet
from eventlet.event import Event as Signal
from kombu import Consumer, Queue
from kombu.mixins import ConsumerMixin
from nameko.extensions import SharedExtension

from services.chassis import broker, logs
from services.chassis.settings import settings

PREFETCH = 400
BATCH = 200
STOP_LOOK = 0.25
"""Seconds between looks whether the consumer was asked to stop."""
AWAY_PAUSE = 2.0
"""Seconds to wait before unhandled messages go back to the broker because the database is away."""

log = logs.get_logger(__name__)


class QueueWorker:
    """Handles one queue's messages in batches. `handle` returns False when they must go back to the broker."""

    def __init__(self, queue: Queue, handle: Callable[[list[str]], bool]) -> None:
        self.queue = queue
        self.handle = handle
        self.waiting: deque[Any] = deque()
        self.arrived: Signal = Signal()
        self.stopping = False

    def take(self, message: Any) -> None:
        """Note a message that has arrived."""
        self.waiting.append(message)
        self.ring()

    def ring(self) -> None:
        if not self.arrived.ready():
            self.arrived.send(None)

    def run(self) -> None:
        """Handle batches until asked to stop; what was not begun stays with the broker."""
        while not self.stopping:
            if not self.waiting:
                self.arrived.wait()
                self.arrived = Signal()
                continue
            batch = [self.waiting.popleft() for _ in range(min(BATCH, len(self.waiting)))]
            if self.handle([_text(message) for message in batch]):
                self._answer(batch, "ack")
            else:
                eventlet.sleep(AWAY_PAUSE)
                self._answer(batch, "requeue")

    def _answer(self, batch: list[Any], how: Literal["ack", "requeue"]) -> None:
        """Answer for all; once the connection is lost there is nothing to answer for the rest."""
        if how == "ack" and not settings().embedded:
            # The channel is the queue's own and everything before is answered: one ack stands for the whole batch.
            broker.answer(batch[-1], how, self.queue.name, multiple=True)
            return
        for message in batch:
            if not broker.answer(message, how, self.queue.name):
                return


class EventConsumer(SharedExtension, ConsumerMixin):
    """Consumes all event queues of one container."""

    def setup(self) -> None:
        if not hasattr(self, "workers"):
            self.workers: list[QueueWorker] = []
            self.ready = Signal()
            self._consuming = False
            self._thread: Any = None
            self._threads: list[Any] = []

    def register(self, queue: Queue, handle: Callable[[list[str]], bool]) -> None:
        """Consume `queue` with `handle`, which gets the bodies of a batch in order."""
        self.workers.append(QueueWorker(queue, handle))

    def start(self) -> None:
        if self._thread is not None or not self.workers:
            return
        self.connection = broker.connection(settings().amqp_url, heartbeat=broker.HEARTBEAT)
        self._threads = [self.container.spawn_managed_thread(worker.run) for worker in self.workers]
        self._thread = self.container.spawn_managed_thread(self._consume, identifier="events")
        self.ready.wait()

    def _consume(self) -> None:
        self.run(safety_interval=STOP_LOOK)

    def get_consumers(self, consumer_class: Any, channel: Any) -> list[Any]:
        link = channel.connection.client
        consumers = []
        for worker in self.workers:
            worker.waiting.clear()
            own = channel if settings().embedded else link.channel()
            consumers.append(Consumer(own, [worker.queue], on_message=worker.take, prefetch_count=PREFETCH))
        return consumers

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        self._consuming = True
        if not self.ready.ready():
            self.ready.send(None)

    def on_consume_end(self, connection: Any, channel: Any) -> None:
        self._consuming = False

    def on_connection_error(self, exc: BaseException, interval: float) -> None:
        self._consuming = False
        log.warning("broker_away", service=self.container.service_name, error=type(exc).__name__)

    @property
    def connected(self) -> bool:
        """Whether the queues are being consumed."""
        return not self.workers or self._consuming

    def stop(self) -> None:
        """Finish the batches at work, then close; everything else goes back to the broker."""
        for worker in self.workers:
            worker.stopping = True
            worker.ring()
        for thread in self._threads:
            thread.wait()
        self.should_stop = True
        if self._thread is not None:
            self._thread.wait()


def _text(message: Any) -> str:
    body = message.body
    return body if isinstance(body, str) else bytes(body).decode("utf-8", "replace")
