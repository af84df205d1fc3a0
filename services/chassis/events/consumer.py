"""Consumes event queues, many events at a time and in order, and passes them to the service's handlers.

One connection per container, one channel per queue. Each queue has one greenthread that handles what has arrived in one
transaction, so a queue's events are handled in the order they came and a busy queue costs one commit and one ack for
many events.

A batch that can't be handled stays unacknowledged and is tried again here, with growing pauses. It is never returned
to the broker in a loop: RabbitMQ 4 drops a message of a quorum queue that was returned twenty times.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import Any, NamedTuple, Protocol

import eventlet
from eventlet.event import Event as Signal
from kombu import Consumer, Queue
from kombu.mixins import ConsumerMixin
from nameko.extensions import SharedExtension

from services.chassis.broker import publisher
from services.chassis.process import logs
from services.chassis.process.settings import settings

PREFETCH = 400
BATCH = 200
STOP_LOOK = 0.25
"""Seconds between checks whether the consumer was asked to stop."""
FIRST_PAUSE = 0.5
"""Seconds until a batch that could not be handled is tried again; doubled after each attempt."""
LONGEST_PAUSE = 15.0
RENEW_AFTER = 20 * 60.0
"""Seconds a delivery may wait for its ack before its channel is reopened, which returns it to the broker once.

RabbitMQ closes the channel after its `consumer_timeout`, 30 minutes by default.
"""

log = logs.get_logger(__name__)


class Handle(Protocol):
    """Handles the bodies of a batch that was tried `tried` times before. False when it must be tried again."""

    def __call__(self, bodies: list[str], tried: int) -> bool: ...


class Delivery(NamedTuple):
    """A message and when it arrived, on the monotonic clock."""

    message: Any
    since: float


class QueueWorker:
    """Handles one queue's messages in batches."""

    def __init__(self, queue: Queue, handle: Handle) -> None:
        self.queue = queue
        self.handle = handle
        self.channel: Any = None
        self.waiting: deque[Delivery] = deque()
        self.batch: list[Delivery] = []
        self.arrived: Signal = Signal()
        self.stopping = False

    def listen(self, channel: Any) -> None:
        """Take messages from this channel from now on; unacknowledged ones of the old channel are back in the queue."""
        self.channel = channel
        self.waiting.clear()

    def take(self, message: Any, _undecodable: Exception | None = None) -> None:
        """Add a message that has arrived, also one that the library could not decode."""
        if message.channel is self.channel:
            self.waiting.append(Delivery(message, monotonic()))
            self.ring()

    def ring(self) -> None:
        """Wake the worker."""
        if not self.arrived.ready():
            self.arrived.send(None)

    @property
    def held_seconds(self) -> float:
        """How long the oldest delivery has waited for its ack; 0 when there is none."""
        held = self.batch if self.batch and self._is_held() else self.waiting
        return monotonic() - held[0].since if held else 0.0

    def run(self) -> None:
        """Handle batches until asked to stop; messages not begun stay in the queue."""
        while not self.stopping:
            if not self.waiting:
                self.arrived.wait()
                self.arrived = Signal()
                continue
            self.batch = [self.waiting.popleft() for _ in range(min(BATCH, len(self.waiting)))]
            if self._work_off([_text(delivery.message) for delivery in self.batch]):
                self._acknowledge()
            self.batch = []

    def _work_off(self, bodies: list[str]) -> bool:
        """Try the batch until it is handled. False when the worker stopped trying: its messages return to the queue."""
        tried, pause = 0, FIRST_PAUSE
        while not self.handle(bodies, tried):
            if not self._rest(pause):
                return False
            tried, pause = tried + 1, min(pause * 2, LONGEST_PAUSE)
        return True

    def _rest(self, seconds: float) -> bool:
        """Wait; False as soon as the worker is to stop or the channel of the batch is closed."""
        end = monotonic() + seconds
        while not self.stopping and self._is_held():
            left = end - monotonic()
            if left <= 0:
                return True
            eventlet.sleep(min(left, STOP_LOOK))
        return False

    def _is_held(self) -> bool:
        """Whether the batch came through the channel that is open now."""
        return self.batch[0].message.channel is self.channel and self.channel.connection is not None

    def _acknowledge(self) -> None:
        """Ack all; does nothing when the connection was lost."""
        if not settings().embedded:
            # Only this queue uses the channel and all earlier messages are acknowledged: one ack covers the batch.
            publisher.answer(self.batch[-1].message, "ack", self.queue.name, multiple=True)
            return
        for delivery in self.batch:
            publisher.answer(delivery.message, "ack", self.queue.name)


class EventConsumer(SharedExtension, ConsumerMixin):
    """Consumes all event queues of one container."""

    def setup(self) -> None:
        if not hasattr(self, "workers"):
            self.workers: list[QueueWorker] = []
            self._consumers: list[tuple[QueueWorker, Consumer]] = []
            self._look_at = 0.0
            self.ready = Signal()
            self._consuming = False
            self._thread: Any = None
            self._threads: list[Any] = []

    def register(self, queue: Queue, handle: Handle) -> None:
        """Consume `queue` with `handle`, which gets the bodies of a batch in order."""
        self.workers.append(QueueWorker(queue, handle))

    def start(self) -> None:
        if self._thread is not None or not self.workers:
            return
        self.connection = publisher.connection(settings().amqp_url, heartbeat=publisher.HEARTBEAT)
        self._threads = [self.container.spawn_managed_thread(worker.run) for worker in self.workers]
        self._thread = self.container.spawn_managed_thread(self._consume, identifier="events")
        self.ready.wait()

    def _consume(self) -> None:
        self.run(safety_interval=STOP_LOOK)

    def get_consumers(self, consumer_class: Any, channel: Any) -> list[Any]:
        link = channel.connection.client
        self._consumers = []
        for worker in self.workers:
            own = channel if settings().embedded else link.channel()
            worker.listen(own)
            consumer = Consumer(
                own,
                [worker.queue],
                on_message=worker.take,
                on_decode_error=worker.take,
                prefetch_count=PREFETCH,
            )
            self._consumers.append((worker, consumer))
        return [consumer for _, consumer in self._consumers]

    def on_iteration(self) -> None:
        """Reopen channels whose deliveries have waited long; called from the green thread that reads."""
        if settings().embedded or monotonic() < self._look_at:
            return
        self._look_at = monotonic() + STOP_LOOK
        for worker, consumer in self._consumers:
            if worker.held_seconds > RENEW_AFTER:
                self._renew(worker, consumer)

    def _renew(self, worker: QueueWorker, consumer: Consumer) -> None:
        log.warning("channel_renewed", queue=worker.queue.name, held_seconds=round(worker.held_seconds))
        old: Any = consumer.channel
        new = old.connection.client.channel()
        worker.listen(new)
        old.close()
        consumer.revive(new)
        consumer.consume()

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
        """Finish the batches being handled, then close; waiting messages return to their queues."""
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
