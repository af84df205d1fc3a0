"""The rule sets that ship with a release: loading and adopting them, and publishing their rules to every service."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rule_file import EVERY_SCOPE, OWN, RuleSchema
from services.chassis.rules.rulebook import PolicyRule, load_rules, rule_sets, was_not_withdrawn
from services.contracts.governance.rulebook.vocabulary import SHIPPED_SETS
from services.governance.rulebook.use_cases import announcing
from services.governance.rulebook.use_cases.reading import missing, written

RULESETS = Path(__file__).parents[2] / "rulesets"
_DAY = timedelta(days=1)


def adopt_rule_set(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Load a shipped rule set; missing rules are named, never taken from another province."""
    name = request["ruleset"]
    return {"ruleset": name, "changed": _load(tx, name), "absent": missing(tx, tx.today)}


def list_rule_sets(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the shipped sets with what each says."""
    adopted = rule_sets(tx)
    return {
        "items": [
            {"ruleset": name, "adopted": name in adopted, "items": [_shown(rule, name) for rule in _rules_of(name)]}
            for name in SHIPPED_SETS
        ]
    }


def bring_shipped_rules(tx: Transaction, adopted: Collection[str] = (), heard: Collection[UUID] | None = None) -> int:
    """Load the national rules of this release and those of adopted sets; the union's own are not changed.

    Args:
        tx: the transaction.
        adopted: further sets, which an earlier release loaded into other services without governance.
        heard: ids of the rules of which every service keeps a copy; others are published again, because a service that
            began to listen later has heard of none. None when nothing is known about the copies.

    Returns:
        How many rules were added or changed.
    """
    if heard is not None:
        announcing.publish_again(tx, heard)
    known = (rule_sets(tx) | set(adopted)) & set(SHIPPED_SETS)
    changed = sum(_load(tx, name) for name in sorted({"national"} | known))
    announcing.publish_unheard(tx)
    return changed


def let_shipped_go_on(tx: Transaction, own: PolicyRule) -> None:
    """Restore the days of shipped rules that a previous release ended for an own rule."""
    statement = sa.select(PolicyRule.ruleset).where(
        PolicyRule.key == own.key,
        PolicyRule.scope == own.scope,
        PolicyRule.ruleset != OWN,
        PolicyRule.valid_to == own.valid_from - _DAY,
    )
    for name in tx.session.scalars(statement.distinct()).all():
        _load(tx, name)


def _load(tx: Transaction, name: str) -> int:
    before = [announcing.as_data(rule) for rule in _of_set(tx, name)]
    ended = _ended_by_own(tx, name)
    changed = load_rules(tx, [{**rule, **ended.get(_identity(rule), {})} for rule in _rules_of(name)], name)
    announcing.publish_changed(tx, before, _of_set(tx, name))
    return changed


def _rules_of(name: str) -> list[dict[str, Any]]:
    content = json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))
    return list(content["rules"])


def _shown(rule: dict[str, Any], name: str) -> dict[str, Any]:
    said = RuleSchema().load(rule)
    return {
        **said,
        "value": written(said["value"]),
        "scope": said["scope"] or None,
        "document": said["title"],
        "ruleset": name,
    }


def _ended_by_own(tx: Transaction, name: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """Return the last days that a previous release set for shipped rules when the union set its own.

    They stay while the own rule is in force, because replicas of that release may still run and use any rule in force.
    """
    own = {(row.key, row.scope, row.valid_from) for row in _of_set(tx, OWN) if row.valid_to is None}
    return {
        (row.key, row.scope, row.valid_from.isoformat()): {"valid_to": row.valid_to.isoformat()}
        for row in _of_set(tx, name)
        if row.valid_to is not None and (row.key, row.scope, row.valid_to + _DAY) in own
    }


def _identity(rule: dict[str, Any]) -> tuple[str, str, str]:
    return rule["key"], rule.get("scope") or EVERY_SCOPE, rule["valid_from"]


def _of_set(tx: Transaction, name: str) -> Sequence[PolicyRule]:
    return tx.session.scalars(sa.select(PolicyRule).where(PolicyRule.ruleset == name, was_not_withdrawn())).all()
