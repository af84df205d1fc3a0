"""The web server: connections take turns, however fast one of them asks, and answers leave at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
from eventlet.green import socket

from services.chassis.web.server import listen, serve
from tests.support.waiting import PATIENCE

GREEDY = 200


@contextmanager
def serving(app: Any) -> Iterator[int]:
    listener = listen("127.0.0.1", 0)
    thread = eventlet.spawn(serve, listener, app)
    try:
        yield listener.getsockname()[1]
    finally:
        thread.kill()
        listener.close()


def ask(port: int, path: str, times: int = 1) -> Any:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode() * times)
    return connection


def test_whoever_sends_many_requests_at_once_does_not_make_others_wait_for_them_all() -> None:
    order = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        order.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"answer"]

    with serving(app) as port, eventlet.Timeout(PATIENCE):
        greedy, patient = ask(port, "/greedy", GREEDY), ask(port, "/patient")
        assert patient.recv(1000).startswith(b"HTTP/1.1 200")
        while order.count("/greedy") < GREEDY:
            eventlet.sleep(0.01)
        greedy.close()
        patient.close()
    assert order.index("/patient") < GREEDY / 4


def test_the_end_of_a_long_answer_does_not_wait_for_the_reader_to_confirm_its_beginning() -> None:
    prompt = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        own = environ["eventlet.input"].get_socket()
        prompt.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"answer"]

    with serving(app) as port, eventlet.Timeout(PATIENCE):
        connection = ask(port, "/")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.close()
    assert prompt == [1]
