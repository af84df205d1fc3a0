"""Ballots that other subjects call, such as sessions and meetings, for their own lists, and how they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.governance.ballots.tables import Ballot, BallotRoll, BallotVote
from services.governance.ballots.use_cases.creating import new_ballot
from services.governance.secret_ballots.use_cases import ceremony, signing


@dataclass(frozen=True)
class Progress:
    """How a ballot stands: `ready` where nothing is missing to open it, `voted` is None for who is not on the roll."""

    state: str
    entitled: int | None
    ready: bool
    voted: bool | None


def call_ballot(
    tx: Transaction,
    *,
    origin: tuple[str, UUID],
    title: str,
    kind: str,
    secrecy: str,
    body: str,
    options: Sequence[Mapping[str, Any]],
    seats: int,
    electorate: Sequence[UUID],
    present: Sequence[UUID] | None,
    opens_at: datetime | None,
    closes_at: datetime | None,
    about: str | None = None,
    counts: str = "first",
    unit_ids: Sequence[UUID] = (),
) -> Ballot:
    """Create a ballot for a list of people. It is opened by its clock or by `opening.open_now`.

    Args:
        tx: the transaction.
        origin: of `BALLOT_ORIGINS`, and its id.
        title: what is put to the vote, 2 to 100 characters.
        kind: of `BALLOT_KINDS`.
        secrecy: of `BALLOT_SECRECIES`.
        body: of `BALLOT_BODIES`, whose rules hold.
        options: each with `text` or `member_id`; none for a yes or no.
        seats: how many are elected, or how many options a voter may choose.
        electorate: who may vote; they all stand on the roll, whatever their standing as members.
        present: who of them is there; None where presence is not taken. `opening.mark_present` changes it.
        opens_at: when it opens by itself; None where it is opened.
        closes_at: when it closes by itself; None where it is closed by `closing.close_now`.
        about: more about it.
        counts: of `COUNTED_VOTES`.
        unit_ids: whose members vote instead of a list; the roll is made when it is opened.

    Raises:
        Refused: options or times do not fit.
        NoRuleInForce: no rule says how many candidates an election has.
    """
    terms = {
        "title": title, "about": about, "kind": kind, "secrecy": secrecy, "body": body, "seats": seats,
        "options": [{"text": one.get("text"), "member_id": one.get("member_id")} for one in options],
        "counts": counts, "electorate": "units" if unit_ids else "called", "unit_ids": list(unit_ids),
        "member_ids": list(electorate),
        "opens_at": opens_at, "closes_at": closes_at,
    }  # fmt: skip
    return new_ballot(tx, terms, origin=origin, present=present, called=True)


def progress_of(tx: Transaction, ballot_ids: Collection[UUID], member_id: UUID | None) -> dict[UUID, Progress]:
    """Return how ballots stand, and whether a member has voted in them."""
    on_roll = sa.exists().where(BallotRoll.ballot_id == Ballot.id, BallotRoll.member_id == member_id)
    named = sa.exists().where(BallotVote.ballot_id == Ballot.id, BallotVote.member_id == member_id)
    columns: list[Any] = [Ballot.id, Ballot.state, Ballot.entitled, Ballot.secrecy, sa.null().label("on_roll")]
    if member_id is not None:
        columns[-1:] = [on_roll.label("on_roll"), sa.or_(named, signing.token_is_fetched(Ballot.id, member_id))]
    found = {}
    for row in tx.session.execute(sa.select(*columns).where(Ballot.id.in_(ballot_ids))):
        ready = row.state == "prepared" and (row.secrecy != "secret" or ceremony.is_ready(tx, row.id))
        found[row.id] = Progress(row.state, row.entitled, ready, bool(row[5]) if row.on_roll else None)
    return found


def voted_among(tx: Transaction, ballot_id: UUID, member_ids: Collection[UUID]) -> set[UUID]:
    """Return who of these members has voted, or fetched a token."""
    named = sa.exists().where(BallotVote.ballot_id == ballot_id, BallotVote.member_id == BallotRoll.member_id)
    voted = sa.or_(named, signing.token_is_fetched(BallotRoll.ballot_id, BallotRoll.member_id))
    of_ballot = BallotRoll.ballot_id == ballot_id, BallotRoll.member_id.in_(member_ids)
    return set(tx.session.scalars(sa.select(BallotRoll.member_id).where(*of_ballot, voted)))
