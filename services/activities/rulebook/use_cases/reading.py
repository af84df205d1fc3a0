"""Which dated rules activities decides by, and which it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import told_in_force
from services.contracts.governance.rulebook.keys import asked_for_by, is_used_by

_USED = partial(is_used_by, service="activities")


def list_activities_rules(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules in force on a day, and which are missing."""
    return told_in_force(tx, request["on"], used=_USED, wanted=lambda _: asked_for_by("activities"))
