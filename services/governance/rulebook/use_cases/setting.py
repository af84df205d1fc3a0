"""Changing the dated rules: adopting a shipped set, setting, ending and withdrawing a rule of the union's own.

A rule of the union's own takes precedence over shipped ones of the same key, scope and day; the shipped rule is not
changed and applies again when the own one has ended. Every change records an event.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.rule_file import EVERY_SCOPE, OWN
from services.chassis.rules.rulebook import PolicyRule, load_rules, rule_sets, was_not_withdrawn
from services.contracts.governance.rulebook.keys import RuleKey, rule_key
from services.governance.rulebook import rules
from services.governance.rulebook.use_cases import announcing
from services.governance.rulebook.use_cases.reading import missing, show, subject_of

RULESETS = Path(__file__).parents[2] / "rulesets"
_DAY = timedelta(days=1)


def adopt_rule_set(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Load a shipped rule set; missing rules are named, never taken from another province."""
    name = request["ruleset"]
    return {"ruleset": name, "changed": _load(tx, name), "absent": missing(tx, tx.today)}


def bring_shipped_rules(tx: Transaction) -> int:
    """Load the national rules of this release and those of adopted sets; the union's own are not changed.

    Returns:
        How many rules were added or changed.
    """
    changed = sum(_load(tx, name) for name in sorted({"national"} | (rule_sets(tx) - {OWN})))
    announcing.publish_unheard(tx)
    return changed


def set_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set a rule of the union's own; its previous rule ends the day before.

    If there is a later own rule already, this one ends the day before that begins.

    Raises:
        Refused: no decision uses the key or scope, the value is malformed, or the days are not plausible.
    """
    known = rule_key(request["key"])
    begins = request["valid_from"]
    refuse_first(
        [
            rules.key_is_known(request["key"], known is not None),
            rules.first_day_is_plausible(begins, request["valid_to"], tx.today),
        ]
    )
    assert known is not None
    value = _value(known, request)
    tx.lock("rulebook")
    standing = _own(tx, request["key"], request["scope"] or EVERY_SCOPE)
    for earlier in _holding(standing, begins):
        _set_last_day(tx, earlier, begins - _DAY)
        announcing.publish(tx, earlier)
    rule = _find(tx, request) or PolicyRule(id=uuid7(), ruleset=OWN, valid_from=begins)
    ends = _last_day(request["valid_to"], [row for row in standing if row.valid_from > begins])
    if _write(tx, rule, known, request, value, ends):
        announcing.publish(tx, rule)
    return show(rule)


def end_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the last day of a rule of the union's own.

    Raises:
        NotFound: there is no such rule, or it was withdrawn.
        Refused: it is a shipped rule, or the day is past.
    """
    rule = _require(tx, request["rule_id"])
    last = request["last_day"]
    refuse_first([rules.rule_is_own(rule.ruleset, OWN), rules.last_day_can_be_set(rule.valid_from, last, tx.today)])
    following = [row for row in _own(tx, rule.key, rule.scope) if row.valid_from > rule.valid_from]
    ends = _last_day(last, following)
    if ends != rule.valid_to:
        _set_last_day(tx, rule, ends, request["reason"])
        announcing.publish(tx, rule)
        _let_shipped_go_on(tx, rule)
    return show(rule)


def withdraw_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a rule that was set by mistake; the union's rule that ended because of it continues.

    Raises:
        NotFound: there is no such rule, or it was withdrawn already.
        Refused: it is a shipped rule, or has been in force.
    """
    rule = _require(tx, request["rule_id"])
    refuse_first([rules.rule_is_own(rule.ruleset, OWN), rules.rule_can_be_withdrawn(rule.valid_from, tx.today)])
    ended = rule.valid_to
    _set_last_day(tx, rule, rule.valid_from - _DAY, request["reason"])
    announcing.withdraw(tx, rule)
    _let_shipped_go_on(tx, rule)
    for earlier in _own(tx, rule.key, rule.scope):
        if earlier.valid_to == rule.valid_from - _DAY:
            _set_last_day(tx, earlier, ended, request["reason"])
            announcing.publish(tx, earlier)
    return show(rule)


def _load(tx: Transaction, name: str) -> int:
    content = json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))
    shared = name in announcing.BROUGHT_BY_EVERY_SERVICE
    before = [] if shared else [announcing.as_data(rule) for rule in _of_set(tx, name)]
    ended = _ended_by_own(tx, name)
    changed = load_rules(tx, [{**rule, **ended.get(_identity(rule), {})} for rule in content["rules"]], name)
    if not shared:
        announcing.publish_changed(tx, before, _of_set(tx, name))
    return changed


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


def _let_shipped_go_on(tx: Transaction, own: PolicyRule) -> None:
    """Restore the days of shipped rules that a previous release ended for an own rule."""
    statement = sa.select(PolicyRule.ruleset).where(
        PolicyRule.key == own.key,
        PolicyRule.scope == own.scope,
        PolicyRule.ruleset != OWN,
        PolicyRule.valid_to == own.valid_from - _DAY,
    )
    for name in tx.session.scalars(statement.distinct()).all():
        _load(tx, name)


def _of_set(tx: Transaction, name: str) -> Sequence[PolicyRule]:
    return tx.session.scalars(sa.select(PolicyRule).where(PolicyRule.ruleset == name, was_not_withdrawn())).all()


def _value(known: RuleKey, request: dict[str, Any]) -> rules.Value:
    refuse_first([rules.scope_fits_key(request["scope"], known.scopes)])
    value = rules.read_value(request["key"], known.kind, known.words, request["value"])
    if isinstance(value, Refusal):
        raise Refused.by(value)
    return value


def _own(tx: Transaction, key: str, scope: str) -> Sequence[PolicyRule]:
    """Return the union's own rules of a key and scope that were not withdrawn, oldest first."""
    statement = sa.select(PolicyRule).where(
        PolicyRule.ruleset == OWN, PolicyRule.key == key, PolicyRule.scope == scope, was_not_withdrawn()
    )
    return tx.session.scalars(statement.order_by(PolicyRule.valid_from)).all()


def _find(tx: Transaction, request: dict[str, Any]) -> PolicyRule | None:
    """Return the union's own rule of the same first day, also a withdrawn one."""
    return tx.session.scalar(
        sa.select(PolicyRule).where(
            PolicyRule.ruleset == OWN,
            PolicyRule.key == request["key"],
            PolicyRule.scope == (request["scope"] or EVERY_SCOPE),
            PolicyRule.valid_from == request["valid_from"],
        )
    )


def _require(tx: Transaction, rule_id: UUID) -> PolicyRule:
    tx.lock("rulebook")
    rule = tx.session.get(PolicyRule, rule_id)
    if rule is None or (rule.valid_to is not None and rule.valid_to < rule.valid_from):
        raise NotFound("There is no such rule.", rule="rulebook.rule_stands", field="rule_id")
    return rule


def _holding(own: Sequence[PolicyRule], begins: date) -> list[PolicyRule]:
    """Return the rules that began before a day and would be in force on it."""
    return [row for row in own if row.valid_from < begins and (row.valid_to is None or row.valid_to >= begins)]


def _last_day(wanted: date | None, following: Sequence[PolicyRule]) -> date | None:
    """Return the last day of a rule: the requested one, or the day before the next begins."""
    if not following:
        return wanted
    latest = following[0].valid_from - _DAY
    return latest if wanted is None else min(wanted, latest)


def _write(
    tx: Transaction, rule: PolicyRule, known: RuleKey, request: dict[str, Any], value: rules.Value, ends: date | None
) -> bool:
    """Update a rule and store the change history; return whether anything changed."""
    wanted = {
        "key": request["key"],
        "scope": request["scope"] or EVERY_SCOPE,
        "value": value,
        "unit": request["unit"] or known.unit,
        "title": request["document"],
        "number": request["number"],
        "article": request["article"],
        "valid_to": ends,
    }
    changes = {name: (getattr(rule, name), new) for name, new in wanted.items() if getattr(rule, name) != new}
    for name, new in wanted.items():
        setattr(rule, name, new)
    tx.session.add(rule)
    tx.session.flush()
    note_change(tx, subject_of(rule.id), changes)
    return bool(changes)


def _set_last_day(tx: Transaction, rule: PolicyRule, last: date | None, reason: str | None = None) -> None:
    note_change(tx, subject_of(rule.id), {"valid_to": (rule.valid_to, last)}, reason)
    rule.valid_to = last
    tx.session.flush()
