"""Serves a WSGI application inside a nameko container, outside its worker pool."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Protocol

import eventlet
import eventlet.wsgi
from eventlet.green import socket
from nameko.extensions import DependencyProvider

from services.chassis.database.engine import Database
from services.chassis.database.extension import Store
from services.chassis.process.settings import settings
from services.chassis.rpc.client import RpcClient
from services.chassis.web.protocol import IDLE_SECONDS, StrictProtocol

BACKLOG = 2048
"""Connections that may wait to be accepted: the kernel must not refuse 1,000 people who come at the same time."""
MOST_CONNECTIONS = 4096
LONGEST_ADDRESS = 65_536
"""Bytes of a request line; longer ones are refused before the application's own limits apply."""


class _FairAndPrompt(StrictProtocol):
    """One connection; after each answer other green threads run, and the end of an answer is sent without delay.

    Without yielding, a client that pipelines requests would be served again and again, because reading data that has
    arrived never waits: some connections would be answered in a millisecond, while others would wait. An answer longer
    than eventlet's buffer of 16 KB is sent in pieces, and by Nagle's algorithm (RFC 896) the last piece would wait for
    the acknowledgement of the one before, which is delayed by 40 ms.
    """

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def handle_one_request(self) -> None:
        super().handle_one_request()
        eventlet.sleep(0)


class Application(Protocol):
    """A WSGI application that can be stopped."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request."""

    def end_streams(self) -> None:
        """End answers that go on without limit, such as server-sent events."""


class CreateApp(Protocol):
    """Creates the WSGI application when the container's dependencies are set up."""

    def __call__(self, *, client: RpcClient, database: Database) -> Application:
        """Return the application."""


def listen(host: str, port: int) -> Any:
    """Return a listening socket; a second server on the same port fails instead of sharing it."""
    return eventlet.listen((host, port), backlog=BACKLOG, reuse_port=False)


def serve(listener: Any, app: Any) -> None:
    """Answer HTTP with a WSGI application until the listener is closed."""
    eventlet.wsgi.server(
        listener,
        _reading_chunks(app),
        max_size=MOST_CONNECTIONS,
        protocol=_FairAndPrompt,
        log_output=False,
        debug=False,
        keepalive=True,
        capitalize_response_headers=False,
        socket_timeout=IDLE_SECONDS,
        url_length_limit=LONGEST_ADDRESS,
    )


def _reading_chunks(app: Any) -> Any:
    """Mark a body without length as terminated; else the application would read it as empty."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            environ["wsgi.input_terminated"] = True
        return app(environ, start_response)

    return answer


class WsgiServer(DependencyProvider):
    """Listens on the host and port of the settings when the container starts, and drains when it stops.

    Args:
        create_app: gets the RPC client and the service's database, and returns the WSGI application.
    """

    store = Store()
    client = RpcClient()

    def __init__(self, create_app: CreateApp) -> None:
        self.create_app = create_app

    @cached_property
    def app(self) -> Application:
        """The application, created at the first use: by the server, or by a worker that needs it."""
        return self.create_app(client=self.client, database=self.store.database)

    def start(self) -> None:
        app = self.app
        self._socket = listen(settings().host, settings().port)
        self._thread = self.container.spawn_managed_thread(lambda: serve(self._socket, app), identifier="http")

    def stop(self) -> None:
        """Stop listening, end answers that would go on, let current requests finish, close idle connections."""
        self._socket.close()
        self.app.end_streams()
        self._thread.kill(SystemExit())

    def get_dependency(self, worker_ctx: Any) -> Any:
        """Return the application, as the dependency of workers."""
        return self.app
