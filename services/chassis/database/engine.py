"""Engine, sessions and column types. One `Database` per service and process.

PostgreSQL runs transactions concurrently. SQLite has one writer, so a lock admits one writing transaction at a time;
read-only transactions need no lock: they see the last commit and do not wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker

from services.chassis.database.sqlite import reading_engine, sqlite_engine, write_lock_of
from services.chassis.identifiers import uuid7

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

LOCK_TIMEOUT_MS = 4_000
POOL_TIMEOUT = 10.0
"""Seconds a caller waits for a connection of the pool."""
LONGEST_STATEMENT = 60.0
"""Seconds a statement of a background job or of a tool may take."""
KEEPALIVE = {"idle": 10, "interval": 5, "count": 3}
"""Seconds and probes after which either end gives up a connection whose other end has vanished: 25 s."""
UNANSWERED_MS = 20_000
"""How long what was sent may stay without acknowledgement by the other end."""
TRUSTED_SECONDS = 1.0
"""How long a connection may be idle in the pool and still be used without a check."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment, always aware and UTC, also on databases that store no zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Yuan(sa.types.TypeDecorator[Decimal]):
    """An amount in yuan with two places, exact on every database (whole fen on SQLite, which has no decimals)."""

    impl = sa.Numeric(14, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.BigInteger() if dialect.name == "sqlite" else sa.Numeric(14, 2))

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        amount = Decimal(value).quantize(Decimal("0.01"))
        return int(amount * 100) if dialect.name == "sqlite" else amount

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        if value is None:
            return None
        amount = Decimal(value)
        return (amount / 100 if dialect.name == "sqlite" else amount).quantize(Decimal("0.01"))


UuidKey = Annotated[UUID, mapped_column(sa.Uuid(), primary_key=True, default=uuid7)]
Position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Type of an ever-growing row number; SQLite counts only in INTEGER."""

_TYPES = {
    datetime: UtcDateTime(),
    Decimal: Yuan(),
    UUID: sa.Uuid(),
    dict[str, Any]: sa.JSON(),
    list[Any]: sa.JSON(),
    list[str]: sa.JSON(),
}


class ChassisBase(DeclarativeBase):
    """Base of the tables the chassis keeps in every service's database."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = _TYPES


def declarative_base(service: str) -> Any:  # a class made at run time, which mypy can't subclass by name
    """Return the declarative base of one service, with its own metadata and naming convention of constraints."""
    return type(
        f"{service.capitalize()}Base",
        (DeclarativeBase,),
        {"metadata": sa.MetaData(naming_convention=NAMING), "type_annotation_map": _TYPES, "__module__": __name__},
    )


def rows_changed(session: Session, statement: sa.Update | sa.Delete) -> int:
    """Execute an UPDATE or DELETE and return how many rows it changed."""
    result: Any = session.execute(statement)  # the result of such a statement has a row count, its declared type not
    return int(result.rowcount)


def allow_long_statements(session: Session) -> None:
    """Let statements of this transaction take as long as those of background jobs."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SET LOCAL statement_timeout = {round(LONGEST_STATEMENT * 1000)}"))


def upsert(session: Session, model: Any) -> Any:
    """Return the dialect's INSERT for `model`, which offers `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = session.get_bind().dialect.name
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(model)


@dataclass(frozen=True)
class Limits:
    """Time limits that PostgreSQL enforces on a connection, in seconds; 0 is no limit.

    Args:
        statement: how long one statement may take.
        idle: how long a transaction may be idle; then its connection is closed and its locks are released. This also
            ends transactions of a replica that was stopped, or whose host has vanished.
    """

    statement: float = LONGEST_STATEMENT
    idle: float = 0.0


class Database:
    """The database of one service.

    Args:
        url: SQLAlchemy URL, `postgresql://…` or `sqlite:///…`.
        pool_size: connections kept; on PostgreSQL also the most that are opened.
        limits: of time, on PostgreSQL; services take theirs from the settings, tools may be idle.
    """

    def __init__(self, url: str | sa.URL, pool_size: int = 10, limits: Limits = Limits()) -> None:
        self.url = _with_driver(sa.make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url, pool_size, limits)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.listeners: list[Callable[[], None]] = []
        self._write_lock = write_lock_of(self.url) if self.is_sqlite else None
        self._readers = reading_engine(self.url, self.engine) if self.is_sqlite else self.engine

    @contextmanager
    def session(self, *, readonly: bool = False) -> Iterator[Session]:
        """Yield a session in one transaction: committed at the end, rolled back on an exception.

        Args:
            readonly: nothing will be written. On SQLite the transaction then does not wait for writers, and writing
                statements fail.
        """
        if self._write_lock is None:
            with self.sessions.begin() as session:
                yield session
        elif readonly and self._readers is not self.engine:
            with Session(self._readers, expire_on_commit=False) as session, session.begin():
                yield session
        else:
            with self._write_lock, self.sessions.begin() as session:
                yield session

    def announce(self) -> None:
        """Tell the relay that a transaction stored events."""
        for listener in self.listeners:
            listener()

    def answers(self) -> bool:
        """Whether the database answers a trivial query now."""
        try:
            with self.session(readonly=True) as session:
                session.execute(sa.text("SELECT 1"))
        except sa.exc.DBAPIError:
            return False
        return True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
        self._readers.dispose()


def _with_driver(url: sa.URL) -> sa.URL:
    # psycopg2, the one eventlet makes green; SQLAlchemy's own default is psycopg 3.
    return url.set(drivername="postgresql+psycopg2") if url.drivername == "postgresql" else url


def _postgresql_engine(url: sa.URL, pool_size: int, limits: Limits) -> sa.Engine:
    server = {
        "lock_timeout": LOCK_TIMEOUT_MS,
        "statement_timeout": round(limits.statement * 1000),
        "idle_in_transaction_session_timeout": round(limits.idle * 1000),
        "timezone": "UTC",
        # The server's end of the connection; the options below are this end's.
        **{f"tcp_keepalives_{name}": value for name, value in KEEPALIVE.items()},
        "tcp_user_timeout": UNANSWERED_MS,
        "client_connection_check_interval": "10s",
    }
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT,
        hide_parameters=True,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
            "connect_timeout": 5,
            "keepalives": 1,
            **{f"keepalives_{name}": value for name, value in KEEPALIVE.items()},
            "tcp_user_timeout": UNANSWERED_MS,
        },
    )
    _ping_idle_connections(engine)
    return engine


def _ping_idle_connections(engine: sa.Engine) -> None:
    """Check a connection only when it was idle for some time: each check costs a round trip."""

    @sa.event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        rests_since = record.info.get("rests_since")
        if rests_since is None or time.monotonic() - rests_since < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except sa.exc.DBAPIError as error:
            raise sa.exc.DisconnectionError from error
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DisconnectionError from error
