"""Notices long work, also on files, and calls of other services while a transaction of the same thread is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pytest

from gateway.identity import passwords
from services.chassis.database.engine import Database
from services.chassis.files import attachments

_open: ContextVar[int] = ContextVar("open_transactions", default=0)


def require_none(what: str) -> None:
    """Raise `AssertionError` while a transaction is open here.

    Args:
        what: would be done in it.
    """
    assert _open.get() == 0, f"{what} inside a transaction"


def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the open transactions; let passwords be hashed and weighed, and files be scanned, outside of them only."""
    session: Callable[..., Any] = Database.session
    run: Callable[..., Any] = passwords._threads.run

    @contextmanager
    def counted(database: Database, **options: Any) -> Iterator[Any]:
        with session(database, **options) as opened:
            token = _open.set(_open.get() + 1)
            try:
                yield opened
            finally:
                _open.reset(token)

    def watched(function: Callable[..., Any], *args: Any) -> Any:
        require_none(f"{function.__name__} of a password")
        return run(function, *args)

    monkeypatch.setattr(Database, "session", counted)
    monkeypatch.setattr(passwords._threads, "run", watched)
    for name in ("require_clean", "parsed"):
        monkeypatch.setattr(attachments, name, _outside(name, getattr(attachments, name)))


def _outside(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*args: Any, **options: Any) -> Any:
        require_none(f"{name} of a file")
        return function(*args, **options)

    return watched
