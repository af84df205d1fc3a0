"""Everything that passes the exchanges of a broker, as its operator can copy it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from kombu import Connection, Exchange, Queue

_MOST = 1_000_000


class Tap:
    """A queue of its own on several exchanges."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue

    def messages(self) -> list[tuple[dict[str, Any], str]]:
        """Return headers, the correlation id among them, and body of each message that passed since the last call."""
        found = []
        for _ in range(_MOST):
            message = self._queue.get(no_ack=True)
            if message is None:
                break
            body = message.body if isinstance(message.body, str) else bytes(message.body).decode("utf-8", "replace")
            found.append(({**message.headers, "reply_to_call": message.properties.get("correlation_id")}, body))
        return found


@contextmanager
def tapped(url: str, exchanges: Iterable[str]) -> Iterator[Tap]:
    """Copy what passes topic exchanges of a virtual host while the block runs.

    Args:
        url: of the virtual host.
        exchanges: their names; they exist.
    """
    with Connection(url) as connection, connection.channel() as channel:
        queue = Queue("", channel=channel, exclusive=True, auto_delete=True)
        queue.declare()
        for name in exchanges:
            queue.bind_to(Exchange(name, type="topic", passive=True), routing_key="#")
        yield Tap(queue)
