"""Opening and closing by the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem
from services.chassis.process import logs
from services.chassis.process.runtime import Call
from services.governance.ballots.tables import Ballot
from services.governance.ballots.use_cases.store import held

AT_ONCE = 50
"""Ballots that one run of recurring work takes on."""

log = logs.get_logger(__name__)


def take_due(
    call: Call,
    state: str,
    moment: Literal["opens_at", "closes_at"],
    act: Callable[[Transaction, Ballot], None],
    refused: str,
) -> None:
    """Act on ballots whose moment has come, each on its own: what refuses one is logged and tried again.

    Args:
        call: the recurring work.
        state: of the ballots.
        moment: the column with the moment.
        act: called with the transaction and a held ballot that is still due.
        refused: what the log calls a refusal.
    """
    column = getattr(Ballot, moment)
    with call.transaction(readonly=True) as tx:
        due = sa.select(Ballot.id).where(Ballot.state == state, column <= tx.now).order_by(column).limit(AT_ONCE)
        ballot_ids = list(tx.session.scalars(due))
    for ballot_id in ballot_ids:
        try:
            with call.transaction() as tx:
                ballot = held(tx, ballot_id)
                at = getattr(ballot, moment)
                if ballot.state == state and at is not None and at <= tx.now:
                    act(tx, ballot)
        except Problem as problem:
            log.warning(refused, ballot=str(ballot_id), rule=problem.rule)
