"""The figures of the retirement rule, read from the rulebook as they are in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.membership.retirement.rules import ORIGINAL_AGES, Curve

FLEXIBLE = "retirement.flexible"


def curve_of(figures: Mapping[str, Any], flexible: Any) -> Curve:
    """Return the curve a rule's value states: `base` (years), `start` (month), `step`, `max` (months)."""
    start = date.fromisoformat(f"{figures['start']}-01")
    return Curve(int(figures["base"]), start, int(figures["step"]), int(figures["max"]), int(flexible))


def rules_of(tx: Transaction, original_age: str, on: date) -> tuple[RuleInForce, RuleInForce]:
    """Return the rules in force for a class: its curve, and the choice of earlier or later.

    Raises:
        NoRuleInForce: one of them is missing; no other is taken in its place.
    """
    return rule_in_force(tx, f"retirement.{original_age.lower()}", on), rule_in_force(tx, FLEXIBLE, on)


def curve_in_force(tx: Transaction, original_age: str, on: date) -> Curve:
    """Return the curve of a class. Raises `NoRuleInForce`."""
    curve, flexible = rules_of(tx, original_age, on)
    return curve_of(curve.value, flexible.value)


def curves_in_force(tx: Transaction, on: date) -> dict[str, Curve]:
    """Return the curves of all classes that have one."""
    found = {}
    for original_age in ORIGINAL_AGES:
        try:
            found[original_age] = curve_in_force(tx, original_age, on)
        except NoRuleInForce:
            continue
    return found
