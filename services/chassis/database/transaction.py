"""One message, one transaction: the change, its events and its history are stored together or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.errors import NotFound
from services.chassis.events import outbox
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event
from services.chassis.security.principal import Principal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Row = TypeVar("Row")


class Transaction:
    """An open transaction, as a use case gets it.

    Args:
        session: SQLAlchemy session; commits when the entrypoint returns.
        context: who asks, and the correlation id of the call.
    """

    def __init__(self, session: Session, context: CallContext) -> None:
        self.session = session
        self.context = context
        self.now: datetime = clock.now()
        self.today: date = clock.day_of(self.now)
        self.events: list[tuple[Event, CallContext]] = []
        self.hooks: list[Callable[[], None]] = []

    @property
    def principal(self) -> Principal:
        """The principal that asks."""
        return self.context.principal

    @property
    def correlation_id(self) -> str:
        """The correlation id of the call."""
        return self.context.correlation_id

    def record(self, *events: Event) -> None:
        """Record events. They are stored with the change, in this order, and published after the commit."""
        self.events.extend((event, self.context) for event in events)

    def record_uncorrelated(self, *events: Event) -> None:
        """Record events that must not be linked to this call: each gets a new correlation id and no causation id."""
        self.events.extend((event, CallContext(principal=self.principal)) for event in events)

    def get(self, entity: type[Row], key: Any, detail: str, *, lock: bool = False, **parts: Any) -> Row:
        """Return the row with this primary key; with `lock` as it is stored now, locked until the transaction ends.

        Raises:
            NotFound: there is none. `detail` and `parts` (`field`, `rule`) are the arguments of the error.
        """
        row = self.session.get(entity, key, with_for_update=lock or None, populate_existing=lock)
        if row is None:
            raise NotFound(detail, **parts)
        return row

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Run the block in a savepoint: when it fails, its changes, events and commit hooks are undone.

        Raises:
            marshmallow.ValidationError: an event announced in it breaks its schema.
        """
        events, hooks = len(self.events), len(self.hooks)
        try:
            with self.session.begin_nested():
                yield
                self.session.flush()
                for event, _ in self.events[events:]:
                    event.payload()
        except BaseException:
            del self.events[events:]
            del self.hooks[hooks:]
            raise

    def after_commit(self, hook: Callable[[], None]) -> None:
        """Run `hook` after the commit; it is not run after a rollback."""
        self.hooks.append(hook)

    def lock(self, name: str, *, shared: bool = False) -> None:
        """Wait for the lock of this name, held until the transaction ends. SQLite has one writer and needs none.

        Args:
            name: names the lock.
            shared: take it shared instead of exclusively. A transaction that shares it must not ask for it exclusively.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            take = sa.func.pg_advisory_xact_lock_shared if shared else sa.func.pg_advisory_xact_lock
            self.session.execute(sa.select(take(lock_number(name))))

    def lock_all(self, names: Iterable[str]) -> None:
        """Wait for the locks of several names in one statement, in the same order in all transactions."""
        numbers = sorted({lock_number(name) for name in names})
        if numbers and self.session.get_bind().dialect.name == "postgresql":
            wanted = sa.func.unnest(sa.cast(numbers, postgresql.ARRAY(sa.BigInteger))).column_valued("number")
            self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(wanted)))

    def try_lock(self, name: str) -> bool:
        """Take the lock of this name if it is free; return whether it was taken."""
        if self.session.get_bind().dialect.name != "postgresql":
            return True
        return bool(self.session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(lock_number(name)))))


def lock_number(name: str) -> int:
    """Return the advisory lock number of a name, stable across processes."""
    return zlib.crc32(name.encode()) + (1 << 32)


@contextmanager
def transaction(
    database: Database, context: CallContext | None = None, *, readonly: bool = False
) -> Iterator[Transaction]:
    """Open one transaction; events recorded in it are written to the outbox just before it commits.

    Args:
        database: the service's database.
        context: who asks; a new anonymous context when absent.
        readonly: nothing will be written and no event recorded; see `Database.session`.
    """
    with database.session(readonly=readonly) as session:
        tx = Transaction(session, context or CallContext())
        yield tx
        session.flush()
        recorded = outbox.write(tx)
    if recorded:
        database.announce()
    for hook in tx.hooks:
        hook()
