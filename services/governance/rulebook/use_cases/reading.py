"""Reading the dated rules: those in force, missing ones, and the details of one key."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import ChangeHistory
from services.chassis.database.pagination import Key, paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.rules.rulebook import PolicyRule, holds_on, rules_in_force, was_not_withdrawn
from services.contracts.governance.rulebook.keys import rule_key
from services.governance.funds.use_cases.entries import needed_rules

MOST_OF_A_KEY = 100
"""Limit of rules of one key, and of their changes, that are returned: the newest."""


def list_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of rules by key and first day."""
    statement = sa.select(PolicyRule).where(was_not_withdrawn())
    if request["on"] is not None:
        statement = statement.where(holds_on(request["on"]))
    if request["key"]:
        statement = statement.where(PolicyRule.key == request["key"])
    if request["q"]:
        statement = statement.where(PolicyRule.key.icontains(request["q"], autoescape=True))
    keys: list[Key] = [(PolicyRule.key, "asc"), (PolicyRule.valid_from, "asc"), (PolicyRule.id, "asc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    return {"items": [show(rule) for rule in page.rows], "next_cursor": page.next_cursor}


def get_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the definition of a key, its rules, newest first, and their changes.

    Raises:
        NotFound: no decision uses this key.
    """
    known = rule_key(request["key"])
    if known is None:
        raise NotFound("No decision asks for this key.", rule="rulebook.key_is_known", field="key")
    newest_first = sa.select(PolicyRule).order_by(PolicyRule.valid_from.desc(), PolicyRule.id.desc())
    found = tx.session.scalars(newest_first.where(PolicyRule.key == request["key"]).limit(MOST_OF_A_KEY)).all()
    return {
        "key": request["key"],
        "kind": known.kind,
        "unit": known.unit,
        "used_by": list(known.used_by),
        "words": list(known.words),
        "scopes": list(known.scopes),
        "items": [show(rule) for rule in found],
        "changes": _changes(tx, [rule.id for rule in found]),
    }


def list_rules_in_force(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the rules that apply on a day, and the keys that benefits need and that have no rule."""
    on = request["on"] or tx.today
    found = rules_in_force(tx, on)
    names = ("key", "scope", "unit", "document", "number", "article", "ruleset", "valid_from", "valid_to")
    items = [{name: getattr(rule, name) for name in names} | {"value": written(rule.value)} for rule in found]
    return {"on": on, "items": items, "missing": sorted(set(needed_rules()) - {rule.key for rule in found})}


def list_missing_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that benefits need and that have no rule on the day."""
    on = request["on"] or tx.today
    return {"on": on, "keys": missing(tx, on)}


def missing(tx: Transaction, on: date) -> list[str]:
    """Return the keys that the funds use and that have no rule on a day."""
    held = set(tx.session.scalars(sa.select(PolicyRule.key).where(holds_on(on))))
    return sorted(set(needed_rules()) - held)


def subject_of(rule_id: UUID) -> str:
    """Return the subject of a rule's change history."""
    return f"policy_rule/{rule_id}"


def show(rule: PolicyRule) -> dict[str, Any]:
    """Return a rule in the contract's shape."""
    withdrawn = rule.valid_to is not None and rule.valid_to < rule.valid_from
    return {
        "id": rule.id,
        "key": rule.key,
        "scope": rule.scope or None,
        "value": written(rule.value),
        "unit": rule.unit,
        "ruleset": rule.ruleset,
        "document": rule.title,
        "number": rule.number,
        "article": rule.article,
        "valid_from": rule.valid_from,
        "valid_to": None if withdrawn else rule.valid_to,
        "withdrawn": withdrawn,
    }


def written(value: Any) -> str:
    """Return a value as the text an officer would enter."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _changes(tx: Transaction, rule_ids: list[UUID]) -> list[dict[str, Any]]:
    subjects = {subject_of(rule_id): rule_id for rule_id in rule_ids}
    statement = sa.select(ChangeHistory).where(ChangeHistory.subject.in_(subjects))
    rows = tx.session.scalars(statement.order_by(ChangeHistory.id.desc()).limit(MOST_OF_A_KEY))
    return [
        {
            "at": row.changed_at,
            "account_id": _account(row.changed_by),
            "reason": row.reason,
            "rule_id": subjects[row.subject],
            "changes": row.changes,
        }
        for row in rows
    ]


def _account(actor: str) -> UUID | None:
    try:
        return UUID(actor)
    except ValueError:
        return None
