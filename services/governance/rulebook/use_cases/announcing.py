"""Events of the rulebook, from which the other services update their copies.

Rules that ship with every service (`national`, `demo`) have no events: each service loads its own part.
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
    """Record the event of a rule's present state."""
    _count(rule)
    tx.record(RulePublished(**as_data(rule)))


def withdraw(tx: Transaction, rule: PolicyRule) -> None:
    """Record the event that a rule was withdrawn."""
    _count(rule)
    tx.record(RuleWithdrawn(**{**as_data(rule), "valid_to": None}))


def publish_unheard(tx: Transaction) -> int:
    """Record events for rules set by a release without events; return how many."""
    unheard = tx.session.scalars(
        sa.select(PolicyRule)
        .where(PolicyRule.sequence.is_(None), PolicyRule.ruleset.not_in(BROUGHT_BY_EVERY_SERVICE))
        .order_by(PolicyRule.id)
    ).all()
    for rule in unheard:
        publish(tx, rule)
    return len(unheard)


def publish_changed(tx: Transaction, before: Iterable[dict[str, Any]], rules: Iterable[PolicyRule]) -> None:
    """Record events for the changed rules of a set."""
    known = {data["rule_id"]: data for data in before}
    for rule in rules:
        if known.get(rule.id) != as_data(rule):
            publish(tx, rule)


def as_data(rule: PolicyRule) -> dict[str, Any]:
    """Return the data of a rule's event."""
    names = ("key", "value", "unit", "ruleset", "title", "number", "article", "valid_from", "valid_to")
    return {"rule_id": rule.id, "scope": rule.scope or None, **{name: getattr(rule, name) for name in names}}


def _count(rule: PolicyRule) -> None:
    rule.sequence = (rule.sequence or 0) + 1
