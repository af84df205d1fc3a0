"""Loading a shipped rule set, and telling which rules are in force and which are missing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce, load_rules, rule_in_force, rule_sets, rules_in_force
from services.contracts.membership.rulebook import RULE_SETS

RULESETS = Path(__file__).parents[2] / "rulesets"

WANTED = (
    "joining.employments", "joining.documents.agency", "joining.documents.contract", "joining.documents.dispatched",
    "joining.unconfirmed_days", "dues.percent", "dues.base_step", "dues.paying_standings", "dues.exempt_reasons",
    "retention.identity", "retention.birth", "retention.re_joining", "retention.contact", "retention.career",
    "retention.private", "retention.family", "retention.papers", "retention.history",
)  # fmt: skip
"""Keys that are asked for: what no rule in force speaks about is named as missing. Each subject adds its own."""


def load_membership_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Load a shipped rule set."""
    name = request["ruleset"]
    return {"ruleset": name, "rules": load_rules(tx, RULESETS / f"{name}.json", name)}


def bring_shipped_rules(tx: Transaction) -> int:
    """Bring the national rules of this release, and the demonstration's where they were loaded; own rules stay.

    Returns:
        How many rules were added or changed.
    """
    names = {"national"} | (rule_sets(tx) & set(RULE_SETS))
    return sum(load_membership_rules(tx, {"ruleset": name})["rules"] for name in sorted(names))


def list_membership_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the rules in force on a day, and which are missing."""
    on = request["on"] or tx.today
    found = rules_in_force(tx, on)
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
