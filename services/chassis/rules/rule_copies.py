"""Copies of rules that another service owns, updated by its events.

An event contains the whole rule, so a lost event is made good by the next one. An event that is older than the stored
state of the rule is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from services.chassis.rules.rule_file import EVERY_SCOPE
from services.chassis.rules.rulebook import PolicyRule

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction
    from services.chassis.events.envelope import ReceivedEvent

_FIELDS = ("ruleset", "key", "value", "unit", "title", "number", "article", "valid_from", "valid_to")


def keep_published(tx: Transaction, event: ReceivedEvent) -> None:
    """Store a rule as published; it applies here on the days it is in force."""
    _keep(tx, event, event.data)


def keep_withdrawn(tx: Transaction, event: ReceivedEvent) -> None:
    """Store that a rule was withdrawn; the row stays, so that an older event that comes late changes nothing."""
    _keep(tx, event, {**event.data, "valid_to": event.data["valid_from"] - timedelta(days=1)})


def _keep(tx: Transaction, event: ReceivedEvent, rule: Mapping[str, Any]) -> None:
    tx.lock("rulebook")
    row = tx.session.get(PolicyRule, rule["rule_id"])
    if row is not None and (row.sequence or 0) >= event.sequence:
        return
    if row is None:
        row = PolicyRule(id=rule["rule_id"])
        tx.session.add(row)
    for name in _FIELDS:
        setattr(row, name, rule[name])
    row.scope = rule["scope"] or EVERY_SCOPE
    row.sequence = event.sequence
    tx.session.flush()
