"""Bodies in chunks: read as they are meant, refused where two readers could differ, bounded whatever is sent."""

from __future__ import annotations

from typing import Any

import eventlet
import pytest
from eventlet.green import socket

from services.chassis.web import chunks
from tests.support.waiting import PATIENCE
from tests.unit.chassis.test_http_protocol import App, answers, post
from tests.unit.chassis.test_web import serving

CHUNKED = "Transfer-Encoding: chunked"
ENDLESS = 64 * 1024 * 1024


class Unread:
    """Answers without a look at the body."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]


def sent_until_refused(port: int, head: str, piece: bytes, most: int = ENDLESS) -> int:
    """Send the same piece again and again; return the bytes sent until the server closed the connection."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(head.encode())
    sent = 0
    try:
        while sent < most:
            connection.sendall(piece)
            sent += len(piece)
            eventlet.sleep(0)
    except (BrokenPipeError, ConnectionResetError):
        pass
    finally:
        connection.close()
    return sent


def test_chunks_are_put_together() -> None:
    app = App()
    body = "3\r\nabc\r\n00A;name=value\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n"
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        assert answers(port, post(CHUNKED, body=body)).startswith(b"HTTP/1.1 200")
    assert app.asked == ["/=abc0123456789"]


def test_a_body_in_chunks_is_read_by_lines_and_by_parts() -> None:
    read: list[bytes] = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"]
        read.extend([body.readline(), body.read(2), body.read(100), body.read(), body.readline()])
        start_response("200 OK", [])
        return [b"ok"]

    with serving(app) as port, eventlet.Timeout(PATIENCE):
        answers(port, post(CHUNKED, body="4\r\nab\nc\r\n4\r\ndefg\r\n0\r\n\r\n"))
    assert read == [b"ab\n", b"cd", b"efg", b"", b""]


@pytest.mark.parametrize(
    "body",
    [
        "-1\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        "0_3\r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "3\nabc\n0\n\n",
        "3\r\nabcdef\r\n0\r\n\r\n",
        "\r\n0\r\n\r\n",
        "123456789\r\nabc\r\n0\r\n\r\n",
    ],
)
def test_chunks_that_two_readers_could_understand_differently_are_refused(body: str) -> None:
    app = App()
    raw = post(CHUNKED, body=body).replace("Connection: close\r\n", "") + "GET /smuggled HTTP/1.1\r\nHost: here\r\n\r\n"
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        answer = answers(port, raw)
    assert b" 200 " not in answer
    assert app.asked == []


@pytest.mark.parametrize(
    ("app", "begin", "piece"),
    [
        (App(), "", b"0" * 65_536),
        (Unread(), "", b"0" * 65_536),
        (App(), "0\r\n", b"x" * 65_536),
        (App(), "0\r\n", b"x: y\r\n" * 10_000),
        (Unread(), "", b"4000\r\n" + b"x" * 16_384 + b"\r\n"),
    ],
    ids=[
        "a size without end",
        "a size nobody reads",
        "a trailer without end",
        "trailers without end",
        "a body nobody reads",
    ],
)
def test_what_frames_a_body_is_bounded(app: Any, begin: str, piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "MOST_DISCARDED", 1024 * 1024)
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        sent = sent_until_refused(port, f"POST / HTTP/1.1\r\nHost: here\r\n{CHUNKED}\r\n\r\n{begin}", piece)
    assert sent < ENDLESS
