"""Loading a shipped rule set, and telling which rules are in force and which are missing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.chassis.errors import NoRuleInForce
from services.chassis.rulebook import PolicyRule, RuleInForce, load_rules, rule_in_force
from services.chassis.transaction import Transaction

RULESETS = Path(__file__).parent.parent / "rulesets"

WANTED = (
    "joining.documents.agency", "joining.documents.contract", "joining.documents.dispatched", "dues.percent",
    "dues.base_step", "dues.paying_standings", "dues.exempt_reasons", "retention.identity",
    "retention.birth", "retention.re_joining", "retention.contact", "retention.career", "retention.private",
    "retention.family", "retention.papers", "retention.history",
)  # fmt: skip
"""Keys that are asked for: what no rule in force speaks about is named as missing. Each subject adds its own."""


def load_membership_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    name = request["ruleset"]
    return {"ruleset": name, "rules": load_rules(tx, RULESETS / f"{name}.json", name)}


def list_membership_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    on = request["on"] or tx.today
    statement = (
        sa.select(PolicyRule.key, PolicyRule.scope)
        .where(PolicyRule.valid_from <= on, sa.or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= on))
        .order_by(PolicyRule.key, PolicyRule.scope)
    )
    found = [(key, scope) for key, scope in tx.session.execute(statement)]
    items = [asdict(rule_in_force(tx, key, on, scope or None)) for key, scope in found]
    return {"on": on, "items": items, "missing": sorted(set(WANTED) - {key for key, _ in found})}


def rule_or_reason(tx: Transaction, key: str, on: date) -> tuple[RuleInForce | None, str | None]:
    """Return the rule in force, or the sentence that says there is none."""
    try:
        return rule_in_force(tx, key, on), None
    except NoRuleInForce as missing:
        return None, missing.detail
