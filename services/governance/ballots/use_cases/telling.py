"""Telling voters in batches: that they are called, that their vote is there, what came of it.

One replica at a time does this, so that what is told of a member is in order.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.transaction import Transaction
from services.contracts.governance.ballots.events import (
    MEMBERS_OF_AN_EVENT,
    VotersCalled,
    VotersTold,
    VotersVoted,
    VotingEnded,
)
from services.governance.ballots.tables import Ballot, BallotRoll, BallotVote
from services.governance.ballots.use_cases.store import votes_of
from services.governance.secret_ballots.use_cases import ceremony

BATCHES_A_TURN = 20


def tell_voters(tx: Transaction) -> None:
    """Tell the next voters of ballots that were opened, closed or cancelled, then who voted."""
    waiting = sa.select(Ballot).where(Ballot.telling.is_not(None)).order_by(Ballot.id).limit(BATCHES_A_TURN)
    ballots = list(tx.session.scalars(waiting.with_for_update(skip_locked=True)))
    turns = 0
    for ballot in ballots:
        while ballot.telling is not None and turns < BATCHES_A_TURN:
            turns += 1
            _tell_part(tx, ballot)
    for _ in range(max(1, BATCHES_A_TURN - turns)):
        if not _tell_voted(tx):
            break


def _tell_part(tx: Transaction, ballot: Ballot) -> None:
    page = sa.select(BallotRoll.member_id).where(BallotRoll.ballot_id == ballot.id)
    if ballot.reached is not None:
        page = page.where(BallotRoll.member_id > ballot.reached)
    members = list(tx.session.scalars(page.order_by(BallotRoll.member_id).limit(MEMBERS_OF_AN_EVENT)))
    if members:
        _record(tx, ballot, members)
        ballot.reached = members[-1]
    if len(members) < MEMBERS_OF_AN_EVENT:
        ballot.telling = ballot.reached = None


def _record(tx: Transaction, ballot: Ballot, members: list[UUID]) -> None:
    if ballot.telling == "ended":
        head = ceremony.head_of(tx, ballot.id)
        ended = {"entries": head["entries"], "chain": head["chain"]}
        tx.record(VotingEnded(ballot_id=ballot.id, member_ids=members, **ended))
        return
    if ballot.telling != "called":
        told = {"secrecy": ballot.secrecy, "outcome": ballot.outcome}
        tx.record(VotersTold(ballot_id=ballot.id, member_ids=members, **told))
        return
    voted = votes_of(tx, ballot.id, members)
    waiting = [one for one in members if one not in voted]
    if waiting:
        called: dict[str, Any] = {"closes_at": ballot.closes_at, "fingerprint": None, "keys": None}
        if ballot.secrecy == "secret":
            called |= ceremony.fingerprints_of(tx, ballot.id)
        tx.record(VotersCalled(ballot_id=ballot.id, member_ids=waiting, **called))


def _tell_voted(tx: Transaction) -> bool:
    """Tell of votes that were not told of yet; return whether there may be more."""
    untold = sa.select(BallotVote.ballot_id, BallotVote.member_id).where(~BallotVote.told)
    page = untold.order_by(BallotVote.ballot_id, BallotVote.member_id).limit(MEMBERS_OF_AN_EVENT)
    voters: dict[UUID, list[UUID]] = defaultdict(list)
    for row in tx.session.execute(page.with_for_update(skip_locked=True)):
        voters[row.ballot_id].append(row.member_id)
    for ballot_id, members in voters.items():
        among = is_among(tx.session, [BallotVote.member_id], members)
        told = sa.update(BallotVote).where(BallotVote.ballot_id == ballot_id, among)
        tx.session.execute(told.values(told=True).execution_options(synchronize_session=False))
        tx.record(VotersVoted(ballot_id=ballot_id, member_ids=members))
    return sum(map(len, voters.values())) == MEMBERS_OF_AN_EVENT
