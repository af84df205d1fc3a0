"""Reading a running union's stream of server-sent events, as a program would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests

from tests.support.api import Api
from tests.support.waiting import ANSWER


@dataclass(frozen=True)
class LiveEvent:
    """One event as it arrived."""

    topic: str
    data: dict[str, Any]
    id: str | None


class LiveStream:
    """An open stream of one caller; a context manager.

    Args:
        caller: who reads; signed in.
        query: of the address.
        last_event_id: sent as the header of a reader that comes back.
    """

    def __init__(self, caller: Api, query: str = "", last_event_id: str | None = None) -> None:
        headers = {"Authorization": str(caller.http.headers["Authorization"])}
        if last_event_id is not None:
            headers["Last-Event-ID"] = last_event_id
        url = f"{caller.url}/api/v1/me/stream{query}"
        # A connection of its own: a session is not made for several answers at once.
        self.answer = requests.get(url, headers=headers, stream=True, timeout=ANSWER)
        assert self.answer.status_code == 200, self.answer.text
        self._lines = self.answer.iter_lines(chunk_size=1)
        assert next(self._lines).startswith(b"retry: ")

    def __enter__(self) -> LiveStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.answer.close()

    def events(self) -> Iterator[LiveEvent]:
        """Return the events until the stream ends."""
        found: dict[str, str] = {}
        for line in self._lines:
            name, _, text = line.decode().partition(": ")
            if name and text:
                found[name] = text
            elif not line and "event" in found:
                yield LiveEvent(found["event"], json.loads(found["data"]), found.get("id"))
                found = {}

    def until(self, topic: str, **data: Any) -> LiveEvent:
        """Read on until an event of a topic with these data."""
        for event in self.events():
            if event.topic == topic and data.items() <= event.data.items():
                return event
        raise AssertionError(f"the stream ended before {topic} with {data}")
