"""Work with many rows of which one may break: the breaking ones are found by halving and set aside, the rest is done.

A transaction that fails for one row would take hundreds of others with it. Each attempt runs in a savepoint, so that
what is set aside leaves nothing behind. Who the rows belong to decides how they are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import sqlalchemy as sa

from services.chassis.database.errors import is_away
from services.chassis.database.transaction import Transaction

ALL_BROKEN = 10
"""When so many rows are tried and not one can be done, it isn't the rows: the error is raised."""

Row = TypeVar("Row")
Done = TypeVar("Done")


def do_or_set_aside(
    tx: Transaction, rows: Sequence[Row], work: Callable[[Sequence[Row]], Done]
) -> tuple[list[Done], list[tuple[Row, Exception]]]:
    """Do the work with all rows, else with those it doesn't break on.

    Args:
        tx: the transaction; the work changes nothing outside of it.
        rows: in their order, which the work keeps; it is asked for stretches of them.
        work: gets a stretch of rows, does it and answers.

    Returns:
        The answers in the order of the rows, and each row set aside with what it broke on.

    Raises:
        Exception: the database is away, busy or full, or not one of `ALL_BROKEN` rows or more could be done.
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
