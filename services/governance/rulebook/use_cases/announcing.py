"""Events of the rulebook, from which the other services update their copies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import PolicyRule, was_not_withdrawn
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn

_COLUMNS = (
    "key", "value", "unit", "ruleset", "title", "number", "article", "valid_from", "valid_to", "basis", "qualifiers",
    "certainty",
)  # fmt: skip


def publish(tx: Transaction, rule: PolicyRule) -> None:
    """Record the event of a rule's present state."""
    _count(rule)
    tx.record(RulePublished(**as_data(rule)))


def withdraw(tx: Transaction, rule: PolicyRule) -> None:
    """Record the event that a rule was withdrawn."""
    _count(rule)
    tx.record(RuleWithdrawn(**{**as_data(rule), "valid_to": None}))


def publish_unheard(tx: Transaction) -> None:
    """Record events for rules that were stored by a release without events."""
    for rule in tx.session.scalars(_rules().where(PolicyRule.sequence.is_(None))).all():
        publish(tx, rule)


def publish_again(tx: Transaction, heard: Collection[UUID]) -> None:
    """Record an event for every published rule that a service has not heard of; withdrawn ones need none."""
    published = _rules().where(PolicyRule.sequence.is_not(None), was_not_withdrawn())
    for rule in tx.session.scalars(published).all():
        if rule.id not in heard:
            publish(tx, rule)


def publish_changed(tx: Transaction, before: Iterable[dict[str, Any]], rules: Iterable[PolicyRule]) -> None:
    """Record events for the changed rules of a set."""
    known = {data["rule_id"]: data for data in before}
    for rule in rules:
        if known.get(rule.id) != as_data(rule):
            publish(tx, rule)


def as_data(rule: PolicyRule) -> dict[str, Any]:
    """Return the data of a rule's event."""
    return {"rule_id": rule.id, "scope": rule.scope or None, **{name: getattr(rule, name) for name in _COLUMNS}}


def _rules() -> sa.Select[Any]:
    return sa.select(PolicyRule).order_by(PolicyRule.id)


def _count(rule: PolicyRule) -> None:
    rule.sequence = (rule.sequence or 0) + 1
