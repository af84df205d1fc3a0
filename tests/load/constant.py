"""The limit of every page: a Flask page that returns a constant, under the product's own web server.

As a program it serves one page on 127.0.0.1 at the port it is given, until it is ended.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.support.machine import free_port, wait_until

SIZE = 4_000
"""Bytes of the constant: about what an activity takes."""


@contextmanager
def constant_page() -> Iterator[int]:
    """Serve the page from a process of its own while the block runs; the block gets the port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.load.constant", str(port)])
    try:
        wait_until(lambda: _answers(port), what="the constant page")
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/", timeout=2).ok
    except requests.RequestException:
        return False


def _serve(port: int) -> None:
    from flask import Flask, Response

    from services.chassis.web.server import listen, serve

    app = Flask("constant", static_folder=None)
    text = "x" * SIZE
    app.add_url_rule("/", "constant", lambda: Response(text, mimetype="text/html"))
    serve(listen("127.0.0.1", port), app)


if __name__ == "__main__":
    from services.chassis.process import eventlet_setup

    eventlet_setup.patch()
    _serve(int(sys.argv[1]))
