"""Telling the other services what is in the rulebook: they keep copies and decide by them.

What ships with every service (`national`, `demo`) is not announced: each brings its own part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import PolicyRule
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn

BROUGHT_BY_EVERY_SERVICE = ("national", "demo")


def publish(tx: Transaction, rule: PolicyRule) -> None:
    """Announce a rule as it stands now."""
    _count(rule)
    tx.record(RulePublished(**as_data(rule)))


def withdraw(tx: Transaction, rule: PolicyRule) -> None:
    """Announce that a rule never holds."""
    _count(rule)
    tx.record(RuleWithdrawn(**{**as_data(rule), "valid_to": None}))


def publish_unheard(tx: Transaction) -> int:
    """Announce what was set by a release that announced nothing; return how many rules that were."""
    unheard = tx.session.scalars(
        sa.select(PolicyRule)
        .where(PolicyRule.sequence.is_(None), PolicyRule.ruleset.not_in(BROUGHT_BY_EVERY_SERVICE))
        .order_by(PolicyRule.id)
    ).all()
    for rule in unheard:
        publish(tx, rule)
    return len(unheard)


def publish_changed(tx: Transaction, before: Iterable[dict[str, Any]], rules: Iterable[PolicyRule]) -> None:
    """Announce those of a set's rules that are not what they were before."""
    known = {data["rule_id"]: data for data in before}
    for rule in rules:
        if known.get(rule.id) != as_data(rule):
            publish(tx, rule)


def as_data(rule: PolicyRule) -> dict[str, Any]:
    """Return a rule as it is announced."""
    names = ("key", "value", "unit", "ruleset", "title", "number", "article", "valid_from", "valid_to")
    return {"rule_id": rule.id, "scope": rule.scope or None, **{name: getattr(rule, name) for name in names}}


def _count(rule: PolicyRule) -> None:
    rule.sequence = (rule.sequence or 0) + 1
