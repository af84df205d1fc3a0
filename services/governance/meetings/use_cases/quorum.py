"""The dated rules of a body's meetings: quorum, majority, what the majority is counted of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.governance.meetings import vote_rules
from services.governance.meetings.tables import Meeting
from services.governance.meetings.use_cases.store import counts_of

_SHOWN = ("key", "value", "document", "number", "article", "ruleset", "valid_from")


@dataclass(frozen=True)
class Measure:
    """How many must be there, and by which rule."""

    entitled: int
    present: int
    needed: int
    rule: RuleInForce


def measure_of(tx: Transaction, meeting: Meeting) -> Measure:
    """Return the quorum of a meeting today. Raises `NoRuleInForce`."""
    entitled, present = counts_of(tx, meeting.id)
    rule = rule_in_force(tx, f"meeting.{meeting.kind}.quorum", tx.today)
    return Measure(entitled, present, vote_rules.quorum_of(entitled, rule.share), rule)


def quorum_shown(tx: Transaction, meeting: Meeting) -> dict[str, Any]:
    """Return the quorum as answers tell it; a missing rule is named."""
    try:
        found = measure_of(tx, meeting)
    except NoRuleInForce as missing:
        _, present = counts_of(tx, meeting.id)
        return {"needed": None, "present": present, "missing": None, "rule": None, "missing_rule": missing.rule}
    lacking = max(0, found.needed - found.present)
    return {"needed": found.needed, "present": found.present, "missing": lacking, "rule": shown(found.rule)}


def majority_of(tx: Transaction) -> tuple[RuleInForce, RuleInForce]:
    """Return the rules of base and comparator, those of a committee's ballots. Raises `NoRuleInForce`."""
    base = rule_in_force(tx, "ballot.committee.base", tx.today, ballot_kind="yes_no")
    return base, rule_in_force(tx, "ballot.committee.comparator", tx.today, ballot_kind="yes_no")


def shown(rule: RuleInForce) -> dict[str, Any]:
    """Return a rule as answers tell it."""
    return {name: getattr(rule, name) for name in _SHOWN}


def stored(rule: RuleInForce) -> dict[str, Any]:
    """Return a rule as JSON values, to be kept with a decision."""
    return {**shown(rule), "valid_from": rule.valid_from.isoformat()}
