"""Reading the dated rules: those in force, missing ones, and the details of one key."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import ChangeHistory
from services.chassis.database.pagination import Key, paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.rules.rule_file import EVERY_SCOPE, OWN
from services.chassis.rules.rulebook import PolicyRule, holds_on, rules_in_force, was_not_withdrawn
from services.contracts.governance.rulebook.keys import RULE_KEYS, rule_key, uses_of
from services.governance.funds.use_cases.entries import needed_rules
from services.governance.funds.use_cases.expenses import OF_YEAR

Identity = tuple[str, str, str, str, date]
"""Key, scope, qualifiers, rule set and first day of a rule."""
MOST_OF_A_KEY = 100
"""Limit of rules of one key, and of their changes, that are returned: the newest."""


def list_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of rules by key and first day."""
    statement = sa.select(PolicyRule).where(was_not_withdrawn(), *_filters(request))
    keys: list[Key] = [(PolicyRule.key, "asc"), (PolicyRule.valid_from, "asc"), (PolicyRule.id, "asc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    deciding = _deciding(tx, request["on"] or tx.today)
    return {"items": [show(rule, deciding) for rule in page.rows], "next_cursor": page.next_cursor}


def _filters(request: dict[str, Any]) -> Iterator[sa.ColumnElement[bool]]:
    if request["on"] is not None:
        yield holds_on(request["on"])
    for name in ("key", "ruleset"):
        if request[name]:
            yield getattr(PolicyRule, name) == request[name]
    if request["topic"]:
        yield PolicyRule.key.startswith(f"{request['topic']}.", autoescape=True)
    if request["service"]:
        used = [known.key for known in RULE_KEYS if request["service"] in known.used_by]
        yield sa.or_(*(PolicyRule.key.like(key.replace("_", r"\_").replace("*", "%"), escape="\\") for key in used))
    if request["q"]:
        columns = (PolicyRule.key, PolicyRule.title, PolicyRule.number)
        found = (column.icontains(request["q"], autoescape=True) for column in columns)
        yield sa.or_(*found, PolicyRule.key.in_(request["named"]))


def _deciding(tx: Transaction, on: date) -> set[Identity]:
    """Return what identifies the rules that decide on a day."""
    return {
        (rule.key, rule.scope or EVERY_SCOPE, rule.qualifiers, rule.ruleset, rule.valid_from)
        for rule in rules_in_force(tx, on)
    }


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
    deciding = _deciding(tx, tx.today)
    return {
        "key": request["key"],
        "kind": known.kind,
        "unit": known.unit,
        "used_by": list(known.used_by),
        "words": list(known.words),
        "scopes": list(known.scopes),
        "bases": list(known.bases),
        "qualifiers": list(known.qualifiers),
        "uses": list(uses_of(request["key"])),
        "version": version_of(tx, request["key"]),
        "items": [show(rule, deciding) for rule in found],
        "changes": _changes(tx, [rule.id for rule in found]),
    }


def list_rules_in_force(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the rules that apply on a day, and the keys that benefits need and that have no rule."""
    on = request["on"] or tx.today
    found = rules_in_force(tx, on)
    names = (
        "key", "scope", "unit", "document", "number", "article", "ruleset", "valid_from", "valid_to", "basis",
        "qualifiers",
    )  # fmt: skip
    items = [{name: getattr(rule, name) for name in names} | {"value": written(rule.value)} for rule in found]
    return {"on": on, "items": items, "missing": sorted(set(needed_rules()) - {rule.key for rule in found})}


def list_missing_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that benefits need and that have no rule on the day."""
    on = request["on"] or tx.today
    return {"on": on, "keys": missing(tx, on)}


def missing(tx: Transaction, on: date) -> list[str]:
    """Return the keys that the funds use and that have no rule on a day.

    A cap that counts by the year is the cap of a year too.
    """
    held = rules_in_force(tx, on)
    of_year = {rule.key.removesuffix("cap") + "year_cap" for rule in held if rule.basis == OF_YEAR}
    return sorted(set(needed_rules()) - {rule.key for rule in held} - of_year)


def subject_of(rule_id: UUID) -> str:
    """Return the subject of a rule's change history."""
    return f"policy_rule/{rule_id}"


def version_of(tx: Transaction, key: str) -> int:
    """Return a number that grows with each change of the union's own rules of a key."""
    count = sa.func.coalesce(sa.func.sum(PolicyRule.sequence), 0)
    return int(tx.session.scalar(sa.select(count).where(PolicyRule.key == key, PolicyRule.ruleset == OWN)) or 0)


def show(rule: PolicyRule, deciding: Collection[Identity] = ()) -> dict[str, Any]:
    """Return a rule in the contract's shape.

    Args:
        rule: the rule.
        deciding: what identifies the rules that decide.
    """
    withdrawn = rule.valid_to is not None and rule.valid_to < rule.valid_from
    known = rule_key(rule.key)
    return {
        "id": rule.id,
        "key": rule.key,
        "scope": rule.scope or None,
        "qualifiers": rule.qualifiers,
        "value": written(rule.value),
        "unit": rule.unit,
        "basis": rule.basis or (known.bases[0] if known else None),
        "certainty": rule.certainty,
        "ruleset": rule.ruleset,
        "document": rule.title,
        "number": rule.number,
        "article": rule.article,
        "valid_from": rule.valid_from,
        "valid_to": None if withdrawn else rule.valid_to,
        "withdrawn": withdrawn,
        "decides": (rule.key, rule.scope, rule.qualifiers, rule.ruleset, rule.valid_from) in deciding,
        "used_by": list(known.used_by) if known else [],
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
