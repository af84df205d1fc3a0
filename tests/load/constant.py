"""The limits of every page: constant answers under the product's own web server, bare and through a template.

As a program it serves them on 127.0.0.1 at the port it is given, until it is ended: `BARE`, the least Flask can do, and
`DRAWN`, what a page of Flask costs before it has any data: a signed session with a form's token, a template, as large.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.support.machine import free_port
from tests.support.waiting import wait_until

SIZE = 4_000
"""Bytes of the bare constant: about what an activity takes."""
DRAWN_SIZE = 8_600
"""Bytes of the drawn one: about what a member's home takes."""
BARE, DRAWN = "/", "/drawn"
STREAM, TICK = "/stream", "/tick"
"""A stream of server-sent events that goes on, and what lets each open stream write one."""

_TEMPLATE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>
<ul>{% for line in lines %}<li>{{ line }}</li>{% endfor %}</ul></body></html>"""


@contextmanager
def constant_page() -> Iterator[int]:
    """Serve the pages from a process of its own while the block runs; the block gets the port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.load.constant", str(port)])
    try:
        wait_until(lambda: _answers(port), what="the constant page")
        yield port
    finally:
        process.terminate()
        process.wait()


def cookie_of(port: int) -> str:
    """Return the cookie of a session at the drawn page, as a browser keeps it."""
    cookies = requests.get(f"http://127.0.0.1:{port}{DRAWN}", timeout=30).cookies
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/", timeout=2).ok
    except requests.RequestException:
        return False


def _serve(port: int) -> None:
    from eventlet.event import Event
    from flask import Flask, Response, render_template, request
    from flask_wtf.csrf import CSRFProtect
    from jinja2 import DictLoader

    from services.chassis.web.server import listen, serve

    app = Flask("constant", static_folder=None)
    app.secret_key = "constant"
    app.jinja_loader = DictLoader({"drawn.html": _TEMPLATE})
    CSRFProtect(app)
    text = "x" * SIZE
    lines = ["x" * 91] * (DRAWN_SIZE // 100)
    app.add_url_rule(BARE, "bare", lambda: Response(text, mimetype="text/html"))
    app.add_url_rule(DRAWN, "drawn", lambda: render_template("drawn.html", title="constant", lines=lines))
    ticks: list[Event] = [Event()]

    def events() -> Iterator[bytes]:
        yield b"retry: 3000\n\n"
        while True:
            yield ticks[0].wait()

    def stream() -> Response:
        request.environ["eventlet.minimum_write_chunk_size"] = 1
        return Response(events(), mimetype="text/event-stream")

    def tick() -> str:
        told, ticks[0] = ticks[0], Event()
        told.send(f"event: tick\ndata: {TICK} {'x' * 140}\n\n".encode())
        return ""

    app.add_url_rule(STREAM, "stream", stream)
    app.add_url_rule(TICK, "tick", tick)
    serve(listen("127.0.0.1", port), app)


if __name__ == "__main__":
    from services.chassis.process import eventlet_setup

    eventlet_setup.patch()
    _serve(int(sys.argv[1]))
