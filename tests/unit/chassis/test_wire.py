"""What travels together leaves in one piece, whole or not at all; the library makes the frames."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import amqp
import pytest
from amqp import Channel, Connection, Message
from amqp.method_framing import frame_writer
from amqp.spec import Basic
from amqp.transport import TCPTransport

from services.chassis.broker.amqp_transport import Line, in_one_piece


class Socket:
    """Stands where the socket stands: notes what is sent, hands out what is said to have arrived."""

    def __init__(self, arrived: bytes = b"") -> None:
        self.sent: list[bytes] = []
        self.asked: list[int] = []
        self.arrived = arrived

    def sendall(self, data: bytes) -> None:
        self.sent.append(bytes(data))

    def recv(self, most: int) -> bytes:
        self.asked.append(most)
        taken, self.arrived = self.arrived[:most], self.arrived[most:]
        return taken


def line_over(socket: Socket) -> Line:
    line = Line("broker:5672")
    line.sock = socket
    line._setup_transport()
    return line


def channel_over(line: Any) -> SimpleNamespace:
    connection = SimpleNamespace(frame_max=4_096, transport=line, bytes_sent=0)
    connection.frame_writer = frame_writer(connection, line)
    return SimpleNamespace(connection=connection, channel_id=1)


def publish(channel: SimpleNamespace, body: bytes) -> None:
    arguments = (0, "bell.events", "rung", False, False)
    Channel.send_method(channel, Basic.Publish, "Bssbb", arguments, Message(body, delivery_mode=2))


def break_off(channel: SimpleNamespace) -> None:
    with in_one_piece(channel):
        publish(channel, b"half")
        raise ZeroDivisionError


def test_many_messages_leave_in_one_piece_in_their_order():
    alone, together = Socket(), Socket()
    bodies = [b"first", bytes(range(256)) * 40, b"", b"last"]  # the second is longer than a frame
    channel = channel_over(line_over(alone))
    for body in bodies:
        publish(channel, body)
    channel = channel_over(line_over(together))
    with in_one_piece(channel):
        for body in bodies:
            publish(channel, body)
        assert together.sent == []
    assert len(alone.sent) > len(together.sent) == 1
    assert together.sent[0] == b"".join(alone.sent)


def test_of_a_piece_that_could_not_be_put_together_nothing_leaves_and_the_line_goes_on():
    socket = Socket()
    channel = channel_over(line_over(socket))
    with pytest.raises(ZeroDivisionError):
        break_off(channel)
    assert socket.sent == []
    publish(channel, b"whole")
    assert b"half" not in socket.sent[0]
    assert b"whole" in socket.sent[0]


def test_over_another_transport_each_message_leaves_when_it_is_published():
    socket = Socket()
    encrypted = SimpleNamespace(write=socket.sendall)
    channel = channel_over(encrypted)
    with in_one_piece(channel):
        publish(channel, b"first")
        assert len(socket.sent) == 1


def test_reading_asks_for_more_than_the_next_frame_needs():
    socket = Socket(b"abcdefgh")
    line = line_over(socket)
    assert line._read(3) == b"abc"
    assert line._read(5) == b"defgh"
    assert len(socket.asked) == 1
    assert socket.asked[0] > 3


REPLACED = {
    TCPTransport._setup_transport: "4636299f8633e460",
    TCPTransport._read: "e70c3702dc01e3b7",
    TCPTransport.write: "ce237b9ce93f32a9",
    TCPTransport.read_frame: "8ed436f6d193f87c",
    Connection.Transport: "e0e1a9460b124d1b",
}
"""What `Line` replaces, or relies on in what it replaces, each with the digest of its source."""


@pytest.mark.parametrize("private", REPLACED, ids=lambda function: function.__qualname__)
def test_what_is_replaced_in_the_library_is_as_it_was_when_it_was_replaced(private: Callable[..., Any]):
    source = inspect.getsource(private)
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert digest == REPLACED[private], (
        f"{private.__qualname__} of amqp {amqp.__version__} has changed. Check that services/chassis/broker/"
        f"amqp_transport.py still does right with it, then write {digest} here.\n\n{source}"
    )


def test_the_library_is_the_one_that_was_read():
    requirements = Path(__file__).parents[3] / "requirements" / "run.in"
    assert f"amqp=={amqp.__version__}" in requirements.read_text().splitlines()
