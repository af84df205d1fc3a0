"""A transport for py-amqp that reads and writes many frames with one system call.

py-amqp reads each frame with three system calls (a message has three frames) and writes each message separately.
Belongs here: sending and receiving bytes. Not: the content of messages (`publisher`, `events.consumer`) and the
encoding of frames, which the library does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from amqp.transport import TCPTransport
from kombu.transport import pyamqp

READ_AHEAD = 8_192
"""Bytes read at once. py-amqp copies the rest of the buffer for each part it takes, so a larger value is slower."""


class Line(TCPTransport):
    """A connection that reads ahead and can collect writes. For TLS, py-amqp's own transport is used."""

    held: list[bytes] | None = None

    def _setup_transport(self) -> None:
        super()._setup_transport()
        receive = self.sock.recv
        self._quick_recv = lambda wanted: receive(max(wanted, READ_AHEAD))

    def write(self, data: Any) -> None:
        """Write, or copy for later while writes are collected: the caller reuses its buffer."""
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
    """Collect what the block writes to a channel's connection and send it at the end; nothing after an error.

    Args:
        channel: nothing else may use its connection in the block. On another transport than `Line`, each write is sent
            at once.
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
