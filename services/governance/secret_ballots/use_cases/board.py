"""Reading the board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.secret_ballots import ENTRIES_PER_PAGE
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import SecretVote
from services.governance.secret_ballots.use_cases import counting, store


def read_board(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the board.

    Raises:
        NotFound: there is no such secret ballot.
        Refused: its keys are not made yet.
    """
    ballot = store.secret_ballot_of(tx, request["ballot_id"])
    refuse_first(rules.keys_are_made(ballot.state if ballot.definition else "preparing"))
    of_board = sa.select(SecretVote).where(SecretVote.ballot_id == ballot.ballot_id, SecretVote.position.is_not(None))
    page = page_of(tx, of_board, request, [(SecretVote.position, "asc")], most=ENTRIES_PER_PAGE)
    counted = ballot.state == "counted"
    return {
        "state": ballot.state,
        "definition": ballot.definition,
        "fingerprint": store.definition_of(ballot).start,
        "head": ballot.head,
        "statements": [ballot.statement] if ballot.statement else [],
        "secret": ballot.secret if counted else None,
        "tally": counting.counted(tx, ballot.ballot_id),
        "items": [{**row.entry, "vote": row.vote if counted else None} for row in page.rows],
        "next_cursor": page.next_cursor,
    }
