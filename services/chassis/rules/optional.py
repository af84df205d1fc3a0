"""Dated rules that work goes on without: nothing is refused where there is none; the console lists it as missing."""

from __future__ import annotations

from datetime import date

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce, rule_in_force


def rule_or_none(tx: Transaction, key: str, on: date, scope: str | None = None) -> RuleInForce | None:
    """Return the rule for `key` on a day in China, preferably of a scope; None where no rule is in force."""
    try:
        return rule_in_force(tx, key, on, scope)
    except NoRuleInForce:
        return None


def count_or_none(tx: Transaction, key: str) -> int | None:
    """Return the whole number that the rule for `key` says today, None where no rule is in force."""
    rule = rule_or_none(tx, key, tx.today)
    return None if rule is None else rule.count
