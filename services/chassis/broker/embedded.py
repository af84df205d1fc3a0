"""A broker inside the process: a kombu transport in memory that nameko runs on unchanged.

Three things differ from kombu's own in-memory transport: a message carries its content type in its properties, where
nameko's replies expect it; a consumer is woken when a message arrives instead of polling; and the broker can tell
whether it is idle, so that the outbox knows what a crash would lose. Messages are lost when the process ends: the relay
publishes unsettled events again at the next start, and inboxes drop repeats.
"""

from __future__ import annotations

import threading
from queue import Empty
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, memory, virtual

_arrival = threading.Condition()
_LONGEST_NAP = 0.25
"""Seconds a consumer sleeps without being woken before it checks whether it was asked to stop."""


class Message(virtual.Message):
    """A message whose properties hold its content type and encoding, as over AMQP."""

    def __init__(self, payload: Any, channel: Any = None, **kwargs: Any) -> None:
        super().__init__(payload, channel=channel, **kwargs)
        self.properties.setdefault("content_type", self.content_type)
        self.properties.setdefault("content_encoding", self.content_encoding)

    def ack(self, *args: Any, **kwargs: Any) -> None:
        super().ack(*args, **kwargs)
        _events.closed(self.delivery_info)

    def requeue(self) -> None:
        _events.closed(self.delivery_info)
        super().requeue()


class _OpenEvents:
    """Counts events from the moment they enter a queue until they are acknowledged."""

    exchanges_end = ".events"

    def __init__(self) -> None:
        self.count = 0

    def opened(self, delivery_info: Any) -> None:
        self.count += self._concerns(delivery_info)

    def closed(self, delivery_info: Any) -> None:
        self.count -= self._concerns(delivery_info)

    def _concerns(self, delivery_info: Any) -> bool:
        return str(delivery_info.get("exchange", "")).endswith(self.exchanges_end)


_events = _OpenEvents()


class Channel(memory.Channel):
    """A channel that wakes the consumer when it puts a message into a queue."""

    Message = Message
    body_encoding = None  # type: ignore[assignment]  # as it is, not in base64
    do_restore = False

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        with _arrival:
            super()._put(queue, message, **kwargs)
            _events.opened(message["properties"]["delivery_info"])
            _arrival.notify_all()

    def _put_fanout(self, *args: Any, **kwargs: Any) -> None:
        with _arrival:
            super()._put_fanout(*args, **kwargs)
            _arrival.notify_all()


class Transport(memory.Transport):
    """The transport behind `embedded://`."""

    Channel = Channel
    global_state = virtual.BrokerState()

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # type: ignore[override]
        """Deliver the next message. Raises `TimeoutError` when none came within `_LONGEST_NAP` seconds."""
        assert self.cycle is not None
        end = monotonic() + (_LONGEST_NAP if timeout is None else min(timeout, _LONGEST_NAP))
        while True:
            try:
                self.cycle.get(self._deliver)
            except Empty:
                left = end - monotonic()
                if left <= 0:
                    raise TimeoutError from None
                with _arrival:
                    _arrival.wait(left)
            else:
                return


def install() -> None:
    """Make `embedded://` a broker URL that kombu knows."""
    TRANSPORT_ALIASES["embedded"] = f"{__name__}:Transport"


def is_idle() -> bool:
    """Whether every published event has been handled and acknowledged by all its consumers."""
    return _events.count == 0


def forget() -> None:
    """Drop all queues and bindings, as a crash would; for tests that run several unions in one process."""
    _events.count = 0
    Channel.queues.clear()
    Transport.global_state.clear()
