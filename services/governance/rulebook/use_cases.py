"""What can be asked of the dated rules: which hold, which are missing; adopting a shipped set, adding an own rule."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.chassis.errors import refuse_first
from services.chassis.history import note_change
from services.chassis.pagination import Key, paginate
from services.chassis.rulebook import PolicyRule, load_rules
from services.chassis.transaction import Transaction
from services.governance.funds.use_cases import needed_rules
from services.governance.rulebook import rules

OWN = "own"
"""Name of the rule set that officers write themselves."""

_RULESETS = Path(__file__).parent.parent / "rulesets"


def list_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of rules by key and first day."""
    statement = sa.select(PolicyRule)
    if request["on"] is not None:
        statement = statement.where(_holds(request["on"]))
    if request["q"]:
        statement = statement.where(PolicyRule.key.icontains(request["q"], autoescape=True))
    keys: list[Key] = [(PolicyRule.key, "asc"), (PolicyRule.valid_from, "asc"), (PolicyRule.id, "asc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    return {"items": [_show(rule) for rule in page.rows], "next_cursor": page.next_cursor}


def list_missing_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the keys some benefit needs and no rule answers on the day."""
    on = request["on"] or tx.today
    return {"on": on, "keys": _missing(tx, on)}


def adopt_rule_set(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Load a shipped rule set; what it does not say is named, never borrowed from another province.

    A rule the union replaced by its own keeps the last day it was given then.
    """
    name = request["ruleset"]
    content = json.loads((_RULESETS / f"{name}.json").read_text(encoding="utf-8"))
    own = tx.session.scalars(sa.select(PolicyRule).where(PolicyRule.ruleset == OWN)).all()
    changed = load_rules(tx, [_ended(rule, own) for rule in content["rules"]], name)
    return {"ruleset": name, "changed": changed, "absent": _missing(tx, tx.today)}


def set_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a rule of the union's own in force; the rule that held before ends the day before.

    Raises:
        Refused: the value cannot be read as what the key stands for.
        Conflict: a rule for the same key begins later, or on the same day in a shipped set.
    """
    refuse_first([rules.value_fits_key(request["key"], request["value"])])
    tx.lock("rulebook")
    before = _find(tx, request)
    old = before.value if before else None
    _end_before(tx, request["key"], request["valid_from"])
    load_rules(tx, [_written(request)], OWN)
    rule = _find(tx, request)
    if rule is None:
        raise LookupError(request["key"])
    note_change(tx, f"policy_rule/{rule.id}", {"value": (old, rule.value)})
    return _show(rule)


def _written(request: dict[str, Any]) -> dict[str, Any]:
    """Return an officer's rule as a rule file would say it."""
    is_forms = request["key"].endswith(".forms")
    return {
        "key": request["key"],
        "value": rules.forms_in(request["value"]) if is_forms else request["value"],
        "unit": request["unit"] or ("form" if is_forms else "yuan"),
        "title": request["document"],
        "number": request["number"],
        "article": request["article"],
        "valid_from": request["valid_from"].isoformat(),
        "valid_to": request["valid_to"].isoformat() if request["valid_to"] else None,
    }


def _ended(rule: dict[str, Any], own: Sequence[PolicyRule]) -> dict[str, Any]:
    """Return a shipped rule that ends before the union's own rule of the same key begins."""
    later = [
        each.valid_from for each in own if each.key == rule["key"] and each.valid_from.isoformat() > rule["valid_from"]
    ]
    if not later:
        return rule
    last = (min(later) - timedelta(days=1)).isoformat()
    return {**rule, "valid_to": min(last, rule.get("valid_to") or last)}


def _find(tx: Transaction, request: dict[str, Any]) -> PolicyRule | None:
    return tx.session.scalar(
        sa.select(PolicyRule).where(
            PolicyRule.key == request["key"], PolicyRule.scope == "", PolicyRule.valid_from == request["valid_from"]
        )
    )


def _end_before(tx: Transaction, key: str, begins: date) -> None:
    """Give the rule that holds when another begins its last day."""
    earlier = tx.session.scalars(
        sa.select(PolicyRule)
        .where(PolicyRule.key == key, PolicyRule.scope == "", PolicyRule.valid_from < begins)
        .where(sa.or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= begins))
    ).all()
    for rule in earlier:
        last = begins - timedelta(days=1)
        note_change(tx, f"policy_rule/{rule.id}", {"valid_to": (rule.valid_to, last)})
        rule.valid_to = last
    tx.session.flush()


def _missing(tx: Transaction, on: date) -> list[str]:
    held = set(tx.session.scalars(sa.select(PolicyRule.key).where(_holds(on))))
    return sorted(set(needed_rules()) - held)


def _holds(on: date) -> sa.ColumnElement[bool]:
    return sa.and_(PolicyRule.valid_from <= on, sa.or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= on))


def _show(rule: PolicyRule) -> dict[str, Any]:
    value = rule.value
    return {
        "key": rule.key,
        "value": ", ".join(str(each) for each in value) if isinstance(value, list) else str(value),
        "unit": rule.unit,
        "ruleset": rule.ruleset,
        "document": rule.title,
        "number": rule.number,
        "article": rule.article,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
    }
