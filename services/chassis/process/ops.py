"""The ops port: liveness, readiness and metrics of the process, for probes and Prometheus only.

It listens in a green thread outside the worker pool, so that a busy service still answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi

from services.chassis.process import logs, metrics

Check = Callable[[], Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

CHECK_SECONDS = 2.0
"""How long one check may take before it counts as failed."""
_MOST_CONNECTIONS = 32

_log = logs.get_logger(__name__)


class OpsServer:
    """Answers `/healthz`, `/readyz` and `/metrics`. Several services of one process can share one server.

    Args:
        host: address to listen on.
        port: port to listen on; 0 takes a free one, which `port` has after the start.
    """

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._checks: dict[str, Check] = {}
        self._stopping = False
        self._users = 0
        self._socket: Any = None
        self._thread: Any = None

    def add_check(self, name: str, check: Check) -> None:
        """Add a check of readiness: it fails when it returns False, raises or takes too long."""
        self._checks[name] = check

    def remove_check(self, name: str) -> None:
        """Remove a check."""
        self._checks.pop(name, None)

    def start(self, spawn: Callable[[Callable[[], None]], Any] = eventlet.spawn) -> None:
        """Listen; a second start only counts another user.

        Args:
            spawn: starts a function in a greenthread and returns it.

        Raises:
            OSError: the address is taken.
        """
        self._users += 1
        if self._socket is None:
            self._stopping = False
            self._socket = eventlet.listen((self.host, self.port), reuse_port=False)
            self.port = self._socket.getsockname()[1]
            self._thread = spawn(self._serve)

    def drain(self) -> None:
        """Answer "not ready" from now on, so that no new requests are sent while the others are finished."""
        self._stopping = True

    def stop(self) -> None:
        """Stop listening when the last user has called this."""
        self._users = max(0, self._users - 1)
        if self._users == 0 and self._socket is not None:
            self._socket.close()
            self._thread.kill(SystemExit())
            self._socket = self._thread = None

    def readiness(self) -> dict[str, bool]:
        """Run every check and return which ones passed."""
        passed = {name: _passes(name, check) for name, check in sorted(self._checks.items())}
        return passed | {"running": not self._stopping}

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; a WSGI application."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _answer(start_response, "405 Method Not Allowed", b"", ("Allow", "GET, HEAD"))
        pages = {"/healthz": self._health, "/readyz": self._ready, "/metrics": self._figures}
        page = pages.get(environ["PATH_INFO"])
        return page(start_response) if page else _answer(start_response, "404 Not Found", b"")

    def _serve(self) -> None:
        eventlet.wsgi.server(
            self._socket, self, max_size=_MOST_CONNECTIONS, log_output=False, debug=False, socket_timeout=30
        )

    def _health(self, start_response: StartResponse) -> Iterable[bytes]:
        return _answer(start_response, "200 OK", b'{"alive": true}')

    def _ready(self, start_response: StartResponse) -> Iterable[bytes]:
        checks = self.readiness()
        ready = all(checks.values())
        body = json.dumps({"ready": ready, "checks": checks}).encode()
        return _answer(start_response, "200 OK" if ready else "503 Service Unavailable", body)

    def _figures(self, start_response: StartResponse) -> Iterable[bytes]:
        return _answer(start_response, "200 OK", metrics.exposition(), content_type=metrics.CONTENT_TYPE)


_shared: dict[tuple[str, int], OpsServer] = {}


def shared(host: str, port: int) -> OpsServer:
    """Return the process's server at this address, created at the first call."""
    return _shared.setdefault((host, port), OpsServer(host, port))


def drain() -> None:
    """Make every server of the process answer "not ready"; called first when the process is to stop."""
    for server in _shared.values():
        server.drain()


def _passes(name: str, check: Check) -> bool:
    try:
        with eventlet.Timeout(CHECK_SECONDS):
            return check() is not False
    except (Exception, eventlet.Timeout) as error:  # any exception of a check means: not ready
        _log.warning("check_failed", check=name, error=type(error).__name__)
        return False


def _answer(
    start_response: StartResponse,
    status: str,
    body: bytes,
    *headers: tuple[str, str],
    content_type: str = "application/json",
) -> Iterable[bytes]:
    start_response(
        status,
        [("Content-Type", content_type), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"), *headers],
    )
    return [body]
