"""Somebody who reads the stream of server-sent events of an app in this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.live import stream
from gateway.live.hub import HUB
from tests.unit.gateway.conftest import Person


@pytest.fixture(autouse=True)
def empty_hub() -> Iterator[None]:
    """No streams and no messages of an earlier test."""
    HUB.missed()
    yield
    HUB.close()
    HUB.missed()


class Reader:
    """A program or page that reads its stream, event by event."""

    def __init__(self, http: FlaskClient, person: Person, query: str = "", **headers: str) -> None:
        path = f"/api/v1/me/stream{query}"
        self.answer = http.get(path, headers={**person.headers, **headers}, buffered=False)
        assert self.answer.status_code == 200, self.answer.get_data(as_text=True)
        self.pieces = iter(self.answer.response)
        self._arrived: list[str] = []
        assert next(self.pieces) == b"retry: 3000\n\n"

    def next(self) -> tuple[str, dict[str, Any], str | None]:
        """Return topic, data and id of the next event."""
        while not self._arrived:
            self._arrived += [text for text in next(self.pieces).decode().split("\n\n") if text]
        lines = dict(line.split(": ", 1) for line in self._arrived.pop(0).split("\n"))
        return lines["event"], json.loads(lines["data"]), lines.get("id")

    def is_quiet(self, monkeypatch: pytest.MonkeyPatch) -> bool:
        """Whether nothing waits for the reader."""
        assert self._arrived == []
        monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.0)
        return next(self.pieces) == b": \n\n"

    def has_ended(self) -> bool:
        return next(self.pieces, None) is None
