"""One stream: the messages of the hub as server-sent events for its reader (HTML standard, 9.2).

Before each event the session is looked up again: a stream whose session has ended, or whose reader has lost a role, is
sent nothing more of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, Response, current_app, g, request

from gateway.identity.current import account_of, require_account, token_of_request
from gateway.identity.sessions import SignedIn
from gateway.jobs.requests import ask
from gateway.live.hub import HUB, Message, Stream
from gateway.read_models import home, viewer_summary
from services.chassis.errors import Problem, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.json_bytes import encode
from services.contracts.jobs import JOBS_OF

HEARTBEAT_SECONDS = 15.0
"""Seconds without event after which a comment is sent: it keeps proxies from closing, and finds readers that left."""
JOB_SECONDS = 2.0
"""Seconds between two looks at the jobs a reader asked for."""
RETRY_MILLISECONDS = 3_000

_COUNTS: dict[str, Callable[[SignedIn], int]] = {
    "todos": home.todo_count,
    "messages": lambda reader: int(viewer_summary.of(reader)["unread"]),
}
"""What is counted for each reader, by topic."""

Jobs = dict[tuple[str, str], Any]


def response(last_event_id: str | None, jobs: list[tuple[str, str]]) -> Response:
    """Return the answer that goes on until its reader leaves.

    Args:
        last_event_id: of the last event the reader has.
        jobs: (service, id) of jobs whose progress is wanted.

    Raises:
        NotSignedIn: there is no session.
        Unavailable: this process has as many streams as it can serve.
    """
    account = require_account()
    if HUB.is_full:
        raise Unavailable("There are too many open streams; try again later.", rule="streams_are_free")
    token = token_of_request()
    assert token is not None
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    writer = _Writer(app, dict(request.environ), token, dict.fromkeys(jobs))
    answer: Response = app.response_class(writer.events(account, last_event_id), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    # The server would collect 4 KB before it sends anything.
    request.environ["eventlet.minimum_write_chunk_size"] = 1
    return answer


class _Writer:
    """Writes the events of one stream. No context of Flask stays open while it waits.

    Args:
        app: the application.
        environ: of the request that opened the stream.
        token: of the session.
        jobs: the jobs whose progress is wanted, with what was told of them last.
    """

    def __init__(self, app: Flask, environ: dict[str, Any], token: str, jobs: Jobs) -> None:
        self._app = app
        self._environ = environ
        self._token = token
        self._jobs = jobs

    def events(self, account: SignedIn, last_event_id: str | None) -> Iterator[bytes]:
        """Return the events, until the session or the process ends."""
        stream = HUB.open(account, last_event_id)
        try:
            yield b"retry: %d\n\n" % RETRY_MILLISECONDS
            while not stream.closed:
                taken = stream.take(JOB_SECONDS if self._jobs else HEARTBEAT_SECONDS)
                reader = account_of(self._token, self._app)
                if reader is None or reader.account_id != account.account_id:
                    yield _event("signed_out", {})
                    return
                HUB.follow(stream, reader)
                yield b"".join(self._written(stream, taken, reader)) or b": \n\n"
        finally:
            HUB.remove(stream)

    def _written(self, stream: Stream, taken: list[Message], reader: SignedIn) -> Iterator[bytes]:
        if stream.missed:
            stream.missed = False
            yield _event("reload", {}, str(uuid7()))
        for message in taken:
            if message.concerns(reader):
                yield _event(message.topic, self._data(message, reader), message.id)
        if self._jobs:
            yield from self._progress()

    def _data(self, message: Message, reader: SignedIn) -> dict[str, Any]:
        count = _COUNTS.get(message.topic)
        if count is None:
            return message.data
        with self._app.app_context():
            return {"count": count(reader)}

    def _progress(self) -> Iterator[bytes]:
        """Tell of the jobs that went on since the last look; those that have ended are not looked at again."""
        for (service, job_id), before in list(self._jobs.items()):
            try:
                found = self._ask(service, job_id)
            except Unavailable:
                continue
            except Problem:
                del self._jobs[service, job_id]
                continue
            now = {"service": service, "id": job_id, **{name: found[name] for name in ("state", "done", "total")}}
            self._jobs[service, job_id] = now
            if now["state"] not in ("waiting", "running"):
                del self._jobs[service, job_id]
            if now != before:
                yield _event("job", now)

    def _ask(self, service: str, job_id: str) -> dict[str, Any]:
        with self._app.request_context(self._environ):
            g.correlation_id, g.traceparent = str(uuid7()), None
            return ask(JOBS_OF[service].get, {"job_id": job_id}, JOB_SECONDS)


def _event(topic: str, data: dict[str, Any], id: str | None = None) -> bytes:
    head = b"id: %s\n" % id.encode() if id else b""
    return head + b"event: %s\ndata: %s\n\n" % (topic.encode(), encode(data))
