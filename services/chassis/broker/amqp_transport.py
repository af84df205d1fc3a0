"""How bytes come from the broker and go to it, with a system call for many frames instead of several for each.

py-amqp reads a frame by three calls, a message being three frames, and writes each message by itself. Belongs here: how
bytes come and go. Not: what is said (broker, consumer), nor how a frame is made, which is the library's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from amqp.transport import TCPTransport
from kombu.transport import pyamqp

READ_AHEAD = 8_192
"""Bytes asked for at once. py-amqp copies what is left with every part it takes, so more is not better."""


class Line(TCPTransport):
    """A connection that reads ahead and can hold back what is written. For TLS py-amqp has a transport of its own."""

    held: list[bytes] | None = None

    def _setup_transport(self) -> None:
        super()._setup_transport()
        receive = self.sock.recv
        self._quick_recv = lambda wanted: receive(max(wanted, READ_AHEAD))

    def write(self, data: Any) -> None:
        """Write, or keep until the piece is complete; what is handed in is a buffer that is used again."""
        if self.held is None:
            super().write(data)
        else:
            self.held.append(bytes(data))


class _Connection(pyamqp.Connection):
    def Transport(self, host: str, connect_timeout: float, ssl: Any = False, *args: Any, **options: Any) -> Any:  # noqa: N802
        if ssl:
            return super().Transport(host, connect_timeout, ssl, *args, **options)
        return Line(host, connect_timeout, *args, **options)


class Transport(pyamqp.Transport):
    """kombu's transport over a `Line`."""

    Connection = _Connection


@contextmanager
def in_one_piece(channel: Any) -> Iterator[None]:
    """Send what is written to a channel's connection meanwhile at the end, at once; nothing of it after an error.

    Args:
        channel: whose connection nobody else uses meanwhile. Where it is no `Line`, everything goes as it is written.
    """
    line = getattr(channel.connection, "transport", None)
    if not isinstance(line, Line):
        yield
        return
    line.held = []
    try:
        yield
        piece = b"".join(line.held)
    finally:
        line.held = None
    line.write(piece)
