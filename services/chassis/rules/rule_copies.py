"""Copies of rules that another service owns, kept by what it announces about them.

An announcement holds the rule whole, so one that was never heard is made good by the next; one that is older than what
was heard of the same rule is passed over.
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
    """Keep a rule as it was published: it decides here from now on, on the days it holds."""
    _keep(tx, event, event.data)


def keep_withdrawn(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep that a rule never holds; the row stays, so that an older announcement that comes late changes nothing."""
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
