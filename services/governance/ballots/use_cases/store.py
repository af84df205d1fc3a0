"""Loading ballots, who runs and who sees them, moving them on, and the rules in force for them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.chassis.security.principal import Principal
from services.governance.ballots.tables import Ballot, BallotOption, BallotRoll, BallotTerms, BallotVote
from services.governance.ballots.workflow import BALLOT, CLOCK, RUNS
from services.governance.secret_ballots.use_cases import ceremony

_TOLD = ("origin_kind", "origin_id", "body", "kind", "secrecy", "entitled")


def ballot_of(tx: Transaction, ballot_id: UUID) -> Ballot:
    """Return a ballot. Raises `NotFound`."""
    return tx.get(Ballot, ballot_id, "There is no such ballot.", field="ballot_id")


def held(tx: Transaction, ballot_id: UUID) -> Ballot:
    """Return a ballot for a change of its state: no vote is being cast, and none is until the transaction ends."""
    tx.lock(lock_of(ballot_id))
    return tx.get(Ballot, ballot_id, "There is no such ballot.", field="ballot_id", lock=True)


def lock_of(ballot_id: UUID) -> str:
    """Return the name of the lock that voters share and that changes of the state take alone."""
    return f"ballot-{ballot_id}"


def terms_of(tx: Transaction, ballot: Ballot) -> BallotTerms:
    """Return what stands beside the ballot's row."""
    return tx.session.get_one(BallotTerms, ballot.id)


def options_of(tx: Transaction, ballot_id: UUID) -> list[BallotOption]:
    """Return the options in their order; a yes or no has none."""
    of_ballot = sa.select(BallotOption).where(BallotOption.ballot_id == ballot_id)
    return list(tx.session.scalars(of_ballot.order_by(BallotOption.number)))


def voted_on(tx: Transaction, ballot: Ballot) -> dict[str, Any]:
    """Return what is voted on, as its hash stands in the definition of a secret ballot."""
    options = [
        {"key": str(one.number), "text": one.text, "member_id": str(one.member_id) if one.member_id else None}
        for one in options_of(tx, ballot.id)
    ]
    return {"title": ballot.title, "kind": ballot.kind, "most": ballot.seats, "options": options}


def runs(principal: Principal, ballot: Ballot) -> bool:
    """Whether the caller runs a ballot: an officer any, a chair those of the own unit, a service any."""
    if principal.kind == "service" or principal.has("officer"):
        return True
    return ballot.origin_kind == "unit" and ballot.origin_id in principal.units("chair")


def require_run(principal: Principal, ballot: Ballot) -> None:
    """Raise `NotAllowed` unless the caller runs the ballot."""
    if not runs(principal, ballot):
        raise NotAllowed("Another unit runs this ballot.", rule="ballots.is_run_by_few")


def sees(principal: Principal, ballot: Ballot) -> bool:
    """Whether the caller sees a ballot by office: who runs it, auditors, and chairs those of the whole union."""
    if runs(principal, ballot) or principal.has("auditor"):
        return True
    return principal.has("chair") and ballot.origin_kind == "union"


def require_sight(tx: Transaction, ballot: Ballot) -> None:
    """Raise `NotAllowed` unless the caller sees the ballot by office, stands on its roll or is its scrutineer."""
    if sees(tx.principal, ballot):
        return
    if ballot.secrecy == "secret" and ceremony.is_scrutineer(tx, ballot.id):
        return
    if tx.principal.member_id is None or not rows_of(tx, ballot.id, [tx.principal.member_id]):
        raise NotAllowed("Only who may vote, and who runs it, sees a ballot.", rule="ballots.is_seen_by_voters")


def rows_of(tx: Transaction, ballot_id: UUID, member_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return the rows of the roll of these members: member_id, unit_id, present, proxy_id."""
    columns = BallotRoll.member_id, BallotRoll.unit_id, BallotRoll.present, BallotRoll.proxy_id
    among = is_among(tx.session, [BallotRoll.member_id], list(member_ids))
    rows = tx.session.execute(sa.select(*columns).where(BallotRoll.ballot_id == ballot_id, among))
    return {row.member_id: row for row in rows}


def votes_of(tx: Transaction, ballot_id: UUID, member_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return the votes of these members: member_id, choices, cast_at, cast_by."""
    columns = BallotVote.member_id, BallotVote.choices, BallotVote.cast_at, BallotVote.cast_by
    among = is_among(tx.session, [BallotVote.member_id], list(member_ids))
    rows = tx.session.execute(sa.select(*columns).where(BallotVote.ballot_id == ballot_id, among))
    return {row.member_id: row for row in rows}


def cast_so_far(tx: Transaction, ballot_id: UUID) -> int:
    """Return how many votes are cast."""
    return tx.session.scalar(sa.select(sa.func.count()).where(BallotVote.ballot_id == ballot_id)) or 0


def subject_of(ballot: Ballot) -> str:
    """Return the name under which a ballot's changes are kept."""
    return f"ballot/{ballot.id}"


def move(tx: Transaction, ballot: Ballot, action: str, reason: str | None = None, *, by_clock: bool = False) -> None:
    """Take a ballot on by an action and keep who did it.

    Raises:
        Refused: the state does not allow it.
    """
    state = BALLOT.apply(ballot.state, action, roles=frozenset({CLOCK if by_clock else RUNS}))
    note_change(tx, subject_of(ballot), {"state": (ballot.state, state)}, reason)
    ballot.state = state
    ballot.version += 1


def told_of(ballot: Ballot) -> dict[str, Any]:
    """Return what events tell of a ballot."""
    return {"ballot_id": ballot.id, **{name: getattr(ballot, name) for name in _TOLD}}


def rule_of(tx: Transaction, ballot: Ballot, name: str) -> RuleInForce:
    """Return today's rule of the ballot's body, such as `comparator`. Raises `NoRuleInForce`."""
    return rule_in_force(tx, f"ballot.{ballot.body}.{name}", tx.today, ballot_kind=ballot.kind)


def surplus_rule(tx: Transaction) -> RuleInForce:
    """Return the rule on how many more candidates than seats an election has. Raises `NoRuleInForce`."""
    return rule_in_force(tx, "ballot.surplus_percent", tx.today)


def secret_rule(tx: Transaction) -> RuleInForce:
    """Return the rule on how many voters a secret ballot has at least. Raises `NoRuleInForce`."""
    return rule_in_force(tx, "ballot.secret_least", tx.today)
