"""Dated rules for a system that copies them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.events.snapshots import snapshot_page
from services.chassis.rules.rule_file import EVERY_SCOPE
from services.chassis.rules.rulebook import PolicyRule, was_not_withdrawn
from services.contracts.governance.rulebook.events import RuleData
from services.contracts.snapshots import MOST_ROWS

_FACTS = tuple(name for name in RuleData().fields if name not in ("rule_id", "scope"))


def snapshot_rules(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of all rules, past and future ones too, as their events announce them; none that was withdrawn."""
    scope = sa.func.nullif(PolicyRule.scope, EVERY_SCOPE).label("scope")
    columns = PolicyRule.id.label("rule_id"), scope, *(getattr(PolicyRule, name) for name in _FACTS)
    rules = sa.select(*columns).where(was_not_withdrawn())
    return snapshot_page(tx, rules, PolicyRule.id, "rule", request, MOST_ROWS)
