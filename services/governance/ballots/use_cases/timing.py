"""Opening and closing by the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from services.chassis.database import due_rows
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call
from services.governance.ballots.tables import Ballot
from services.governance.ballots.use_cases.store import held


def take_due(
    call: Call,
    state: str,
    moment: Literal["opens_at", "closes_at"],
    act: Callable[[Transaction, Ballot], None],
    refused: str,
) -> None:
    """Act on ballots whose moment has come. See `due_rows.take_due`."""
    due_rows.take_due(call, Ballot, state, moment, held=held, act=act, refused=refused)
