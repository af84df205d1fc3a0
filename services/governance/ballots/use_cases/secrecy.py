"""Secret ballots: scrutineers, tokens, the end, and the votes once they are opened; the rest is in secret_ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call
from services.chassis.security.principal import require_member
from services.contracts.governance.ballots.vocabulary import ABSTAIN, ANSWERS
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot
from services.governance.ballots.use_cases import reading
from services.governance.ballots.use_cases.store import (
    ballot_of,
    held,
    lock_of,
    options_of,
    require_run,
    rows_of,
    voted_on,
)
from services.governance.ballots.use_cases.voting import standing
from services.governance.members.use_cases import copies
from services.governance.secret_ballots.use_cases import ceremony, counting, signing

_SHORTEST = 16
"""Bytes of a vote at least."""


def name_scrutineers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Name who holds the shares of a secret ballot's key; those named before are replaced.

    Raises:
        Refused: the ballot is not secret or was opened, somebody named is no voting member or stands for election.
    """
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    _name(tx, ballot, request["member_ids"], request["needed"])
    return reading.detail(tx, ballot)


def name_now(tx: Transaction, ballot_id: UUID, member_ids: Sequence[UUID], needed: int) -> None:
    """Name the scrutineers of a secret ballot that another subject called. Raises as `name_scrutineers`."""
    _name(tx, held(tx, ballot_id), member_ids, needed)


def _name(tx: Transaction, ballot: Ballot, named: Sequence[UUID], needed: int) -> None:
    options = options_of(tx, ballot.id)
    unknown = set(named) - copies.voting_among(tx, named).keys()
    refuse_first(
        rules.ballot_is_secret(ballot.secrecy),
        rules.ballot_is_prepared(ballot.state),
        rules.scrutineers_are_members(len(unknown)),
        rules.scrutineers_do_not_stand({one.member_id for one in options} & set(named)),
    )
    length = max(_SHORTEST, len(",".join(keys_of(ballot))))
    ceremony.begin(tx, ballot.id, terms=voted_on(tx, ballot), length=length, scrutineers=named, needed=needed)


def request_token(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Sign the blinded token of a member on the roll, once; the same request gets the same answer.

    Raises:
        NotAllowed: the account belongs to no member.
        Refused: the ballot is not secret or not open, the member may not vote, or got another token.
    """
    with call.transaction() as tx:
        member_id = require_member(tx.principal, "Only members vote.", rule="ballots.caller_is_a_member")
        tx.lock(lock_of(request["ballot_id"]), shared=True)
        ballot = ballot_of(tx, request["ballot_id"])
        roll = rows_of(tx, ballot.id, [member_id])
        refuse_first(
            rules.ballot_is_secret(ballot.secrecy),
            rules.ballot_is_open(ballot.state, ballot.closes_at, tx.now),
            rules.voter_is_entitled(standing(roll.get(member_id))),
        )
        marked = signing.mark(tx, ballot.id, member_id, request["blinded"])
    return {"signature": signing.sign(marked)}


def keys_of(ballot: Ballot) -> list[str]:
    """Return the keys of a ballot's options."""
    return list(ANSWERS) if ballot.kind == "yes_no" else [str(number) for number in range(1, ballot.options + 1)]


def opened_votes(tx: Transaction, ballot: Ballot) -> dict[tuple[str, ...], int] | None:
    """Return how many votes have which choices, or None while they are not opened.

    A vote that can't be opened or does not fit the ballot counts as an abstention: it was cast, and is for nobody.
    """
    texts = counting.counted(tx, ballot.id)
    if texts is None:
        return None
    votes: Counter[tuple[str, ...]] = Counter()
    for text, times in texts.items():
        choices = rules.normal_choices(ballot.kind, text.split(","))
        fits = rules.choices_fit(ballot.kind, ballot.options, ballot.seats, choices) is None
        votes[choices if text and fits else (ABSTAIN,)] += times
    return dict(votes)


def is_opened(tx: Transaction, ballot_id: UUID) -> bool:
    """Tell whether all votes of a secret ballot are opened."""
    return counting.counted(tx, ballot_id) is not None
