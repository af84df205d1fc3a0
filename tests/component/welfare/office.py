"""A welfare office to test on: who acts in it, and short ways to ask, announce and let the clock run.

Operations and reactions run as in the service, roles, schemas and inbox included; only the broker is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.errors import Problem
from services.chassis.events.envelope import encode
from services.chassis.events.handlers import Reaction, one_at_a_time
from services.chassis.events.inbox import open_events
from services.chassis.identifiers import uuid7
from services.chassis.process.runtime import Work
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event, Operation
from services.chassis.security.principal import Grant, Principal, service_principal
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.welfare import rulebook
from services.contracts.welfare.visits import operations as visits
from services.welfare.service import Welfare
from tests.support import open_transactions
from tests.support.long_work import do_step
from tests.support.principals import headers_of

SYSTEM = service_principal("deploy")
NOON = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)
"""Wednesday, 1 March 2023, noon in China."""


def officer() -> Principal:
    return Principal("account", uuid4(), uuid4(), (Grant("officer"), Grant("member")))


def auditor() -> Principal:
    return Principal("account", uuid4(), uuid4(), (Grant("auditor"), Grant("member")))


def chair_of(*unit_ids: UUID, member_id: UUID | None = None) -> Principal:
    grants = (*(Grant("chair", unit_id) for unit_id in unit_ids), Grant("member"))
    return Principal("account", uuid4(), member_id or uuid4(), grants)


def member(member_id: UUID) -> Principal:
    return Principal("account", uuid4(), member_id, (Grant("member"),))


@dataclass
class Office:
    """The welfare service over one database; `answers` is what other services answer when asked."""

    database: Database
    officer: Principal = field(default_factory=officer)
    unit: UUID = field(default_factory=uuid4)
    other_unit: UUID = field(default_factory=uuid4)
    answers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chair = chair_of(self.unit)
        self.answers["membership.get_roles"] = lambda _: {"items": [{"role": "officer", "unit_id": None}]}

    # Asking

    def call(self, operation: Operation, payload: Mapping[str, Any], *_: Any) -> dict[str, Any]:
        """Answer in another service's name."""
        open_transactions.require_none(operation.id)
        return self.answers[operation.id](payload)

    def ask(self, operation: Operation, by: Principal | None = None, key: str | None = None, **payload: Any) -> Any:
        """Carry out an operation as somebody; return the reply as it goes over the wire, or raise its problem."""
        context = CallContext(principal=by or self.officer, idempotency_key=key)
        service = self._service(headers_of(context))
        answer = getattr(service, operation.name)(_wire(payload))
        if "problem" in answer:
            raise Problem.from_wire(answer["problem"])
        operation.reply_schema.load(answer["ok"])
        return answer["ok"]

    def tick(self, name: str) -> None:
        """Let timed work run once."""
        getattr(self._service({}), name)()

    def work(self) -> bool:
        """Do one step of the long work that is due; False when none is."""
        return do_step(self._service({}), self.database)

    # Announcing

    def body(self, event: type[Event], subject: str, *, sequence: int | None = None, **data: Any) -> str:
        """Return a message that announces an event, with the subject's next sequence."""
        if sequence is None:
            sequence = self.sequences[subject] = self.sequences.get(subject, 0) + 1
        row = SimpleNamespace(
            id=uuid7(),
            type=event.type,
            version=event.version,
            time=clock.now(),
            subject=subject,
            sequence=sequence,
            correlation_id="a-story",
            causation_id=None,
            traceparent=None,
            data=event(**data).payload(),
        )
        return encode(event.source, row).decode()

    def hear(self, method: str, event: type[Event], *bodies: str) -> None:
        """Deliver messages to a reaction, and see that none of them failed."""
        service = self._service({})

        def work(function: Callable[[Any, Any], None]) -> bool:
            batched = method in ("on_member_joined", "on_unit_changed")
            handle = function if batched else one_at_a_time("welfare", function)
            return Reaction(f"welfare.{method}", event, self.database, handle).take(list(bodies))

        assert getattr(service, method)(work)
        with self.database.session() as session:
            assert [row.error for row in open_events(session)] == []

    def joined(self, unit_id: UUID | None = None, member_id: UUID | None = None, **changes: Any) -> UUID:
        """Let somebody join; return the member's id."""
        member_id = member_id or uuid4()
        self.hear("on_member_joined", MemberJoined, self.joining(member_id, unit_id or self.unit, **changes))
        return member_id

    def joining(self, member_id: UUID, unit_id: UUID, sequence: int | None = None, **changes: Any) -> str:
        data = {"number": "M000001", "employment": "contract", "joined_on": date(2023, 3, 1), **changes}
        return self.body(
            MemberJoined, f"member/{member_id}", sequence=sequence, member_id=member_id, unit_id=unit_id, **data
        )

    def answered(self, event: type[Event], source_id: str, source_type: str = "visit", **changes: Any) -> None:
        """Let the funds answer a claim."""
        subject = f"expense/{source_type}/{source_id}"
        sequence = changes.pop("sequence", None)
        data = {**event.load(event.example), "source_type": source_type, "source_id": UUID(source_id), **changes}
        self.hear(f"on_{event.type}", event, self.body(event, subject, sequence=sequence, **data))

    # Short ways

    def rules(self, *names: str) -> None:
        for name in names:
            self.ask(rulebook.load_welfare_rules, SYSTEM, ruleset=name)

    def report(self, member_id: UUID, occasion: str = "birth", by: Principal | None = None, **changes: Any) -> Any:
        values = {"member_id": member_id, "occasion": occasion, "happened_on": clock.today(), **changes}
        return self.ask(visits.report_life_event, by or self.chair, **values)

    def complete(self, visit_id: str, by: Principal | None = None, **changes: Any) -> Any:
        evidence = [
            {"kind": "note", "text": "Went to see the family."},
            {"kind": "signature", "text": "Signed on sheet 12."},
        ]
        values = {"visited_on": clock.today(), "evidence": evidence, "amount": "500.00", "form": "goods", **changes}
        return self.ask(visits.complete_visit, by or self.chair, visit_id=visit_id, **values)

    def events(self, *types: str) -> list[dict[str, Any]]:
        """Return the data of the events recorded, in order, each with its type."""
        statement = sa.select(OutboxEvent).order_by(OutboxEvent.position)
        if types:
            statement = statement.where(OutboxEvent.type.in_(types))
        with self.database.session() as session:
            return [{"type": row.type, **row.data} for row in session.scalars(statement)]

    def stored(self, statement: str) -> list[tuple[Any, ...]]:
        """Return what stands in the database itself, past every column type."""
        with self.database.session() as session:
            return [tuple(row) for row in session.execute(sa.text(statement))]

    @contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        with clock.frozen(instant):
            yield

    def _service(self, headers: Mapping[str, Any]) -> Any:
        service: Any = Welfare()
        service.runtime = Work("welfare", self.database, self, headers)  # type: ignore[arg-type]
        return service


def _wire(payload: Any) -> Any:
    if isinstance(payload, Mapping):
        return {name: _wire(value) for name, value in payload.items()}
    if isinstance(payload, list | tuple):
        return [_wire(value) for value in payload]
    if isinstance(payload, UUID | date):
        return str(payload)
    return payload
