"""Processes many rows of which some may fail: failing rows are found by bisection and set aside, the others are done.

A transaction that fails for one row would take hundreds of others with it. Each attempt runs in a savepoint, so that
a row that is set aside changes nothing. The caller decides how such rows are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import sqlalchemy as sa

from services.chassis.database.errors import is_away
from services.chassis.database.transaction import Transaction

ALL_BROKEN = 10
"""When this many rows were tried and all failed, the rows are not the cause: the error is raised."""

Row = TypeVar("Row")
Done = TypeVar("Done")


def do_or_set_aside(
    tx: Transaction, rows: Sequence[Row], work: Callable[[Sequence[Row]], Done]
) -> tuple[list[Done], list[tuple[Row, Exception]]]:
    """Do the work with all rows, or with those that do not fail.

    Args:
        tx: the transaction; the work changes nothing outside of it.
        rows: in order; the work gets consecutive parts of them.
        work: gets some rows, processes them and returns a result.

    Returns:
        The results in the order of the rows, and each row set aside with its error.

    Raises:
        Exception: the database is away, busy or full, or `ALL_BROKEN` rows or more were tried and all failed.
    """
    done, broken = _halved(tx, rows, work)
    if len(broken) == len(rows) >= ALL_BROKEN:
        raise broken[0][1]
    return done, broken


def _halved(
    tx: Transaction, rows: Sequence[Row], work: Callable[[Sequence[Row]], Done]
) -> tuple[list[Done], list[tuple[Row, Exception]]]:
    if not rows:
        return [], []
    try:
        with tx.savepoint():
            return [work(rows)], []
    except Exception as error:
        if not may_be_a_row(error):
            raise
        if len(rows) == 1:
            return [], [(rows[0], error)]
    middle = len(rows) // 2
    first, second = _halved(tx, rows[:middle], work), _halved(tx, rows[middle:], work)
    return first[0] + second[0], first[1] + second[1]


def may_be_a_row(error: Exception) -> bool:
    """Locks, deadlocks, a full disk and a database that is away (`OperationalError`) say nothing about a row."""
    return not is_away(error) and not isinstance(error, (sa.exc.OperationalError, MemoryError))
