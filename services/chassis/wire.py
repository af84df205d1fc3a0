"""What goes over the broker's wire when events travel, with a system call for many frames instead of several for each.

py-amqp reads a frame by three calls, a message being three frames, and writes each message by itself through ten
layers that give an event nothing. Belongs here: how bytes come and go. Not: what is said (broker, consumer).
"""

from __future__ import annotations

from functools import lru_cache
from struct import pack
from typing import Any

from amqp import Message
from amqp.serialization import dumps
from amqp.spec import Basic
from amqp.transport import TCPTransport
from kombu.transport import pyamqp

READ_AHEAD = 8_192
"""Bytes asked for at once. py-amqp copies what is left with every part it takes, so more is not better."""
_METHOD, _HEADER, _BODY, _END = 1, 2, 3, b"\xce"
_PERSISTENT = 2


class _ReadingAhead(TCPTransport):
    def _setup_transport(self) -> None:
        super()._setup_transport()
        receive = self.sock.recv
        self._quick_recv = lambda wanted: receive(max(wanted, READ_AHEAD))


class _Connection(pyamqp.Connection):
    def Transport(self, host: str, connect_timeout: float, ssl: Any = False, *args: Any, **options: Any) -> Any:  # noqa: N802
        if ssl:  # py-amqp reads ahead by itself there
            return super().Transport(host, connect_timeout, ssl, *args, **options)
        return _ReadingAhead(host, connect_timeout, *args, **options)


class Transport(pyamqp.Transport):
    """kombu's transport, reading ahead."""

    Connection = _Connection


class Publications:
    """Writes many persistent messages to one exchange in one piece.

    Args:
        channel: an open channel of py-amqp that nobody else writes to meanwhile.
        exchange: the exchange's name.
        content_type: of every message.

    Source: AMQP 0-9-1, section 4.2 (framing) and `basic.publish`.
    """

    def __init__(self, channel: Any, exchange: str, content_type: str) -> None:
        self._channel = channel
        message = Message("", content_type=content_type, content_encoding="utf-8", delivery_mode=_PERSISTENT)
        self._properties = message._serialize_properties()
        self._most = channel.connection.frame_max - 8
        self._publish = lru_cache(lambda routing_key: self._publish_frame(exchange, routing_key))

    def write(self, messages: list[tuple[str, bytes]]) -> None:
        """Send messages, each a routing key and a body, in this order. Raises when the connection is lost."""
        parts: list[bytes] = []
        for routing_key, body in messages:
            parts.append(self._publish(routing_key))
            parts.append(self._frame(_HEADER, pack(">HHQ", Basic.Publish[0], 0, len(body)) + self._properties))
            parts += (self._frame(_BODY, body[at : at + self._most]) for at in range(0, len(body), self._most))
        self._channel.connection.transport.write(b"".join(parts))

    def _publish_frame(self, exchange: str, routing_key: str) -> bytes:
        arguments = dumps("Bssbb", (0, exchange, routing_key, False, False))
        return self._frame(_METHOD, pack(">HH", *Basic.Publish) + arguments)

    def _frame(self, kind: int, payload: bytes) -> bytes:
        return pack(">BHI", kind, self._channel.channel_id, len(payload)) + payload + _END
