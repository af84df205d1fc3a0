"""Whether a round can be opened now: the rule, its time, who would fill it in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, refuse_first
from services.chassis.rules.refusal import sourced
from services.governance.members.use_cases import copies
from services.governance.ratings import rules
from services.governance.ratings.tables import RatingRound, RatingTerms
from services.governance.ratings.use_cases.store import smallest_rule, terms_of


def require_openable(tx: Transaction, row: RatingRound) -> None:
    """Raise what would refuse to open a prepared round now."""
    rule = smallest_rule(tx)
    beside = terms_of(tx, row.id)
    entitled, unknown = _entitled(tx, row, beside)
    refuse_first(
        rules.times_are_in_order(None, row.closes_at, tx.now),
        rules.raters_are_members(unknown),
        sourced(rules.round_is_large_enough(row.way, entitled, rule.count), rule),
    )


def blocked_by(tx: Transaction, row: RatingRound) -> dict[str, Any] | None:
    """Return as a problem what would refuse to open a round now; None where nothing does or it was opened."""
    if row.state != "prepared":
        return None
    try:
        require_openable(tx, row)
    except Problem as problem:
        return problem.to_wire()
    return None


def preview(tx: Transaction, row: RatingRound) -> dict[str, Any] | None:
    """Return how many would fill in, in how many groups; None after the opening or without a rule."""
    if row.state != "prepared":
        return None
    beside = terms_of(tx, row.id)
    entitled, _ = _entitled(tx, row, beside)
    if row.kind == "leaders":
        return {"entitled": entitled, "groups": 1, "small_units": 0}
    try:
        smallest = smallest_rule(tx).count
    except Problem:
        return None
    counts = copies.headcounts(tx, units_named(row, beside))
    small = sum(count < smallest for count in counts.values())
    return {"entitled": entitled, "groups": len(counts) - small, "small_units": small}


def _entitled(tx: Transaction, row: RatingRound, beside: RatingTerms) -> tuple[int, int]:
    """Return how many may fill in, and how many of those named may not."""
    if row.electorate in ("all", "units"):
        return sum(copies.headcounts(tx, units_named(row, beside)).values()), 0
    named = {UUID(one) for one in beside.member_ids}
    if row.electorate == "called":
        return len(named), 0
    voting = copies.voting_among(tx, named)
    return len(voting), len(named) - len(voting)


def units_named(row: RatingRound, beside: RatingTerms) -> list[UUID] | None:
    """Return the units whose members fill in; None for all."""
    return [UUID(one) for one in beside.unit_ids] if row.electorate == "units" else None
