"""What pages learn while they are open, as server-sent events of one stream. Answered by the gateway itself."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import ACCOUNT, Operation, Schema, Text
from services.contracts.jobs import JOBS_OF

MOST_JOBS = 5
_JOB = rf"({'|'.join(JOBS_OF)}):[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"
_JOBS = re.compile(rf"\A{_JOB}(,{_JOB}){{0,{MOST_JOBS - 1}}}\Z")


class OpenStream(Schema):
    """Which stream to open.

    `last_event_id` is what a browser sends as the header `Last-Event-ID`; the header wins. `jobs` are jobs whose
    progress is wanted, as `service:id`, several with commas between them.
    """

    last_event_id = Text(64, load_default=None, allow_none=True)
    jobs = Text(300, load_default=None, allow_none=True, characters=validate.Regexp(_JOBS))


class LiveEvent(Schema):
    """The data of one event; its name is the topic.

    `seats`: `activity_id`, `seats_taken`, `seats_left`, `waiting`. `todos`: `count`, how many are open. `messages`:
    `count`, how many are unread. `job`: `service`, `id`, `state`, `done`, `total`. `session`: `session_id`, a
    session of the congress that changed. `contest`: `activity_id` of a contest that changed. `reload`: events were
    missed, read everything again. `signed_out`: the session ended and the stream with it. An event may come twice,
    with the same id.
    """

    activity_id = fields.UUID()
    session_id = fields.UUID()
    seats_taken = fields.Integer()
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer()
    count = fields.Integer()
    service = fields.String()
    id = fields.UUID()
    state = fields.String()
    done = fields.Integer()
    total = fields.Integer(allow_none=True)


def jobs_wanted(text: str | None) -> list[tuple[str, str]]:
    """Return (service, id) of each job a stream asks for."""
    pairs = [one.partition(":") for one in text.split(",")] if text else []
    return [(service, job_id) for service, _, job_id in pairs]


def _stream(name: str, request: Any, reply: Any, doc: str, *, title: str) -> Operation:
    return Operation("gateway", name, request, reply, frozenset({ACCOUNT}), "query", doc, title)


open_stream = _stream(
    "open_stream",
    OpenStream,
    LiveEvent,
    "What changes while one looks, as server-sent events: seats, to-dos, messages, progress of long work.",
    title="接收页面的实时变化",
)
