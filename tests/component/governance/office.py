"""The union's office in a test: asks governance as an officer, and lets events come in as services announce them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import Problem
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event, Operation
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar.operations import (
    EventCancelled,
    EventHeld,
    EventRescheduled,
    EventScheduled,
)
from services.contracts.membership.dues.events import DuesCollected, DuesRefunded
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.contracts.welfare.visits.events import VisitCancelled, VisitCompleted, VisitRequired
from services.governance.service import Governance
from tests.support.principals import headers_of

OFFICER = Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),))
IN_BATCHES = ("record_benefit_expenses", "book_collected_dues", "book_refunded_dues")
TODAY = date(2026, 3, 11)
NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


class WorkOfOneTest:
    """Stands where nameko's worker would: hands the entrypoints a transaction on the test's database."""

    def __init__(self, database: Database) -> None:
        self.service, self.database = "governance", database
        self.headers = headers_of(CallContext(principal=OFFICER))

    def call(self, context: CallContext) -> Any:
        return _Call(self.database, context)


@dataclass
class _Call:
    database: Database
    context: CallContext

    @contextmanager
    def transaction(self, *, readonly: bool = False) -> Iterator[Transaction]:
        with transaction(self.database, self.context, readonly=readonly) as tx:
            yield tx


@dataclass
class Office:
    """Governance on one database, on the morning of 11 March 2026."""

    database: Database

    def ask(self, operation: Operation, **request: Any) -> dict[str, Any]:
        """Ask through the entrypoint, in JSON values; a refusal is raised as the caller would see it."""
        service = Governance()
        service.runtime = WorkOfOneTest(self.database)
        payload = {name: str(value) if isinstance(value, UUID) else value for name, value in request.items()}
        with clock.frozen(NOW):
            answer = getattr(service, operation.name)(payload)
        if "problem" in answer:
            raise Problem.from_wire(answer["problem"])
        return answer["ok"]

    def receive(self, method: str, event: type[Event], data: dict[str, Any], sequence: int) -> None:
        """Let one event come in, in a transaction of its own."""
        self.receive_all(method, [(event, data, sequence)])

    def receive_all(self, method: str, arrivals: list[tuple[type[Event], dict[str, Any], int]]) -> None:
        """Let events come in together."""
        received = [_received(event, data, sequence) for event, data, sequence in arrivals]
        batch = method in IN_BATCHES
        with clock.frozen(NOW), transaction(self.database) as tx:
            service = Governance()

            def body(handle: Callable[[Transaction, Any], None]) -> None:
                if batch:
                    handle(tx, received)
                else:
                    for one in received:
                        handle(tx, one)

            getattr(service, method)(body)

    def scheduled(self, activity_id: UUID, item_id: Any, sequence: int = 1) -> None:
        data = {**EventScheduled.example, "activity_id": str(activity_id), "plan_item_id": _text(item_id)}
        self.receive("link_scheduled_activity", EventScheduled, data, sequence)

    def rescheduled(self, activity_id: UUID, item_id: Any, sequence: int, **changed: Any) -> None:
        data = {**EventRescheduled.example, "activity_id": str(activity_id), "plan_item_id": _text(item_id), **changed}
        self.receive("follow_rescheduled_activity", EventRescheduled, data, sequence)

    def cancelled(self, activity_id: UUID, item_id: Any, sequence: int) -> None:
        data = {**EventCancelled.example, "activity_id": str(activity_id), "plan_item_id": _text(item_id)}
        self.receive("drop_cancelled_activity", EventCancelled, data, sequence)

    def held(self, activity_id: UUID, item_id: Any, sequence: int) -> None:
        data = {**EventHeld.example, "activity_id": str(activity_id), "plan_item_id": _text(item_id)}
        self.receive("count_held_activity", EventHeld, data, sequence)

    def visit_required(self, visit_id: UUID, sequence: int = 1) -> None:
        data = {**VisitRequired.example, "visit_id": str(visit_id), "due_at": "2026-03-12T02:00:00+00:00"}
        self.receive("count_due_visit", VisitRequired, data, sequence)

    def visit_cancelled(self, visit_id: UUID, sequence: int) -> None:
        data = {**VisitCancelled.example, "visit_id": str(visit_id)}
        self.receive("drop_cancelled_visit", VisitCancelled, data, sequence)

    def visit_completed(self, visit_id: UUID, sequence: int = 2) -> None:
        self.receive("count_completed_visit", VisitCompleted, claim(visit_id), sequence)

    def claim(self, visit_id: UUID, **fields: Any) -> None:
        """Let a completed visit come to the funds."""
        self.receive("record_visit_expense", VisitCompleted, claim(visit_id, **fields), 2)

    def withdraw(self, visit_id: UUID, **fields: Any) -> None:
        """Let welfare take the claim of a visit back."""
        data = {**ClaimWithdrawn.example, "source_id": str(visit_id), "spent_on": TODAY.isoformat(), **fields}
        self.receive("withdraw_claim", ClaimWithdrawn, data, 1)

    def grant(self, *grants: dict[str, Any]) -> None:
        """Let granted benefits come to the funds, all at once."""
        arrivals = [
            (BenefitGranted, {**BenefitGranted.example, "granted_on": TODAY.isoformat(), **one}, 1) for one in grants
        ]
        self.receive_all("record_benefit_expenses", arrivals)

    def dues(self, *postings: dict[str, Any]) -> None:
        """Let dues that were collected come to the funds, all at once."""
        arrivals = [
            (DuesCollected, {**DuesCollected.example, "posting_id": str(uuid7()), **one}, 1) for one in postings
        ]
        self.receive_all("book_collected_dues", arrivals)

    def dues_back(self, **fields: Any) -> None:
        """Let dues that were given back come to the funds."""
        data = {**DuesRefunded.example, "posting_id": str(uuid7()), "refunded_on": TODAY.isoformat(), **fields}
        self.receive_all("book_refunded_dues", [(DuesRefunded, data, 2)])

    def announced(self, *types: str) -> list[dict[str, Any]]:
        """Return the data of the events announced so far, of these types."""
        statement = sa.select(OutboxEvent).where(OutboxEvent.type.in_(types)).order_by(OutboxEvent.position)
        with self.database.session() as session:
            return [row.data | {"type": row.type} for row in session.scalars(statement)]


def claim(visit_id: UUID, **fields: Any) -> dict[str, Any]:
    """Return the data of a visit that was made today, a birth with goods for 500 yuan unless told otherwise."""
    return {**VisitCompleted.example, "visit_id": str(visit_id), "completed_on": TODAY.isoformat(), **fields}


def _received(event: type[Event], data: dict[str, Any], sequence: int) -> ReceivedEvent:
    return ReceivedEvent(
        id=uuid7(),
        source=event.source,
        type=event.type,
        time=NOW,
        subject=event.subject.format(**data),
        sequence=sequence,
        raw=data,
        data=event.load(data),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
