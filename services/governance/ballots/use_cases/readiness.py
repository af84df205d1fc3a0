"""Whether a ballot can be opened now: who would vote, the rules of its body, its time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, refuse_first
from services.chassis.rules.refusal import number_is_as_seen, sourced
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot, BallotRoll
from services.governance.ballots.use_cases.store import rule_of, secret_rule, terms_of
from services.governance.members.use_cases import copies
from services.governance.secret_ballots.use_cases import ceremony

BODY_RULES = ("comparator", "base", "participation", "proxies")
"""Rules that every ballot of a body needs, by the last part of their keys."""


def blocked_by(tx: Transaction, ballot: Ballot) -> dict[str, Any] | None:
    """Return as a problem what would refuse to open a ballot now; None where nothing does or it was opened."""
    if ballot.state != "prepared":
        return None
    try:
        require_openable(tx, ballot)
    except Problem as problem:
        return problem.to_wire()
    return None


def require_openable(tx: Transaction, ballot: Ballot, expected: int | None = None) -> None:
    """Raise what would refuse to open a prepared ballot now: a missing rule, its time, its electorate."""
    beside = terms_of(tx, ballot)
    count, unknown = electorate_size(tx, ballot.electorate, beside.unit_ids, beside.member_ids, ballot.run_off_of)
    refuse_first(
        rules.secrecy_is_ready(ballot.secrecy, ballot.secrecy == "secret" and ceremony.is_ready(tx, ballot.id)),
        rules.closing_is_ahead(ballot.closes_at, tx.now),
        rules.somebody_may_vote(count),
        rules.voters_are_members(len(unknown)),
        number_is_as_seen(count, expected),
    )
    for name in BODY_RULES:
        rule_of(tx, ballot, name)
    if ballot.secrecy == "secret":
        least = secret_rule(tx)
        refuse_first(sourced(rules.secret_is_large_enough(ballot.secrecy, count, least.count), least))


def electorate_size(
    tx: Transaction, electorate: str, unit_ids: Sequence[Any], member_ids: Sequence[Any], of: UUID | None = None
) -> tuple[int, list[UUID]]:
    """Return how many may vote, and who of those named may not.

    Args:
        tx: the transaction.
        electorate: of `ELECTORATES`.
        unit_ids: the units it names.
        member_ids: the members it names.
        of: the ballot whose roll a further round has.
    """
    if electorate == "roll":
        return tx.session.scalar(sa.select(sa.func.count()).where(BallotRoll.ballot_id == of)) or 0, []
    if electorate == "called":
        return len(member_ids), []
    if electorate == "list":
        named = sorted({UUID(str(one)) for one in member_ids})
        voting = copies.voting_among(tx, named)
        return len(voting), [one for one in named if one not in voting]
    units = [UUID(str(one)) for one in unit_ids] if electorate == "units" else None
    return sum(copies.headcounts(tx, units).values()), []
