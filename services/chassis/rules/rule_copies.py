"""Copies of the rules that governance owns, updated by its events.

An event contains the whole rule, so a lost event is made good by the next one. An event that is older than the stored
state of the rule is ignored. A copy that an earlier release loaded from a file stays in force until the event of the
same rule takes it over: same key, scope, qualifiers, first day and rule set.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from services.chassis.rules.qualifiers import UNQUALIFIED
from services.chassis.rules.rule_file import EVERY_SCOPE
from services.chassis.rules.rulebook import PolicyRule

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction
    from services.chassis.events.envelope import ReceivedEvent

_FIELDS = ("ruleset", "key", "value", "unit", "title", "number", "article", "valid_from", "valid_to")
_ADDED_FIELDS = ("basis", "certainty")
"""Fields that events of earlier releases lack."""


def keep_published(tx: Transaction, event: ReceivedEvent) -> None:
    """Store a rule as published; it applies here on the days it is in force."""
    _keep(tx, event, event.data)


def keep_withdrawn(tx: Transaction, event: ReceivedEvent) -> None:
    """Store that a rule was withdrawn; the row stays, so that an older event that comes late changes nothing."""
    _keep(tx, event, {**event.data, "valid_to": event.data["valid_from"] - timedelta(days=1)})


def _keep(tx: Transaction, event: ReceivedEvent, rule: Mapping[str, Any]) -> None:
    tx.lock("rulebook")
    row = tx.session.get(PolicyRule, rule["rule_id"]) or _of_same_identity(tx, rule)
    if row is not None and not _is_older(row, event, rule["rule_id"]):
        return
    if row is None:
        row = PolicyRule()
        tx.session.add(row)
    row.id = rule["rule_id"]
    for name in _FIELDS:
        setattr(row, name, rule[name])
    for name in _ADDED_FIELDS:
        setattr(row, name, rule.get(name))
    row.scope, row.qualifiers = rule["scope"] or EVERY_SCOPE, rule.get("qualifiers") or UNQUALIFIED
    row.sequence = event.sequence
    tx.session.flush()


def _of_same_identity(tx: Transaction, rule: Mapping[str, Any]) -> PolicyRule | None:
    """Return the row of the same rule under another id, such as the copy that an earlier release read from a file."""
    return tx.session.scalar(
        select(PolicyRule).where(
            PolicyRule.key == rule["key"],
            PolicyRule.scope == (rule["scope"] or EVERY_SCOPE),
            PolicyRule.qualifiers == (rule.get("qualifiers") or UNQUALIFIED),
            PolicyRule.valid_from == rule["valid_from"],
            PolicyRule.ruleset == rule["ruleset"],
        )
    )


def _is_older(row: PolicyRule, event: ReceivedEvent, rule_id: UUID) -> bool:
    """Whether a stored row is older than an event; ids grow with time, and a row read from a file has no number."""
    if row.sequence is None:
        return True
    return row.sequence < event.sequence if row.id == rule_id else row.id < rule_id
