"""The gateway in a test: events of the services arrive at its handlers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.service import Gateway
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.schema import Event
from services.chassis.security.principal import ANONYMOUS
from tests.support.service_harness import ServiceHarness


@dataclass(frozen=True)
class Announced:
    """One announced event: its contract and its message."""

    event: type[Event]
    message: str


class GatewayHarness(ServiceHarness):
    """The gateway's handlers; what they hear is the contracts' example of an event, some of its data changed."""

    def __init__(self, database: Database) -> None:
        super().__init__(Gateway, database, ANONYMOUS)
        self.announced_at = clock.now()

    def make(self, event: type[Event], sequence: int | None = None, **changes: Any) -> Announced:
        """Return an event that has not arrived yet."""
        return Announced(event, self.example_message(event, sequence, **changes))

    def hear(self, event: type[Event], sequence: int | None = None, **changes: Any) -> None:
        """Let one event arrive."""
        self.deliver(self.make(event, sequence, **changes))

    def deliver(self, *announced: Announced) -> None:
        """Let events arrive one after the other."""
        for one in announced:
            self.deliver_together(one)

    def deliver_together(self, *announced: Announced) -> None:
        """Let events of one type arrive as one batch."""
        self.receive(f"on_{announced[0].event.type}", *(one.message for one in announced))
