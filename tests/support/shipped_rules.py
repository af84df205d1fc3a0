"""Shipped rules in a service that keeps copies, as if governance's events had arrived."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from services.chassis.database.transaction import transaction
from services.chassis.rules.rule_file import read_rules
from services.chassis.rules.rulebook import load_rules
from services.contracts.governance.rulebook.events import RulePublished
from services.governance.rulebook.use_cases.shipping import RULESETS
from tests.support.service_harness import ServiceHarness


def keep_shipped_rules(harness: ServiceHarness, *names: str) -> None:
    """Store the rules of shipped sets as copies."""
    with transaction(harness.database) as tx:
        for name in names:
            load_rules(tx, RULESETS / f"{name}.json", name)


def rules_of(name: str) -> list[dict[str, Any]]:
    """Return the rules of a shipped set as its file has them."""
    content = json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))
    return list(content["rules"])


def published(name: str) -> Iterator[dict[str, Any]]:
    """Yield the data of the events of a shipped set, without the ids."""
    ruleset, rules = read_rules(RULESETS / f"{name}.json", name)
    for rule in rules:
        yield {**RulePublished.load(RulePublished.example), **rule, "ruleset": ruleset, "scope": rule["scope"] or None}
