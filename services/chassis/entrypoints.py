"""How a service declares which operations it answers, which events it handles and which work recurs.

Each declaration makes a nameko entrypoint: a row of a table or an attribute where a function is only called, a
decorated method where there is more to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import Any, ClassVar, Literal, Protocol, TypeVar, overload
from uuid import UUID

from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR, Entrypoint, register_entrypoint
from nameko.timer import Timer

from services.chassis.broker import publisher
from services.chassis.database.extension import Store
from services.chassis.database.transaction import Transaction
from services.chassis.events.consumer import EventConsumer
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.events.handlers import Reaction, all_together, one_at_a_time
from services.chassis.events.reconciler import Consumed, Reconciler
from services.chassis.events.retries import Retrier
from services.chassis.process import logs, metrics
from services.chassis.process.runtime import Call, ServiceRuntime
from services.chassis.process.worker import in_worker
from services.chassis.rpc import commands
from services.chassis.rpc.client import OperationEntrypoint
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event, Operation
from services.chassis.security.principal import service_principal

Method = TypeVar("Method", bound=Callable[..., Any])
Subject = TypeVar("Subject", bound=type[Any])

log = logs.get_logger(__name__)


class ListedOperations(Protocol):
    """What a contract declares about things of one kind: the list of them, and one of them."""

    @property
    def list(self) -> Operation: ...
    @property
    def get(self) -> Operation: ...


class Service:
    """Base of the class that puts the subjects of a service together; checked when the class is defined.

    Raises:
        ValueError: two subjects have an entrypoint of the same name, so that one would hide the other, or a subject
            answers an operation of another service.
    """

    name: ClassVar[str]
    runtime = ServiceRuntime()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        owners: dict[str, type] = {}
        for subject, name, entrypoint in _entrypoints_of(cls):
            if owners.setdefault(name, subject) is not subject:
                raise ValueError(f"{owners[name].__name__} and {subject.__name__} both have the entrypoint {name}")
            if isinstance(entrypoint, OperationEntrypoint) and entrypoint.operation.service != cls.name:
                raise ValueError(f"{subject.__name__} answers {entrypoint.operation.id}, which is not of {cls.name}")


def _entrypoints_of(service: type) -> Iterator[tuple[type, str, Entrypoint]]:
    for subject in service.__mro__:
        for name, method in vars(subject).items():
            for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
                yield subject, name, entrypoint


@overload
def answers(
    *table: tuple[Operation, commands.InTransaction], store_reply: bool = ..., prepare: commands.Prepare | None = ...
) -> Callable[[Subject], Subject]: ...
@overload
def answers(
    *table: tuple[Operation, commands.OnItsOwn], own_transaction: Literal[True]
) -> Callable[[Subject], Subject]: ...
def answers(
    *table: tuple[Operation, Callable[..., Any]],
    own_transaction: bool = False,
    store_reply: bool = True,
    prepare: commands.Prepare | None = None,
) -> Callable[[Subject], Subject]:
    """Let a class answer each operation of a table by calling its function; a class may have several tables.

    An answer that does more than to call one function with its own arguments is a method with `on_call`.

    Args:
        table: pairs of an operation and its function `(tx, request)`, or `(call, request)`.
        own_transaction: as for `on_call`, for all operations of the table.
        store_reply: as for `on_call`, for all operations of the table.
        prepare: called with `(call, request)` before the transaction of an answer opens: asks other services for what
            the answer needs and stores it, in transactions of its own.

    Raises:
        ValueError: an operation has no function or two answers, or is a query whose reply is not to be stored.
    """

    def decorate(subject: Subject) -> Subject:
        for operation, function in table:
            if not callable(function):
                raise ValueError(f"{operation.id} has no answer: {function!r} is no function")
            if operation.name in vars(subject):
                raise ValueError(f"{operation.id} has two answers in {subject.__name__}")
            answer = _answer(operation, forwarding(function), own_transaction, store_reply, prepare)
            setattr(subject, operation.name, answer)
        return subject

    return decorate


def on_call(
    operation: Operation, *, own_transaction: bool = False, store_reply: bool = True
) -> Callable[[Method], Callable[..., Any]]:
    """Answer an operation with `method(self, tx, request)` in one transaction, or `method(self, call, request)`.

    Args:
        operation: the contract; the transaction of a query is read-only. The method has the operation's name.
        own_transaction: the method gets a `Call` and opens its transactions itself, because it asks other services or
            works in batches. It must then be idempotent itself: its idempotency key is not stored.
        store_reply: whether the reply of a command is stored with its idempotency key. False where it contains
            protected values, which must not be stored there; the command must then be idempotent itself.
    """

    def decorate(method: Method) -> Callable[..., Any]:
        if method.__name__ != operation.name:
            raise ValueError(f"{method.__name__} answers {operation.id}: name them alike")
        return _answer(operation, method, own_transaction, store_reply)

    return decorate


def _answer(
    operation: Operation,
    method: Callable[..., Any],
    own_transaction: bool,
    store_reply: bool,
    prepare: commands.Prepare | None = None,
) -> Callable[..., Any]:
    if operation.kind == "query" and not store_reply:
        raise ValueError(f"{operation.id} is a query, whose reply is never stored")
    run_with: Callable[..., Any] = commands.on_its_own
    if not own_transaction:
        run_with = partial(commands.in_one_transaction, store_reply=store_reply, prepare=prepare)

    def answer(self: Any, payload: Any) -> Any:
        return commands.carry_out(self.runtime, operation, payload, run_with(operation, partial(method, self)))

    register_entrypoint(answer, OperationEntrypoint(operation))
    return _named_like(method, answer)


@overload
def on_event(event: type[Event], function: Callable[[Transaction, ReceivedEvent], object]) -> Any: ...
@overload
def on_event(
    event: type[Event], function: Callable[[Transaction, list[ReceivedEvent]], object], *, batch: Literal[True]
) -> Any: ...
@overload
def on_event(event: type[Event], *, batch: bool = ...) -> Callable[[Method], Callable[..., Any]]: ...
def on_event(event: type[Event], function: Callable[..., object] | None = None, *, batch: bool = False) -> Any:
    """Handle an event with `method(self, tx, event)`, exactly once in effect.

    A handler that only calls one function is an attribute: `on_joined = on_event(MemberJoined, copies.keep)`.

    Args:
        event: the contract of the events.
        function: called with `(tx, event)`; without it, `on_event` decorates a method.
        batch: the method gets `events`, a list in the order they came, and handles them together.

    The name of the method or attribute is part of its queue's name: after a rename the old queue has no consumer.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        def react(self: Any, body: Callable[[Any], Any]) -> Any:
            return body(partial(method, self))

        register_entrypoint(react, EventEntrypoint(event, batch))
        return _named_like(method, react)

    return decorate if function is None else decorate(forwarding(function))


@overload
def every(seconds: float, name: str, function: Callable[[Transaction], object]) -> Any: ...
@overload
def every(seconds: float, name: str, function: Callable[[Call], object], *, own_transaction: Literal[True]) -> Any: ...
@overload
def every(seconds: float, name: str) -> Callable[[Method], Callable[..., Any]]: ...
def every(
    seconds: float, name: str, function: Callable[..., object] | None = None, *, own_transaction: bool = False
) -> Any:
    """Run `method(self, tx)` every so many seconds, in one replica at a time; a failure is logged and tried again.

    Args:
        seconds: pause between runs.
        name: of the lock that keeps other replicas from running it.
        function: called with `(tx)`; without it, `every` decorates a method.
        own_transaction: the function gets a `Call` and opens its transactions itself, because it asks other services.
            No lock keeps other replicas from running it at the same time, so it must bear that.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        def run(self: Any) -> None:
            work = self.runtime
            call = work.call(CallContext(principal=service_principal(work.service)))
            try:
                if own_transaction:
                    method(self, call)
                    return
                with call.transaction() as tx:
                    if tx.try_lock(f"every-{work.service}-{name}"):
                        method(self, tx)
            except Exception as error:
                log.error("timed_work_failed", service=work.service, timer=name, error=type(error).__name__)

        register_entrypoint(run, Timer(seconds))
        return _named_like(method, run)

    return decorate if function is None else decorate(forwarding(function))


def forwarding(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that calls a function with the method's arguments."""

    @wraps(function)
    def method(_service: Any, *arguments: Any) -> Any:
        return function(*arguments)

    return method


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
