"""Telling which rules are in force and which are missing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce, rule_in_force, rules_in_force
from services.contracts.governance.rulebook.keys import is_used_by

WANTED = (
    "joining.employments", "joining.documents.agency", "joining.documents.contract", "joining.documents.dispatched",
    "joining.unconfirmed_days", "dues.percent", "dues.base_step", "dues.paying_standings", "dues.exempt_reasons",
    "retention.identity", "retention.birth", "retention.re_joining", "retention.contact", "retention.career",
    "retention.private", "retention.family", "retention.papers", "retention.history",
)  # fmt: skip
"""Keys that are asked for: what no rule in force speaks about is named as missing. Each subject adds its own."""


def list_membership_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the rules in force on a day, and which are missing."""
    on = request["on"] or tx.today
    found = [rule for rule in rules_in_force(tx, on) if is_used_by(rule.key, "membership")]
    return {
        "on": on,
        "items": [asdict(rule) for rule in found],
        "missing": sorted(set(WANTED) - {rule.key for rule in found}),
    }


def rule_or_reason(tx: Transaction, key: str, on: date) -> tuple[RuleInForce | None, NoRuleInForce | None]:
    """Return the rule in force, or the problem that says there is none."""
    try:
        return rule_in_force(tx, key, on), None
    except NoRuleInForce as missing:
        return None, missing
