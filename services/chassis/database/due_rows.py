"""Recurring work on rows whose moment has come, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem
from services.chassis.process import logs
from services.chassis.process.runtime import Call

AT_ONCE = 50
"""Rows that one run of recurring work takes on."""

log = logs.get_logger(__name__)


def take_due(
    call: Call,
    model: Any,
    state: str,
    moment: str,
    *,
    held: Callable[[Transaction, UUID], Any],
    act: Callable[[Transaction, Any], None],
    refused: str,
) -> None:
    """Act on rows whose moment has come, each on its own: what refuses one is logged and tried again.

    Args:
        call: the recurring work.
        model: of the rows, with `id` and `state`.
        state: of the rows.
        moment: the column with the moment.
        held: returns a row by its id, held for a change of its state.
        act: called with the transaction and a held row that is still due.
        refused: what the log calls a refusal.
    """
    column = getattr(model, moment)
    with call.transaction(readonly=True) as tx:
        due = sa.select(model.id).where(model.state == state, column <= tx.now).order_by(column).limit(AT_ONCE)
        ids = list(tx.session.scalars(due))
    for row_id in ids:
        try:
            with call.transaction() as tx:
                row = held(tx, row_id)
                at = getattr(row, moment)
                if row.state == state and at is not None and at <= tx.now:
                    act(tx, row)
        except Problem as problem:
            log.warning(refused, id=str(row_id), rule=problem.rule)
