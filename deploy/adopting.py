"""Adopting a shipped rule set in a running union, and waiting until every service decides by it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from services.chassis.schema import Operation
from services.contracts.activities.rulebook import list_activities_rules
from services.contracts.governance.rulebook.keys import is_used_by
from services.contracts.governance.rulebook.operations import adopt_rule_set, list_rules_in_force
from services.contracts.membership.rulebook import list_membership_rules
from services.contracts.welfare.rulebook import list_welfare_rules

COPIES = {
    "membership": list_membership_rules, "welfare": list_welfare_rules, "activities": list_activities_rules,
}  # fmt: skip
"""The services that decide by copies, with the query for what is in force there."""
PATIENCE = 60.0
"""Seconds to wait for the copies; events take less than one unless a service is away."""
_PAUSE = 0.2
_IDENTITY = ("key", "scope", "qualifiers", "ruleset", "valid_from")

Ask = Callable[[Operation, dict[str, Any]], dict[str, Any]]


def adopt(ask: Ask, ruleset: str) -> list[str]:
    """Adopt a rule set; return the services that do not decide by it yet when the wait is over, normally none.

    Args:
        ask: calls an operation.
        ruleset: name of the set.
    """
    ask(adopt_rule_set, {"ruleset": ruleset})
    in_force = _identities(ask(list_rules_in_force, {}))
    wanted = {service: {one for one in in_force if is_used_by(str(one[0]), service)} for service in COPIES}
    ends = time.monotonic() + PATIENCE
    while True:
        held = {service: _identities(ask(operation, {})) for service, operation in COPIES.items()}
        behind = [service for service in COPIES if wanted[service] - held[service]]
        if not behind or time.monotonic() > ends:
            return behind
        time.sleep(_PAUSE)


def _identities(answer: dict[str, Any]) -> set[tuple[Any, ...]]:
    return {tuple(one.get(name) for name in _IDENTITY) for one in answer["items"]}
