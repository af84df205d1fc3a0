"""What HR's API may do to the one who asks it: trickle, never end, send elsewhere; it is given up or refused."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from services.chassis.errors import InvalidInput, Unavailable
from services.membership.hr_sync import client

Answer = Callable[["FakeHr"], None]


class FakeHr(BaseHTTPRequestHandler):
    """Answers as a test says, and notes which paths were asked for."""

    answer: Callable[[], None]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path.partition("?")[0])
        with suppress(OSError):
            self.answer()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def trickling_head(hr: FakeHr) -> None:
    hr.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    trickle(hr, b"x")


def trickling_body(hr: FakeHr) -> None:
    hr.send_response(200)
    hr.end_headers()
    trickle(hr, b" ")


def trickle(hr: FakeHr, part: bytes) -> None:
    while True:
        hr.wfile.write(part)
        time.sleep(0.02)


def endless(hr: FakeHr) -> None:
    hr.send_response(200)
    hr.end_headers()
    while True:
        hr.wfile.write(b" " * 65_536)


def packed(hr: FakeHr) -> None:
    hr.send_response(200)
    hr.send_header("Content-Encoding", "gzip")
    hr.end_headers()
    hr.wfile.write(gzip.compress(b" " * 50_000_000))


def cut_off(hr: FakeHr) -> None:
    hr.send_response(200)
    hr.send_header("Content-Length", "100")
    hr.end_headers()
    hr.wfile.write(b'{"items": []}')


def sent_elsewhere(hr: FakeHr) -> None:
    hr.send_response(302)
    hr.send_header("Location", "/elsewhere")
    hr.end_headers()


@pytest.fixture
def hr_that(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], list[str]]]:
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> list[str]:
        asked: list[str] = []
        handler = type("ThisHr", (FakeHr,), {"answer": answer, "asked": asked})
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        servers[-1].daemon_threads = True
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        monkeypatch.setenv("GONGHUI_HR_URL", f"http://127.0.0.1:{servers[-1].server_port}/changes")
        return asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("answer", [trickling_head, trickling_body])
def test_an_answer_that_trickles_in_is_given_up(
    hr_that: Callable[[Answer], list[str]], monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    monkeypatch.setattr(client, "DEADLINE", 1.0)
    hr_that(answer)
    with pytest.raises(Unavailable, match="in time"):
        client.fetch(None)


@pytest.mark.parametrize("answer", [endless, packed])
def test_an_answer_that_is_too_large_is_not_read_to_its_end(
    hr_that: Callable[[Answer], list[str]], answer: Answer
) -> None:
    hr_that(answer)
    with pytest.raises(InvalidInput) as caught:
        client.fetch(None)
    assert caught.value.rule == "hr_sync.answer_is_read"


def test_an_answer_that_is_cut_off_is_no_answer(hr_that: Callable[[Answer], list[str]]) -> None:
    hr_that(cut_off)
    with pytest.raises(Unavailable):
        client.fetch(None)


def test_the_token_follows_no_redirection(hr_that: Callable[[Answer], list[str]]) -> None:
    asked = hr_that(sent_elsewhere)
    with pytest.raises(Unavailable):
        client.fetch(None)
    assert asked == ["/changes"]
