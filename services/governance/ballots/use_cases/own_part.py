"""What a ballot is to the caller: on its roll or not, the own vote, whom the caller represents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import first_refusal
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot, BallotRoll
from services.governance.ballots.use_cases.store import rows_of, votes_of
from services.governance.ballots.use_cases.voting import standing, told_vote

MOST_REPRESENTED = 100


def own_part(tx: Transaction, ballot: Ballot) -> dict[str, Any]:
    """Return the caller's own part in a ballot."""
    member_id = tx.principal.member_id
    mine = rows_of(tx, ballot.id, [member_id]).get(member_id) if member_id is not None else None
    if member_id is None or mine is None:
        return {
            "on_roll": False, "may_vote": False, "refused": "ballots.voter_is_on_the_roll", "proxy_id": None,
            "vote": None, "represents": [],
        }  # fmt: skip
    represented = _represented(tx, ballot, member_id)
    votes = votes_of(tx, ballot.id, [member_id, *represented])
    told = {key: told_vote(ballot.id, key, vote) for key, vote in votes.items()}
    refusal = first_refusal(
        (
            rules.ballot_is_not_secret(ballot.secrecy),
            rules.ballot_is_open(ballot.state, ballot.closes_at, tx.now),
            rules.voter_is_entitled(standing(mine)),
            rules.vote_can_be_changed(ballot.counts) if member_id in votes else None,
        )
    )
    return {
        "on_roll": True,
        "may_vote": refusal is None,
        "refused": refusal.rule if refusal else None,
        "proxy_id": mine.proxy_id,
        "vote": told.get(member_id),
        "represents": [{"member_id": one, "vote": told.get(one)} for one in represented],
    }


def _represented(tx: Transaction, ballot: Ballot, member_id: UUID) -> list[UUID]:
    if not ballot.proxies_most:
        return []
    represented = BallotRoll.ballot_id == ballot.id, BallotRoll.proxy_id == member_id
    absent = BallotRoll.present.is_not(True)
    members = sa.select(BallotRoll.member_id).where(*represented, absent).order_by(BallotRoll.member_id)
    return list(tx.session.scalars(members.limit(MOST_REPRESENTED)))
