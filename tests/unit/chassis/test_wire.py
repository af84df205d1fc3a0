"""Frames of publications: the very bytes py-amqp would send, in one piece."""

from __future__ import annotations

from types import SimpleNamespace

from amqp import Channel, Message
from amqp.method_framing import frame_writer
from amqp.spec import Basic

from services.chassis.wire import Publications

CONTENT_TYPE = "application/cloudevents+json"


class Line:
    """Stands where the transport stands: notes what is written."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.writes.append(bytes(data))


def connection(frame_max: int = 131_072) -> SimpleNamespace:
    line = Line()
    made = SimpleNamespace(frame_max=frame_max, transport=line, bytes_sent=0)
    made.frame_writer = frame_writer(made, line)
    return made


def publish_by_library(link: SimpleNamespace, routing_key: str, body: bytes) -> None:
    message = Message(body, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2)
    arguments = (0, "bell.events", routing_key, False, False)
    Channel.send_method(SimpleNamespace(connection=link, channel_id=1), Basic.Publish, "Bssbb", arguments, message)


def written(messages: list[tuple[str, bytes]], frame_max: int = 131_072) -> tuple[list[bytes], list[bytes]]:
    """Return what we write and what the library writes."""
    ours, theirs = connection(frame_max), connection(frame_max)
    Publications(SimpleNamespace(connection=ours, channel_id=1), "bell.events", CONTENT_TYPE).write(messages)
    for routing_key, body in messages:
        publish_by_library(theirs, routing_key, body)
    return ours.transport.writes, theirs.transport.writes


def test_many_messages_leave_in_one_piece_as_the_library_would_write_them():
    ours, theirs = written([("rung", b'{"n":1}'), ("silenced", "钟".encode()), ("rung", b'{"n":2}')])
    assert len(ours) == 1
    assert ours[0] == b"".join(theirs)


def test_a_body_longer_than_a_frame_is_cut_as_the_library_cuts_it():
    ours, theirs = written([("rung", bytes(range(256)) * 40)], frame_max=4_096)
    assert ours[0] == b"".join(theirs)


def test_a_message_without_a_body_has_no_body_frame():
    ours, theirs = written([("rung", b"")])
    assert ours[0] == b"".join(theirs)
