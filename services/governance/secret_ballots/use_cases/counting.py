"""Opening the votes: scrutineers give their shares after the end. For ballots: `counted`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.ballot_board import Definition, Entry, NotValid, decoded, encoded, opened_vote
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.native_threads import in_native_thread
from services.chassis.process.runtime import Call
from services.chassis.security.threshold_keys import NotOpened, public_point
from services.contracts.governance.secret_ballots import ScrutineersDone
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import BallotScrutineer, SecretBallot, SecretVote
from services.governance.secret_ballots.use_cases import ceremony, joining, store

OPENED_AT_ONCE = 500


def give_share(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take the share of a scrutineer; with enough of them the votes are opened.

    Raises:
        Refused: the asker is no scrutineer, the ballot is not ended, it is the share of another, or the registrars
            contradict each other.
    """
    with call.transaction() as tx:
        _keep_share(tx, request["ballot_id"], request["share"])
    open_next(call, request["ballot_id"])
    with call.transaction(readonly=True) as tx:
        return ceremony.show(tx, request)


def open_votes(call: Call) -> None:
    """Go on opening the votes of all ballots whose key is joined."""
    with call.transaction(readonly=True) as tx:
        waiting = list(tx.session.scalars(sa.select(SecretBallot.ballot_id).where(SecretBallot.state == "opening")))
    for ballot_id in waiting:
        while open_next(call, ballot_id):
            pass


def open_next(call: Call, ballot_id: UUID) -> bool:
    """Open some votes of a ballot whose key is joined; return whether there may be more."""
    with call.transaction(readonly=True) as tx:
        ballot = store.secret_ballot_of(tx, ballot_id)
        if ballot.state != "opening":
            return False
        unopened = sa.select(SecretVote.token_hash, SecretVote.entry).where(
            SecretVote.ballot_id == ballot_id, SecretVote.opened.is_(False)
        )
        rows = tx.session.execute(unopened.limit(OPENED_AT_ONCE)).all()
    sealed = {row.token_hash: row.entry for row in rows}
    votes = in_native_thread(_opened, store.definition_of(ballot), int(ballot.secret or "", 16), sealed)
    with call.transaction() as tx:
        ballot = store.secret_ballot_of(tx, ballot_id, lock=True)
        if votes:
            keys = ({"ballot_id": ballot_id, "token_hash": one, "opened": True, "vote": votes[one]} for one in votes)
            tx.session.execute(sa.update(SecretVote), list(keys))
        # No vote is taken any more: those that were read are the last ones.
        if len(votes) < OPENED_AT_ONCE and ballot.state == "opening":
            ballot.state = "counted"
    return len(votes) == OPENED_AT_ONCE


def counted(tx: Transaction, ballot_id: UUID) -> dict[str, int] | None:
    """Return how many votes have each text, once all are opened; those that can't be opened stand under an empty text.

    Before that None.
    """
    if store.secret_ballot_of(tx, ballot_id).state != "counted":
        return None
    text = sa.func.coalesce(SecretVote.vote, "")
    tally = sa.select(text, sa.func.count()).where(SecretVote.ballot_id == ballot_id).group_by(text)
    return dict(sorted((vote, count) for vote, count in tx.session.execute(tally)))


def _keep_share(tx: Transaction, ballot_id: UUID, given: str) -> None:
    ballot = store.secret_ballot_of(tx, ballot_id, lock=True)
    named = ceremony.scrutineers_of(tx, ballot_id)
    own = next((one for one in named if one.member_id == tx.principal.member_id), None)
    refuse_first(rules.asker_is_scrutineer(own.place if own else None), rules.shares_are_awaited(ballot.state))
    definition = store.definition_of(ballot)
    if own is None or own.share is not None:
        return
    refuse_first(rules.share_is_right(_is_share(definition, own, given)), joining.contradiction_of(ballot))
    own.share = given
    note_change(tx, f"secret-ballot/{ballot_id}", {f"share of scrutineer {own.place}": (None, "given")})
    tx.session.flush()
    if not joining.join_if_enough(tx, ballot):
        tx.record(ScrutineersDone(ballot_id=ballot_id, member_ids=[own.member_id], task="share"))


def _is_share(definition: Definition, own: BallotScrutineer, given: str) -> bool:
    try:
        point = public_point(int.from_bytes(decoded(given), "big"))
    except (NotOpened, NotValid):
        return False
    return encoded(point) == encoded(definition.shares[own.place - 1])


def _opened(definition: Definition, secret: int, sealed: Mapping[str, Any]) -> dict[str, str | None]:
    return {one: opened_vote(definition, secret, Entry.of(entry)) for one, entry in sealed.items()}
