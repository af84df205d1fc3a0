"""Classifies errors of the database: it can't work now, a statement lost a conflict, or the statement is wrong.

Sources: PostgreSQL 15, appendix A (SQLSTATE); SQLite, "Result and Error Codes".
"""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

STATEMENT_CANCELLED = "57014"
"""PostgreSQL's code for a statement that took longer than it may."""


def sql_code(error: BaseException) -> str | None:
    """Return the SQLSTATE PostgreSQL gave with an error, None when there is none."""
    return getattr(getattr(error, "orig", None), "pgcode", None)


_AWAY_CLASSES = ("08", "28", "3D", "53", "57", "58")
"""SQLSTATE classes of errors of the server itself: connection, sign-in, catalogue, resources, operator, system."""
_READ_ONLY = "25006"
_BUSY = frozenset({"40001", "40P01", "55P03", STATEMENT_CANCELLED})
"""SQLSTATEs of conflicts and time-outs: serialization, deadlock, lock time-out, statement time-out."""
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database can't execute any statement now.

    Not reached, sign-in refused, no connection or space left, shutting down, read-only after a fail-over.
    """
    if isinstance(error, sa.exc.TimeoutError):
        return True
    if not isinstance(error, sa.exc.DBAPIError) or is_busy(error):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig) in _SQLITE_AWAY
    code = sql_code(error)
    if code is None:  # psycopg2 has none for what fails while connecting, or as the connection is lost
        return isinstance(error, sa.exc.OperationalError)
    return code == _READ_ONLY or code[:2] in _AWAY_CLASSES


def is_clash(error: BaseException) -> bool:
    """Whether a change met what was stored meanwhile: the same key, or a row that is no longer there."""
    return isinstance(error, sa.exc.IntegrityError | StaleDataError)


def is_busy(error: BaseException) -> bool:
    """Whether a statement lost a conflict or took too long, so that it may succeed when it is tried again."""
    orig = getattr(error, "orig", None)
    if isinstance(orig, sqlite3.Error):
        return _sqlite_code(orig) in _SQLITE_BUSY
    return sql_code(error) in _BUSY


def _sqlite_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 for an error of the driver's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
