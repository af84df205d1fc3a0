"""Numbers that people read: by year, in order."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction


def next_number_of_year(tx: Transaction, column: Any, lock: str, digits: int) -> str:
    """Return the next number of the year, such as 2026-0042; the highest that is stored stays used.

    Args:
        tx: the transaction, which keeps others from taking a number of the year until it ends.
        column: where the numbers are stored, all with as many digits.
        lock: name of the lock, different for each column.
        digits: of the number after the year.
    """
    year = f"{tx.today.year}-"
    tx.lock(f"{lock}-{year}")
    last = tx.session.scalar(sa.select(sa.func.max(column)).where(column >= year, column < f"{tx.today.year + 1}-"))
    return f"{year}{int(last.partition('-')[2]) + 1 if last else 1:0{digits}d}"
