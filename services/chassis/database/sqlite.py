"""SQLite for the embedded runner: write-ahead log, one writer at a time, concurrent readers, cooperative scheduling.

SQLite's calls block all green threads of the process, so the lock of the writer is taken before SQLite is called: no
green thread waits inside SQLite for another one.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.patcher import is_monkey_patched

TURN_SECONDS = 0.02
"""Seconds of statements and computing after which other green threads run."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
_write_locks: dict[str, threading.Lock] = {}


def sqlite_engine(url: sa.URL, *, readonly: bool = False) -> sa.Engine:
    """Return the engine of a file; on a `readonly` one, writing statements fail and none waits for a writer."""
    pragmas = (*_PRAGMAS, "query_only=ON") if readonly else _PRAGMAS
    engine = sa.create_engine(url, hide_parameters=True, connect_args={"timeout": 20, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "after_cursor_execute")
    def let_others_go_on(*_: Any) -> None:
        _turns.take()

    return engine


def reading_engine(url: sa.URL, writing: sa.Engine) -> sa.Engine:
    """Return the engine of read-only transactions; an in-memory database has only one connection."""
    return writing if url.database in (None, "", ":memory:") else sqlite_engine(url, readonly=True)


def write_lock_of(url: sa.URL) -> threading.Lock:
    """Return the lock of one file, the same for every `Database` of this process that opens it."""
    return _write_locks.setdefault(str(url), threading.Lock())


class _Turns:
    """Lets other green threads run between two statements, as waiting for PostgreSQL does."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def take(self) -> None:
        """Let other green threads run, if none has run for some time."""
        if time.monotonic() - self._began > TURN_SECONDS and is_monkey_patched("thread"):
            eventlet.sleep(0)
            self._began = time.monotonic()


_turns = _Turns()
