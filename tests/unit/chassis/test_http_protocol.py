"""Requests that two readers could understand differently are refused, with raw bytes on a real socket."""

from __future__ import annotations

from typing import Any

import eventlet
import pytest
from eventlet.green import socket

from services.chassis.web import protocol
from tests.support.waiting import PATIENCE
from tests.unit.chassis.test_web import serving

SECOND = "GET /smuggled HTTP/1.1\r\nHost: here\r\n\r\n"
LONG = len(SECOND)


class App:
    """Answers everything and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked.append(environ["PATH_INFO"] + "=" + environ["wsgi.input"].read().decode())
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]


def answers(port: int, raw: str | bytes, *, pause: float = 0) -> bytes:
    """Send raw bytes, byte for byte where there is a pause between them; return all that comes until the end."""
    connection = socket.create_connection(("127.0.0.1", port))
    content = raw.encode("latin-1") if isinstance(raw, str) else raw
    parts = [content] if not pause else [content[at : at + 1] for at in range(len(content))]
    got = b""
    try:
        for part in parts:
            connection.sendall(part)
            eventlet.sleep(pause)
        while more := connection.recv(65_536):
            got += more
    except (BrokenPipeError, ConnectionResetError):
        pass
    finally:
        connection.close()
    return got


def post(*headers: str, body: str = SECOND, version: str = "HTTP/1.1") -> str:
    return "\r\n".join([f"POST / {version}", "Host: here", *headers, "Connection: close", "", body])


AMBIGUOUS = {
    "a blank before the colon": post(f"Content-Length : {LONG}"),
    "a tab before the colon": post(f"Content-Length\t: {LONG}"),
    "two lengths that differ": post("Content-Length: 0", f"Content-Length: {LONG}"),
    "two lengths that agree": post(f"Content-Length: {LONG}", f"Content-Length: {LONG}"),
    "two lengths in one": post(f"Content-Length: {LONG}, {LONG}"),
    "a length with a sign": post(f"Content-Length: +{LONG}"),
    "a length with an underscore": post("Content-Length: 1_0"),
    "a length and chunks": post(f"Content-Length: {LONG}", "Transfer-Encoding: chunked"),
    "chunks twice": post("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    "another coding": post("Transfer-Encoding: gzip, chunked"),
    "a coding that looks like chunks": post("Transfer-Encoding: xchunked"),
    "a blank before the coding's colon": post("Transfer-Encoding : chunked"),
    "chunks in HTTP/1.0": post("Transfer-Encoding: chunked", version="HTTP/1.0"),
    "a header folded over two lines": post("X-One: a", f" Content-Length: {LONG}"),
    "a line that is no header": post("no colon here", f"Content-Length: {LONG}"),
    "a name with a blank": post("X One: a"),
    "a lone carriage return": post(f"X-One: a\rContent-Length: {LONG}"),
    "a zero byte": post("X-One: a\0b"),
    "two hosts": post("Host: elsewhere"),
    "no host": "POST / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "a first line of one word": f"POST\r\n\r\n{SECOND}",
    "a version that is none": f"GET / HTTP/x.y\r\nHost: here\r\n\r\n{SECOND}",
}


@pytest.mark.parametrize("raw", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_what_two_readers_could_understand_differently_is_refused(raw: str) -> None:
    app = App()
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        answer = answers(port, raw)
    assert b" 400 " in answer.split(b"\r\n")[0] or answer.startswith(b"HTTP/1.0 400")
    assert answer.count(b"HTTP/1.") == 1
    assert app.asked == []


def test_what_is_plain_is_served() -> None:
    app = App()
    chunks = "3\r\nabc\r\n0\r\n\r\n"
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        for raw in (
            post("Content-Length: 3", body="abc"),
            post("content-length:   3  ", body="abc"),
            post("Transfer-Encoding: Chunked", body=chunks),
            post("Content-Type: multipart/form-data; boundary=b", "Content-Length: 3", body="abc"),
            post("Content-Type: message/rfc822", "Content-Length: 3", body="abc"),
            post("X-Empty:", "Content-Length: 3", body="abc"),
            post("X-Twice: 1", "X-Twice: 2", "Content-Length: 3", body="abc", version="HTTP/1.0"),
        ):
            assert answers(port, raw).startswith(b"HTTP/1.1 200")
    assert app.asked == ["/=abc"] * 7


def test_who_sends_headers_byte_by_byte_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.3)
    app = App()
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        answer = answers(port, "GET / HTTP/1.1\r\nHost: here\r\nX-Slow: " + "a" * 500 + "\r\n\r\n", pause=0.02)
    assert answer in (b"", b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    assert app.asked == []


def test_who_sends_the_first_line_byte_by_byte_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "IDLE_SECONDS", 0.3)
    app = App()
    with serving(app) as port, eventlet.Timeout(PATIENCE):
        answers(port, "GET /" + "a" * 500 + " HTTP/1.1\r\nHost: here\r\n\r\n", pause=0.02)
    assert app.asked == []
