"""The course of a secret ballot: scrutineers are named and send their keys, it is opened, ended or cancelled.

For ballots: `begin`, `is_ready`, `tell_roll`, `open_votes_for`, `end`, `cancel`, `fingerprints_of`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.ballot_board import NotValid, canonical, decoded
from services.chassis.board_statements import key_fingerprint
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.process.runtime import Call
from services.chassis.security.threshold_keys import is_point
from services.contracts.governance.secret_ballots import (
    MEMBERS_OF_A_PART,
    BallotRollFrozen,
    ScrutineersCalled,
    ScrutineersDone,
    SecretVotingEnded,
)
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import BallotScrutineer, SecretBallot
from services.governance.secret_ballots.use_cases import joining, making_keys, publishing, store


def begin(
    tx: Transaction,
    ballot_id: UUID,
    *,
    terms: Mapping[str, Any],
    length: int,
    scrutineers: Sequence[UUID],
    needed: int,
) -> None:
    """Begin the ceremony of a secret ballot; one that was begun before is dropped.

    Args:
        tx: the transaction.
        ballot_id: which ballot.
        terms: title and options as the voters read them; their hash becomes part of the definition.
        length: bytes of the longest vote.
        scrutineers: who hold a share each.
        needed: how many of them open the votes.

    Raises:
        Refused: too few or too many scrutineers.
    """
    named = list(dict.fromkeys(scrutineers))
    refuse_first(rules.scrutineers_suffice(len(named), needed))
    drop(tx, ballot_id)
    row = SecretBallot(
        ballot_id=ballot_id,
        state="preparing",
        terms=hashlib.sha256(canonical(terms)).hexdigest(),
        length=length,
        needed=needed,
        others=[],
    )
    tx.session.add(row)
    tx.session.flush()
    tx.session.add_all(
        BallotScrutineer(ballot_id=ballot_id, member_id=member_id, place=place)
        for place, member_id in enumerate(named, 1)
    )
    note_change(tx, f"secret-ballot/{ballot_id}", {"scrutineers": (None, named), "needed": (None, needed)})
    tx.record(ScrutineersCalled(ballot_id=ballot_id, member_ids=named, task="key"))


def enrol(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store the public key of a scrutineer; with the last one the keys of the ballot are made.

    Raises:
        Refused: the asker is no scrutineer, the key is none, or the keys of the ballot are made.
    """
    ballot_id, key = request["ballot_id"], request["public_key"]
    with call.transaction() as tx:
        ballot = store.secret_ballot_of(tx, ballot_id, lock=True)
        own = _own(tx, ballot_id)
        refuse_first(rules.asker_is_scrutineer(own.place if own else None))
        if own is not None and own.public_key != key:
            refuse_first(rules.keys_are_awaited(ballot.state), rules.key_is_valid(_is_key(key)))
            own.public_key = key
            note_change(tx, f"secret-ballot/{ballot_id}", {f"key of scrutineer {own.place}": (None, key)})
            tx.record(ScrutineersDone(ballot_id=ballot_id, member_ids=[own.member_id], task="key"))
    making_keys.make_keys(call, ballot_id)
    with call.transaction(readonly=True) as tx:
        return show(tx, request)


def is_ready(tx: Transaction, ballot_id: UUID) -> bool:
    """Tell whether the keys of a ballot are made."""
    ballot = tx.session.get(SecretBallot, ballot_id)
    return ballot is not None and ballot.state != "preparing"


def on_board(tx: Transaction, ballot_id: UUID) -> int:
    """Return how many votes stand on the board; 0 where there are no keys yet."""
    ballot = tx.session.get(SecretBallot, ballot_id)
    return 0 if ballot is None else ballot.published


def drop(tx: Transaction, ballot_id: UUID) -> None:
    """Delete scrutineers and keys of a ballot that was not opened, if it has any.

    Raises:
        Refused: it was opened.
    """
    ballot = tx.session.get(SecretBallot, ballot_id)
    if ballot is None:
        return
    refuse_first(rules.ballot_is_not_opened(ballot.state))
    _release(tx, ballot)
    tx.session.execute(sa.delete(BallotScrutineer).where(BallotScrutineer.ballot_id == ballot_id))
    tx.session.delete(ballot)
    tx.session.flush()


def tell_roll(tx: Transaction, ballot_id: UUID, member_ids: Sequence[UUID]) -> None:
    """Tell the other registrars a part of the roll that was frozen, before the ballot is opened."""
    for start in range(0, len(member_ids), MEMBERS_OF_A_PART):
        part = list(member_ids[start : start + MEMBERS_OF_A_PART])
        tx.record(BallotRollFrozen(ballot_id=ballot_id, member_ids=part))


def open_votes_for(tx: Transaction, ballot_id: UUID, *, voters: int, roll: str) -> None:
    """Give out tokens and take votes from now on.

    Args:
        tx: the transaction.
        ballot_id: which ballot.
        voters: how many are on the frozen roll.
        roll: its hash (`roll_digest`).

    Raises:
        Refused: not all scrutineers have sent their keys.
    """
    ballot = store.held(tx, ballot_id)
    refuse_first(rules.keys_are_made(ballot.state))
    if ballot.state == "ready":
        ballot.state, ballot.voters, ballot.roll = "open", voters, roll
        store.sign_head(tx, ballot)


def end(tx: Transaction, ballot_id: UUID) -> None:
    """Take no more votes, bring the last ones onto the board, and sign its head for good.

    Raises:
        Refused: there are more votes than tokens were given out.
    """
    ballot = store.held(tx, ballot_id)
    if ballot.state != "open":
        return
    publishing.publish(tx, ballot, all_of_them=True)
    refuse_first(rules.votes_match_marks(ballot.published, store.marks_of(tx, ballot_id)))
    ballot.state = "closed"
    store.sign_head(tx, ballot)
    named = [one.member_id for one in scrutineers_of(tx, ballot_id)]
    tx.record(ScrutineersCalled(ballot_id=ballot_id, member_ids=named, task="share"))
    tx.record(SecretVotingEnded(ballot_id=ballot_id))


def cancel(tx: Transaction, ballot_id: UUID) -> None:
    """End a ballot without a result, if it is a secret one; its votes are never opened."""
    tx.lock(store.lock_of(ballot_id))
    ballot = tx.session.get(SecretBallot, ballot_id)
    if ballot is not None:
        _release(tx, ballot)
        ballot.state = "cancelled"


def fingerprint_of(tx: Transaction, ballot_id: UUID) -> str | None:
    """Return the hash of the definition, as notices tell it; None before the keys are made."""
    ballot = store.secret_ballot_of(tx, ballot_id)
    return None if ballot.definition is None else store.definition_of(ballot).start


def fingerprints_of(tx: Transaction, ballot_id: UUID) -> dict[str, Any]:
    """Return the hashes of the definition and of each registrar's key, as the call to vote tells them."""
    definition = store.definition_of(store.secret_ballot_of(tx, ballot_id))
    return {"fingerprint": definition.start, "keys": [key_fingerprint(key) for _, key in definition.registrars]}


def head_of(tx: Transaction, ballot_id: UUID) -> dict[str, Any]:
    """Return the signed head of a ballot whose keys are made."""
    return dict(store.secret_ballot_of(tx, ballot_id).head or {})


def part_of_ballot(tx: Transaction, ballot_id: UUID, terms: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a ballot's page tells of its secrecy, as `SecretPart`; None before scrutineers are named."""
    ballot = tx.session.get(SecretBallot, ballot_id)
    if ballot is None:
        return None
    own, member_id = _own(tx, ballot_id), tx.principal.member_id
    return {
        "state": ballot.state,
        "terms": terms,
        "needed": ballot.needed,
        "fingerprint": fingerprint_of(tx, ballot_id),
        "head": ballot.head,
        "marks": store.marks_of(tx, ballot_id),
        "registrars": _registrars(tx, ballot),
        "flaw": joining.flaw_of(ballot),
        "scrutineers": [_shown(one) for one in scrutineers_of(tx, ballot_id)],
        "has_token": member_id is not None and store.has_mark(tx, ballot_id, member_id),
        "place": own.place if own else None,
    }


def is_scrutineer(tx: Transaction, ballot_id: UUID) -> bool:
    """Tell whether the caller is a scrutineer of a ballot."""
    return _own(tx, ballot_id) is not None


def show(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was done with the keys; to a scrutineer with the own encrypted share.

    Raises:
        NotAllowed: the asker is a member, but no scrutineer of the ballot.
    """
    ballot = store.secret_ballot_of(tx, request["ballot_id"])
    own = _own(tx, ballot.ballot_id)
    if own is None and not (tx.principal.has("officer") or tx.principal.has("auditor")):
        raise NotAllowed("You are no scrutineer of this ballot.", rule="secret_ballots.asker_is_scrutineer")
    return {
        "ballot_id": ballot.ballot_id,
        "state": ballot.state,
        "needed": ballot.needed,
        "scrutineers": [_shown(one) for one in scrutineers_of(tx, ballot.ballot_id)],
        "fingerprint": fingerprint_of(tx, ballot.ballot_id),
        "place": own.place if own else None,
        "public_key": own.public_key if own else None,
        "sealed_share": own.sealed_share if own else None,
    }


def scrutineers_of(tx: Transaction, ballot_id: UUID) -> list[BallotScrutineer]:
    """Return the scrutineers of a ballot by their places."""
    of_ballot = sa.select(BallotScrutineer).where(BallotScrutineer.ballot_id == ballot_id)
    return list(tx.session.scalars(of_ballot.order_by(BallotScrutineer.place)))


def _shown(one: BallotScrutineer) -> dict[str, Any]:
    given = {"enrolled": one.public_key is not None, "given": one.share is not None}
    return {"member_id": one.member_id, "place": one.place, **given}


def _registrars(tx: Transaction, ballot: SecretBallot) -> list[dict[str, Any]]:
    if ballot.definition is None:
        return []
    marks = [store.marks_of(tx, ballot.ballot_id), ballot.statement["marks"] if ballot.statement else None]
    return [
        {"name": name, "key_fingerprint": key_fingerprint(key), "marks": marks[min(place, 1)]}
        for place, (name, key) in enumerate(store.definition_of(ballot).registrars)
    ]


def _release(tx: Transaction, ballot: SecretBallot) -> None:
    """Tell scrutineers that nothing is asked of them any more."""
    task = {"preparing": "key", "closed": "share"}.get(ballot.state)
    named = [one.member_id for one in scrutineers_of(tx, ballot.ballot_id)]
    if task is not None and named:
        tx.record(ScrutineersDone(ballot_id=ballot.ballot_id, member_ids=named, task=task))


def _own(tx: Transaction, ballot_id: UUID) -> BallotScrutineer | None:
    member_id = tx.principal.member_id
    return None if member_id is None else tx.session.get(BallotScrutineer, (ballot_id, member_id))


def _is_key(text: str) -> bool:
    try:
        return is_point(decoded(text))
    except NotValid:
        return False
