"""Decorators that declare which operations a service answers and which events it handles.

They wrap nameko's extensions, so that the `entrypoints.py` of a subject contains short methods only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from nameko.extensions import Entrypoint, register_entrypoint
from nameko.timer import Timer

from services.chassis.broker import publisher
from services.chassis.database.extension import Store
from services.chassis.events.consumer import EventConsumer
from services.chassis.events.handlers import Reaction, all_together, one_at_a_time
from services.chassis.events.reconciler import Consumed, Reconciler
from services.chassis.events.retries import Retrier
from services.chassis.process import logs, metrics
from services.chassis.process.worker import in_worker
from services.chassis.rpc import commands
from services.chassis.rpc.client import OperationEntrypoint
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event, Operation
from services.chassis.security.principal import service_principal

Method = TypeVar("Method", bound=Callable[..., Any])

log = logs.get_logger(__name__)


def command(operation: Operation, *, own_transaction: bool = False) -> Callable[[Method], Callable[..., Any]]:
    """Answer a command with `method(self, tx, request)` in one transaction, or `method(self, call, request)`.

    Args:
        operation: the contract.
        own_transaction: the method gets a `Call` and opens its transactions itself, because it asks other services or
            works in batches. It must then be idempotent itself: its idempotency key is not stored.
    """
    if operation.kind != "command":
        raise ValueError(f"{operation.id} is a query")
    return _answer(operation, own_transaction)


def query(operation: Operation, *, own_transaction: bool = False) -> Callable[[Method], Callable[..., Any]]:
    """Answer a query with `method(self, tx, request)`, or `method(self, call, request)`."""
    if operation.kind != "query":
        raise ValueError(f"{operation.id} is a command")
    return _answer(operation, own_transaction)


def _answer(operation: Operation, own_transaction: bool) -> Callable[[Method], Callable[..., Any]]:
    wrap: Callable[..., Any] = commands.on_its_own if own_transaction else commands.in_one_transaction

    def decorate(method: Method) -> Callable[..., Any]:
        def answer(self: Any, payload: Any) -> Any:
            run = wrap(operation, lambda tx_or_call, request: method(self, tx_or_call, request))
            return commands.carry_out(self.runtime, operation, payload, run)

        if method.__name__ != operation.name:
            raise ValueError(f"{method.__name__} answers {operation.id}: name them alike")
        register_entrypoint(answer, OperationEntrypoint(operation))
        return _named_like(method, answer)

    return decorate


def on_event(event: type[Event], *, batch: bool = False) -> Callable[[Method], Callable[..., Any]]:
    """Handle an event with `method(self, tx, event)`, exactly once in effect.

    Args:
        event: the contract of the events.
        batch: the method gets `events`, a list in the order they came, and handles them together.

    The method's name is part of its queue's name: after a rename the old queue has no consumer.
    """

    def decorate(method: Method) -> Callable[..., Any]:
        def react(self: Any, body: Callable[[Any], Any]) -> Any:
            return body(lambda tx, given: method(self, tx, given))

        register_entrypoint(react, EventEntrypoint(event, batch))
        return _named_like(method, react)

    return decorate


def every(seconds: float, name: str) -> Callable[[Method], Callable[..., Any]]:
    """Run `method(self, tx)` every so many seconds, in one replica at a time; a failure is logged and tried again.

    Args:
        seconds: pause between runs.
        name: of the lock that keeps other replicas from running it.
    """

    def decorate(method: Method) -> Callable[..., Any]:
        def run(self: Any) -> None:
            work = self.runtime
            try:
                with work.call(CallContext(principal=service_principal(work.service))).transaction() as tx:
                    if tx.try_lock(f"every-{work.service}-{name}"):
                        method(self, tx)
            except Exception as error:
                log.error("timed_work_failed", service=work.service, timer=name, error=type(error).__name__)

        register_entrypoint(run, Timer(seconds))
        return _named_like(method, run)

    return decorate


def _named_like(method: Callable[..., Any], wrapper: Callable[..., Any]) -> Callable[..., Any]:
    wrapper.__name__ = method.__name__
    wrapper.__qualname__ = method.__qualname__
    wrapper.__doc__ = method.__doc__
    wrapper.__module__ = method.__module__
    return wrapper


class EventEntrypoint(Entrypoint):
    """Receives one type of event for one method."""

    store = Store()
    consumer = EventConsumer()
    retrier = Retrier()
    reconciler = Reconciler()

    def __init__(self, event: type[Event], batch: bool, **kwargs: Any) -> None:
        self.event = event
        self.batch = batch
        super().__init__(**kwargs)

    @property
    def consumer_name(self) -> str:
        """`service.method`."""
        return f"{self.container.service_name}.{self.method_name}"

    def setup(self) -> None:
        self.store.setup()
        self.consumer.setup()
        self.retrier.setup()
        self.reconciler.setup()
        queue = publisher.event_queue(self.event, self.consumer_name)
        self.consumer.register(queue, self._take)
        self.retrier.register(self.consumer_name, self._retry)
        self.reconciler.register(self.consumer_name, Consumed(self.event, queue.name, self._take_missing))
        metrics.expect_consumer(self.consumer_name)

    def _take(self, bodies: list[str], tried: int) -> bool:
        try:
            self.reconciler.note_consumers()
        except Exception as error:
            log.warning("events_wait", consumer=self.consumer_name, error=type(error).__name__)
            return False
        return self._take_missing(bodies, tried)

    def _take_missing(self, bodies: list[str], tried: int) -> bool:
        return bool(self._in_worker(lambda reaction: reaction.take(bodies, tried)))

    def _retry(self, event_id: UUID, body: str) -> None:
        self._in_worker(lambda reaction: reaction.retry(event_id, body))

    def _in_worker(self, run: Callable[[Reaction], Any]) -> Any:
        def work(function: Callable[[Any, Any], None]) -> Any:
            name = self.consumer_name
            handle = all_together(name, function) if self.batch else one_at_a_time(name, function)
            return run(Reaction(name, self.event, self.store.database, handle))

        return in_worker(self, work)
