"""One service on one database, called the way a worker of its container calls it; only the broker is left out.

Operations are carried out by their entrypoints: signature, roles, schemas, one transaction, idempotency key. Events go
through envelope, contract and inbox. Recurring work and jobs run as the container runs them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from marshmallow import Schema, fields
from nameko.extensions import Entrypoint

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.entrypoints import EventEntrypoint
from services.chassis.errors import Problem
from services.chassis.events.envelope import ReceivedEvent, encode
from services.chassis.events.handlers import Reaction, all_together, one_at_a_time
from services.chassis.identifiers import uuid7
from services.chassis.jobs.tables import RUNNING, WAITING, Job
from services.chassis.json_bytes import encode as encode_json
from services.chassis.process.runtime import Call, Work
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event, Operation
from services.chassis.security.principal import Principal
from tests.support import open_transactions
from tests.support.long_work import do_step, do_step_of
from tests.support.principals import headers_of

MOST_CHUNKS = 1_000
"""After so many chunks a job does not come to an end."""


class ServiceHarness:
    """Asks one service, tells it of events, and lets its clock and its jobs run.

    Args:
        service: its nameko class.
        database: migrated.
        by: who asks, unless a call names somebody else.
    """

    def __init__(self, service: type, database: Database, by: Principal) -> None:
        self.service = service
        self.name: str = service.name  # type: ignore[attr-defined]
        self.database = database
        self.by = by
        self.answers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {}
        """What other services answer, by the operation's id."""
        self.announced_at: datetime | None = None
        """When the events were announced that arrive, a millisecond apart by their numbers; now, unless it is set."""
        self._sequences: dict[str, int] = {}

    # Operations

    def ask(self, operation: Operation, by: Principal | None = None, /, **request: Any) -> Any:
        """Carry out an operation and return its reply in JSON values.

        Raises:
            Problem: the one the caller would get.
        """
        return self.ask_in(CallContext(principal=by or self.by), operation, **request)

    def ask_typed(self, operation: Operation, by: Principal | None = None, /, **request: Any) -> Any:
        """Carry out an operation and return its reply with UUIDs, days and amounts, as the reply's schema reads it."""
        return typed(operation.reply_schema, self.ask(operation, by, **request))

    def ask_keyed(self, key: str, operation: Operation, by: Principal | None = None, /, **request: Any) -> Any:
        """Carry out a command with an idempotency key and return its reply in JSON values."""
        return self.ask_in(CallContext(principal=by or self.by, idempotency_key=key), operation, **request)

    def ask_in(self, context: CallContext, operation: Operation, /, **request: Any) -> Any:
        """Carry out an operation in a context, which says who asks, from where and with which key."""
        answer = self._answer(context, operation, request)
        if "problem" in answer:
            raise Problem.from_wire(answer["problem"])
        typed(operation.reply_schema, answer["ok"])
        return answer["ok"]

    def answer(
        self, operation: Operation, by: Principal | None = None, key: str | None = None, /, **request: Any
    ) -> Any:
        """Carry out an operation and return the answer as it is sent: `{"ok": reply}` or `{"problem": …}`."""
        return self._answer(CallContext(principal=by or self.by, idempotency_key=key), operation, request)

    def refused(self, operation: Operation, by: Principal | None = None, /, **request: Any) -> Problem:
        """Ask for what must be refused; return the problem."""
        answer = self.answer(operation, by, **request)
        assert "problem" in answer, answer
        return Problem.from_wire(answer["problem"])

    def call(self, operation: Operation, payload: Mapping[str, Any], *_: Any) -> dict[str, Any]:
        """Answer the service in the name of another; the place of its RPC client."""
        open_transactions.require_none(operation.id)
        return self.answers[operation.id](payload)

    # Events that arrive

    def message(self, event: type[Event], sequence: int | None = None, /, **data: Any) -> str:
        """Return the message that announces an event, numbered after the last one of its subject unless told so."""
        raw = in_json(data)
        subject = event.subject.format(**raw)
        last = self._sequences.get(subject, 0)
        number = sequence or last + 1
        self._sequences[subject] = max(last, number)
        time = self.announced_at + timedelta(milliseconds=number) if self.announced_at else clock.now()
        row = SimpleNamespace(
            id=uuid7(), type=event.type, version=event.version, time=time, subject=subject, sequence=number, data=raw,
            correlation_id="story-of-a-test", causation_id=None, traceparent=None,
        )  # fmt: skip
        return encode(event.source, row).decode()

    def example_message(self, event: type[Event], sequence: int | None = None, /, **changes: Any) -> str:
        """Return the message of the contract's example of an event, some of its data changed."""
        return self.message(event, sequence, **{**event.example, **changes})

    def tell(self, event: type[Event], sequence: int | None = None, /, **data: Any) -> None:
        """Let one event arrive at `on_<type>`."""
        self.receive(f"on_{event.type}", self.message(event, sequence, **data))

    def receive(self, method: str, *messages: str) -> None:
        """Let messages arrive together at one of the service's event handlers.

        Raises:
            Exception: what the handler raised.
        """
        (entrypoint,) = self._entrypoints(EventEntrypoint, method)
        consumer = f"{self.name}.{method}"

        def body(function: Callable[[Any, Any], None]) -> None:
            handle = all_together(consumer, function) if entrypoint.batch else one_at_a_time(consumer, function)
            _StrictReaction(consumer, entrypoint.event, self.database, handle).take_all(messages)

        getattr(self._worker({}), method)(body)

    # Work of its own

    def run_timer(self, method: str) -> None:
        """Let one of the service's recurring works run once.

        Raises:
            Exception: what it raised; in a container it would be logged.
        """
        work = _StrictWork(self.name, self.database, self, {})
        getattr(self._worker({}, work), method)()
        if work.failures:
            raise work.failures[0]

    def run_job(self, job_id: UUID | str, most: int = MOST_CHUNKS) -> Job:
        """Do a job's chunks until it ends, or `most` of them; return the job."""
        for _ in range(most):
            job = self.job(job_id)
            if job.state not in (WAITING, RUNNING):
                return job
            do_step_of(self._worker({}), self.database, job.id, job.kind)
        job = self.job(job_id)
        assert most < MOST_CHUNKS or job.state not in (WAITING, RUNNING), "the job does not end"
        return job

    def job(self, job_id: UUID | str) -> Job:
        """Return a job as it is stored."""
        with self.database.session(readonly=True) as session:
            return session.get_one(Job, UUID(str(job_id)))

    def work(self) -> bool:
        """Do one step of the job that is due; False when none is."""
        return do_step(self._worker({}), self.database)

    # The database

    def transaction(self, by: Principal | None = None) -> AbstractContextManager[Transaction]:
        """Open a transaction to arrange rows, or to hold locks that others wait for."""
        return transaction(self.database, CallContext(principal=by or self.by))

    def events(self, *types: str, subject: str | None = None) -> list[dict[str, Any]]:
        """Return the data of the events recorded so far, each with its type, in order: all, or those of some types."""
        return [{"type": row.type, **row.data} for row in self.outbox(*types, subject=subject)]

    def outbox(self, *types: str, subject: str | None = None) -> list[OutboxEvent]:
        """Return the events recorded so far as they are stored."""
        statement = sa.select(OutboxEvent).order_by(OutboxEvent.position)
        if types:
            statement = statement.where(OutboxEvent.type.in_(types))
        if subject is not None:
            statement = statement.where(OutboxEvent.subject == subject)
        with self.database.session(readonly=True) as session:
            return list(session.scalars(statement))

    def stored(self, statement: str) -> list[tuple[Any, ...]]:
        """Return what a statement finds in the database itself, past every column type."""
        with self.database.session() as session:
            return [tuple(row) for row in session.execute(sa.text(statement))]

    def _answer(self, context: CallContext, operation: Operation, request: Mapping[str, Any]) -> Any:
        return getattr(self._worker(headers_of(context)), operation.name)(in_json(request))

    def _worker(self, headers: Mapping[str, Any], work: Work | None = None) -> Any:
        worker = self.service()
        worker.runtime = work or Work(self.name, self.database, self, headers)  # type: ignore[arg-type]
        return worker

    def _entrypoints(self, kind: type[Entrypoint], method: str) -> list[Any]:
        found = getattr(getattr(self.service, method), "nameko_entrypoints", ())
        return [entrypoint for entrypoint in found if isinstance(entrypoint, kind)]


class _StrictReaction(Reaction):
    """Hands what a handler raises to the test instead of keeping it for a retry."""

    def take_all(self, messages: tuple[str, ...]) -> None:
        self.failures: list[Exception] = []
        taken = self.take(list(messages))
        if self.failures:
            raise self.failures[0]
        assert taken, "the database was away or busy"

    def _keep(self, event: ReceivedEvent, body: str, error: Exception) -> None:
        self.failures.append(error)

    def _keep_dead(self, event_id: UUID, body: str, error: Exception) -> None:
        self.failures.append(error)


class _StrictWork(Work):
    """Notes what recurring work raises, which the entrypoint only logs."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.failures: list[Exception] = []

    def call(self, context: CallContext) -> Call:
        call = super().call(context)
        opened = call.transaction

        @contextmanager
        def noted(**options: Any) -> Iterator[Transaction]:
            try:
                with opened(**options) as tx:
                    yield tx
            except Exception as error:
                self.failures.append(error)
                raise

        call.transaction = noted  # type: ignore[method-assign]
        return call


def typed(schema: Schema, reply: Mapping[str, Any]) -> dict[str, Any]:
    """Return a reply with the values its schema reads from JSON; fields that are only written stay as they are.

    Raises:
        marshmallow.ValidationError: a value is not what the schema promises.
    """
    return {name: _typed_value(schema.fields.get(name), value) for name, value in reply.items()}


def _typed_value(field: fields.Field[Any] | None, value: Any) -> Any:
    if field is None or value is None or isinstance(field, fields.Function | fields.Method):
        return value
    if isinstance(field, fields.Nested):
        return [typed(field.schema, one) for one in value] if field.many else typed(field.schema, value)
    if isinstance(field, fields.List):
        return [_typed_value(field.inner, one) for one in value]
    return field.deserialize(value)


def in_json(request: Mapping[str, Any]) -> Any:
    """Return a request in JSON values: ids and amounts as texts, moments and days in ISO 8601, bytes in base64."""
    return json.loads(encode_json(request))
