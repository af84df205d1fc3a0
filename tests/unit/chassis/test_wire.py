"""What travels together leaves in one piece, whole or not at all; the library makes the frames."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from amqp import Channel, Message
from amqp.method_framing import frame_writer
from amqp.spec import Basic

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
