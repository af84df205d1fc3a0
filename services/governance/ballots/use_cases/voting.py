"""Voting in named and open ballots: one row per vote, for single voters and batches alike.

Voters share the lock of the ballot, so that none waits for another; opening, closing and cancelling take it alone. A
second vote of the same member waits for the first. The number of statements does not depend on the size of a batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, Problem, Refused
from services.chassis.rpc.idempotency import Keyed, answers_before, keep_answers, keyed
from services.chassis.rules.refusal import Refusal, first_refusal
from services.chassis.security.principal import require_member
from services.contracts.governance.ballots import operations as contract
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot, BallotVote
from services.governance.ballots.use_cases.store import ballot_of, lock_of, rows_of, votes_of

_SEPARATOR = ","


class Asked(NamedTuple):
    """One vote: who casts it, for whom, and what."""

    voter_id: UUID
    member_id: UUID
    choices: tuple[str, ...]

    @property
    def by_proxy(self) -> bool:
        """Whether somebody votes for another."""
        return self.voter_id != self.member_id


class Stored(NamedTuple):
    """A vote as it stands in its row."""

    choices: str
    cast_at: datetime
    cast_by: UUID | None


def vote(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store the vote of the caller, or of whom the caller represents; the same vote again changes nothing.

    Raises:
        NotAllowed: the account belongs to no member.
        Refused: the ballot is not open, the caller may not vote, or the choices do not fit.
    """
    member_id = require_member(tx.principal, "Only members vote.", rule="ballots.caller_is_a_member")
    asked = _asked(member_id, request)
    (answer,) = Round(tx, request["ballot_id"], [asked]).answers()
    if isinstance(answer, Problem):
        raise answer
    return answer


def cast_votes(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store the votes of several members; a repeated key gets the first answer, without another decision."""
    ballot_id, votes = request["ballot_id"], request["votes"]
    keys = [_keyed(ballot_id, one) for one in votes]
    used = answers_before(tx, contract.vote, [key for key in keys if key is not None])
    before: dict[Keyed | None, Any] = dict(used.items())
    fresh = [place for place, key in enumerate(keys) if key not in before]
    answered = Round(tx, ballot_id, [_asked(votes[place]["member_id"], votes[place]) for place in fresh]).answers()
    answers = dict(zip(fresh, answered, strict=True))
    dumped = {place: contract.vote.reply_schema.dump(one) for place, one in answers.items() if isinstance(one, dict)}
    new = {key: dumped[place] for place in dumped if (key := keys[place]) is not None}
    keep_answers(tx, contract.vote, list(new.items()))
    return {"items": [_told(answers[place] if key not in before else before[key]) for place, key in enumerate(keys)]}


@dataclass
class Round:
    """Votes that are decided together, in their order."""

    tx: Transaction
    ballot_id: UUID
    asked: Sequence[Asked]
    ballot: Ballot = field(init=False)
    roll: dict[UUID, Any] = field(init=False)
    votes: dict[UUID, Stored] = field(init=False)
    new: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)

    def answers(self) -> list[dict[str, Any] | Problem]:
        """Decide all, write what is new, and return an answer or a refusal for each."""
        if not self.asked:
            return []
        tx = self.tx
        tx.lock(lock_of(self.ballot_id), shared=True)
        members = {one.member_id for one in self.asked}
        tx.lock_all(f"vote-{self.ballot_id}-{member_id}" for member_id in members)
        self.ballot = ballot_of(tx, self.ballot_id)
        tx.session.refresh(self.ballot)
        self.roll = rows_of(tx, self.ballot_id, {*members, *(one.voter_id for one in self.asked)})
        found = votes_of(tx, self.ballot_id, members)
        self.votes = {key: Stored(row.choices, row.cast_at, row.cast_by) for key, row in found.items()}
        answers = [self._decide(one) for one in self.asked]
        self._write()
        return answers

    def _decide(self, asked: Asked) -> dict[str, Any] | Problem:
        ballot, choices = self.ballot, rules.normal_choices(self.ballot.kind, asked.choices)
        before, wanted = self.votes.get(asked.member_id), _SEPARATOR.join(choices)
        refusal = first_refusal(
            (
                rules.ballot_is_not_secret(ballot.secrecy),
                rules.ballot_is_open(ballot.state, ballot.closes_at, self.tx.now),
                self._refusal_of(asked),
                rules.choices_fit(ballot.kind, ballot.options, ballot.seats, choices),
            )
        )
        if refusal is None and before is not None and before.choices != wanted:
            refusal = rules.vote_can_be_changed(ballot.counts)
        if refusal is not None:
            return Refused.by(refusal)
        if before is not None and before.choices == wanted:
            return self._answer(asked, "already")
        cast_by = asked.voter_id if asked.by_proxy else None
        self.votes[asked.member_id] = Stored(wanted, self.tx.now, cast_by)
        if before is None:
            self.new.add(asked.member_id)
            return self._answer(asked, "cast")
        if asked.member_id not in self.new:
            self.changed.add(asked.member_id)
        return self._answer(asked, "changed")

    def _refusal_of(self, asked: Asked) -> Refusal | None:
        """Return why this person may not cast this vote."""
        if not asked.by_proxy:
            return rules.voter_is_entitled(standing(self.roll.get(asked.member_id)))
        row = self.roll.get(asked.member_id)
        is_proxy = row is not None and row.proxy_id == asked.voter_id and row.present is not True
        return rules.proxy_is_entitled(is_proxy, standing(self.roll.get(asked.voter_id)))

    def _answer(self, asked: Asked, outcome: str) -> dict[str, Any]:
        stored = self.votes[asked.member_id]
        told = told_vote(self.ballot_id, asked.member_id, stored)
        return {**told, "ballot_id": self.ballot_id, "member_id": asked.member_id, "outcome": outcome}

    def _write(self) -> None:
        if self.new:
            rows = [{"member_id": one, **self.votes[one]._asdict()} for one in sorted(self.new)]
            fixed = {"ballot_id": self.ballot_id, "told": False}
            insert_rows(self.tx.session, BallotVote.__table__, columns_of(rows), fixed)
        for member_id in sorted(self.changed):
            row = sa.update(BallotVote).where(BallotVote.ballot_id == self.ballot_id, BallotVote.member_id == member_id)
            values = self.votes[member_id]._asdict()
            self.tx.session.execute(row.values(**values).execution_options(synchronize_session=False))


def standing(row: Any) -> rules.Standing:
    """Return how a member stands to a ballot, from the row of the roll; who is present is not represented."""
    if row is None:
        return rules.Standing(on_roll=False)
    return rules.Standing(True, row.present, row.proxy_id is not None and row.present is not True)


def told_vote(ballot_id: UUID, member_id: UUID, stored: Any) -> dict[str, Any]:
    """Return a stored vote with its receipt."""
    return {
        "choices": stored.choices.split(_SEPARATOR),
        "cast_at": stored.cast_at,
        "receipt": receipt_of(ballot_id, member_id, stored.choices, stored.cast_at),
        "by_proxy": stored.cast_by is not None,
    }


def receipt_of(ballot_id: UUID, member_id: UUID, choices: str, cast_at: datetime) -> str:
    """Return the receipt of a vote, which follows from what is stored: sixteen hexadecimal digits in groups of four."""
    text = f"{ballot_id}|{member_id}|{choices}|{cast_at.isoformat()}"
    digits = hashlib.sha256(text.encode()).hexdigest()[:16].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def _asked(member_id: UUID, request: Mapping[str, Any]) -> Asked:
    return Asked(member_id, request["for_member_id"] or member_id, tuple(request["choices"]))


def _keyed(ballot_id: UUID, one: Mapping[str, Any]) -> Keyed | None:
    if one["key"] is None:
        return None
    own = {"ballot_id": ballot_id, "choices": one["choices"], "for_member_id": one["for_member_id"]}
    return keyed(contract.vote, one["actor"], one["key"], own)


def _told(answer: Any) -> dict[str, Any]:
    """Return an answer of a batch; one that a key repeats is in JSON form and is read again."""
    if isinstance(answer, InvalidInput | Problem):
        return {"voted": None, "problem": answer.to_wire()}
    if isinstance(answer["cast_at"], str):
        answer = contract.vote.reply_schema.load(answer)
    return {"voted": answer, "problem": None}
