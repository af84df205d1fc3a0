"""Learning the frozen roll of a ballot by events, and its end. A roll that is whole never changes again."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.board_statements import roll_digest, signed
from services.chassis.database.bulk import insert_rows
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.scrutiny.registrar import TokensClosed
from services.scrutiny.registrar.tables import WatchedBallot, WatchedVoter
from services.scrutiny.registrar.use_cases import store

_READ_AT_ONCE = 5000


def keep_part(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep a part of the roll of a ballot; its last part makes the roll whole."""
    ballot = store.held(tx, event.data["ballot_id"])
    if ballot is None or ballot.state != "keyed":
        return
    insert_rows(
        tx.session, WatchedVoter.__table__, {"member_id": event.data["member_ids"]}, {"ballot_id": ballot.ballot_id}
    )
    _begin_if_whole(tx, ballot)


def keep_size(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep how many are on the roll of a secret ballot that was opened."""
    if event.data["secrecy"] != "secret":
        return
    ballot = store.held(tx, event.data["ballot_id"])
    if ballot is None or ballot.state != "keyed":
        return
    ballot.entitled = event.data["entitled"]
    _begin_if_whole(tx, ballot)


def end(tx: Transaction, event: ReceivedEvent) -> None:
    """Sign no more tokens, and say how many were signed; where the roll is not whole yet, once it is."""
    ballot = store.held(tx, event.data["ballot_id"])
    if ballot is None:
        return
    ballot.ended = True
    if ballot.state == "open":
        _close(tx, ballot)


def cancel(tx: Transaction, event: ReceivedEvent) -> None:
    """Sign no more tokens of a ballot that was cancelled."""
    ballot = store.held(tx, event.data["ballot_id"])
    if ballot is not None and ballot.state in ("keyed", "open"):
        _move(tx, ballot, "cancelled")


def _begin_if_whole(tx: Transaction, ballot: WatchedBallot) -> None:
    of_ballot = WatchedVoter.ballot_id == ballot.ballot_id
    voters = tx.session.scalar(sa.select(sa.func.count()).select_from(WatchedVoter).where(of_ballot)) or 0
    if ballot.entitled is None or voters < ballot.entitled:
        return
    members = sa.select(WatchedVoter.member_id).where(of_ballot).order_by(WatchedVoter.member_id)
    ballot.voters = voters
    ballot.roll = roll_digest(tx.session.scalars(members.execution_options(yield_per=_READ_AT_ONCE)))
    _move(tx, ballot, "open")
    if ballot.ended:
        _close(tx, ballot)


def _close(tx: Transaction, ballot: WatchedBallot) -> None:
    marks = store.marks_of(tx, ballot.ballot_id)
    told = {
        "ballot": str(ballot.ballot_id), "registrar": store.NAME, "marks": marks, "voters": ballot.voters,
        "roll": ballot.roll,
    }  # fmt: skip
    ballot.statement = signed(store.private_of(store.statement_key(tx)), told)
    _move(tx, ballot, "closed")
    figures = {name: ballot.statement[name] for name in ("marks", "voters", "roll", "signature")}
    tx.record(TokensClosed(ballot_id=ballot.ballot_id, **figures))


def _move(tx: Transaction, ballot: WatchedBallot, state: str) -> None:
    note_change(tx, f"watched-ballot/{ballot.ballot_id}", {"state": (ballot.state, state)})
    ballot.state = state
