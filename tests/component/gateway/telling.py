"""Telling the gateway what happened, the way the broker does: envelope, inbox, handler, one transaction."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from gateway.service import Gateway
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.events.envelope import encode
from services.chassis.events.handlers import Reaction, one_at_a_time
from services.chassis.identifiers import uuid7
from services.chassis.schema import Event


@dataclass(frozen=True)
class Told:
    """One announced event: its contract and its message."""

    event: type[Event]
    body: str


@dataclass
class Teller:
    """Announces events to the gateway's handlers. Sequences count by themselves unless they are given."""

    database: Database
    counters: dict[str, itertools.count[int]] = field(default_factory=dict)
    began: datetime = field(default_factory=clock.now)

    def make(self, event: type[Event], sequence: int | None = None, **values: Any) -> Told:
        """Return the message of an event whose data is the catalogue's example changed by `values`."""
        data = event(**event.data().load({**event.example, **_in_json(values)})).payload()
        subject = event.subject.format(**data)
        if sequence is None:
            sequence = next(self.counters.setdefault(subject, itertools.count(1)))
        row = SimpleNamespace(
            id=uuid7(), type=event.type, version=event.version, subject=subject, sequence=sequence, data=data,
            time=self.began + timedelta(milliseconds=sequence), correlation_id="story-of-a-test",
            causation_id=None, traceparent=None,
        )  # fmt: skip
        return Told(event, encode(event.source, row).decode())

    def tell(self, event: type[Event], sequence: int | None = None, **values: Any) -> None:
        """Announce one event."""
        self.deliver([self.make(event, sequence, **values)])

    def deliver(self, messages: Sequence[Told]) -> None:
        """Hand messages to their handlers, each as a batch of its own; none may fail."""
        for message in messages:
            self.deliver_together([message])

    def deliver_together(self, messages: Sequence[Told]) -> None:
        """Hand messages of one type to their handler as one batch."""
        event = messages[0].event
        method = getattr(Gateway, f"on_{event.type}")
        taken: list[bool] = []

        def run(function: Any) -> None:
            handle = function if _takes_batches(method) else one_at_a_time("gateway", function)
            reaction = _Strict(f"gateway.on_{event.type}", event, self.database, handle)
            taken.append(reaction.take([message.body for message in messages]))

        method(SimpleNamespace(), run)
        assert taken == [True]


class _Strict(Reaction):
    """Lets what a handler raises fail the test instead of keeping it for a retry."""

    def _keep(self, event: Any, body: str, error: Exception) -> None:
        raise error


def _takes_batches(method: Any) -> bool:
    (entrypoint,) = method.nameko_entrypoints
    return bool(entrypoint.batch)


def _in_json(values: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, UUID):
            return str(value)
        return value.isoformat() if hasattr(value, "isoformat") else value

    return {name: plain(value) for name, value in values.items()}
