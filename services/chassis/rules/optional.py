"""Dated rules that work goes on without: nothing is refused where there is none, and what is missing is told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce, rule_in_force, rules_in_force


def rule_or_reason(
    tx: Transaction, key: str, on: date, scope: str | None = None
) -> tuple[RuleInForce | None, NoRuleInForce | None]:
    """Return the rule in force, one of the scope before the general one, or the problem that says there is none."""
    try:
        return rule_in_force(tx, key, on, scope), None
    except NoRuleInForce as missing:
        return None, missing


def rule_or_none(tx: Transaction, key: str, on: date, scope: str | None = None) -> RuleInForce | None:
    """Return the rule for `key` on a day in China, preferably of a scope; None where no rule is in force."""
    return rule_or_reason(tx, key, on, scope)[0]


def count_or_none(tx: Transaction, key: str) -> int | None:
    """Return the whole number that the rule for `key` says today, None where no rule is in force."""
    rule = rule_or_none(tx, key, tx.today)
    return None if rule is None else rule.count


def told_in_force(
    tx: Transaction, on: date | None, *, used: Callable[[str], bool], wanted: Callable[[date], Collection[str]]
) -> dict[str, Any]:
    """Return the rules in force that a service decides by, and which are missing, as services tell them.

    Args:
        tx: the transaction.
        on: the day; None for today.
        used: whether the service decides by a key.
        wanted: the keys it asks for on a day.
    """
    day = on or tx.today
    found = [rule for rule in rules_in_force(tx, day) if used(rule.key)]
    missing = sorted(set(wanted(day)) - {rule.key for rule in found})
    return {"on": day, "items": [asdict(rule) for rule in found], "missing": missing}
