"""Loading rounds, who runs and who sees them, moving them on, and the rule in force for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.chassis.security.principal import Principal
from services.governance.ratings.tables import (
    RatingGroup,
    RatingMark,
    RatingRoll,
    RatingRound,
    RatingSheet,
    RatingSubject,
    RatingTerms,
)
from services.governance.ratings.workflow import CLOCK, RATING, RUNS

SMALLEST = "rating.smallest_group"
PAPER = "paper"
"""What a mark has instead of a hash, where the member got a paper sheet."""
_NONE = "There is no such round."


def round_of(tx: Transaction, rating_id: UUID) -> RatingRound:
    """Return a round. Raises `NotFound`."""
    return tx.get(RatingRound, rating_id, _NONE, field="rating_id")


def held(tx: Transaction, rating_id: UUID) -> RatingRound:
    """Return a round for a change of its state: no sheet is being taken, and none is until the transaction ends."""
    tx.lock(lock_of(rating_id))
    return tx.get(RatingRound, rating_id, _NONE, field="rating_id", lock=True)


def lock_of(rating_id: UUID) -> str:
    """Return the name of the lock that sheets share and that changes of the state take alone."""
    return f"rating-{rating_id}"


def terms_of(tx: Transaction, rating_id: UUID) -> RatingTerms:
    """Return what stands beside the round's row."""
    return tx.session.get_one(RatingTerms, rating_id)


def subjects_of(tx: Transaction, rating_id: UUID) -> list[RatingSubject]:
    """Return who is graded, in order."""
    of_round = sa.select(RatingSubject).where(RatingSubject.rating_id == rating_id)
    return list(tx.session.scalars(of_round.order_by(RatingSubject.number)))


def groups_of(tx: Transaction, rating_id: UUID) -> list[RatingGroup]:
    """Return the groups of a round, in order."""
    of_round = sa.select(RatingGroup).where(RatingGroup.rating_id == rating_id)
    return list(tx.session.scalars(of_round.order_by(RatingGroup.number)))


def group_of(tx: Transaction, rating_id: UUID, member_id: UUID) -> int | None:
    """Return the group of a member on the roll; None where the member does not stand on it."""
    mine = sa.select(RatingRoll.group).where(RatingRoll.rating_id == rating_id, RatingRoll.member_id == member_id)
    return tx.session.scalar(mine)


def received(tx: Transaction, rating_id: UUID) -> int:
    """Return how many sheets were handed in so far."""
    counted = sa.select(sa.func.count()).select_from(RatingSheet).where(RatingSheet.rating_id == rating_id)
    return tx.session.scalar(counted) or 0


def given(tx: Transaction, rating_id: UUID, *, paper: bool) -> dict[int, int]:
    """Return how many tokens, or paper sheets, were given out in each group."""
    kind = RatingMark.asked == PAPER if paper else RatingMark.asked != PAPER
    on_roll = sa.and_(RatingRoll.rating_id == RatingMark.rating_id, RatingRoll.member_id == RatingMark.member_id)
    marks = sa.select(RatingRoll.group, sa.func.count().label("marks")).join(RatingMark, on_roll)
    of_round = marks.where(RatingMark.rating_id == rating_id, kind).group_by(RatingRoll.group)
    return {row[0]: row.marks for row in tx.session.execute(of_round)}


def runs(principal: Principal) -> bool:
    """Whether the caller runs rounds."""
    return principal.kind == "service" or principal.has("officer")


def sees_all(principal: Principal) -> bool:
    """Whether the caller sees the results of all units and of leaders."""
    return runs(principal) or principal.has("auditor")


def sees(tx: Transaction, row: RatingRound) -> bool:
    """Whether the caller sees a round: by office, standing on its roll, or, of the members' own, once it is closed."""
    principal = tx.principal
    of_members = row.kind == "union" and (principal.has("chair") or (row.state == "closed" and principal.has("member")))
    if sees_all(principal) or of_members:
        return True
    return principal.member_id is not None and group_of(tx, row.id, principal.member_id) is not None


def subject_of(row: RatingRound) -> str:
    """Return the name under which a round's changes are kept."""
    return f"rating/{row.id}"


def move(tx: Transaction, row: RatingRound, action: str, reason: str | None = None, *, by_clock: bool = False) -> None:
    """Take a round on by an action and keep who did it.

    Raises:
        Refused: the state does not allow it.
    """
    state = RATING.apply(row.state, action, roles=frozenset({CLOCK if by_clock else RUNS}))
    note_change(tx, subject_of(row), {"state": (row.state, state)}, reason)
    row.state = state
    row.version += 1


def told_of(row: RatingRound) -> dict[str, Any]:
    """Return what events tell of a round."""
    return {"rating_id": row.id, "kind": row.kind, "year": row.year, "way": row.way, "entitled": row.entitled}


def smallest_rule(tx: Transaction) -> RuleInForce:
    """Return the rule on how many sheets a figure is about at least. Raises `NoRuleInForce`."""
    return rule_in_force(tx, SMALLEST, tx.today)
