"""Which dated rules activities decides by, and which it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import rules_in_force
from services.contracts.governance.rulebook.keys import asked_for_by, is_used_by


def list_activities_rules(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules in force on a day, and which are missing."""
    on = request["on"] or tx.today
    found = [rule for rule in rules_in_force(tx, on) if is_used_by(rule.key, "activities")]
    return {
        "on": on,
        "items": [asdict(rule) for rule in found],
        "missing": sorted(asked_for_by("activities") - {rule.key for rule in found}),
    }
