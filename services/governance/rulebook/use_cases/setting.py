"""Changing the union's own rules: setting, ending, withdrawing one, and saying what a change would leave.

A rule of the union's own takes precedence over shipped ones of the same key, scope, qualifiers and day; the shipped
rule is not changed and applies again when the own one has ended. Every change records an event.
"""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.rule_file import OWN
from services.chassis.rules.rulebook import PolicyRule
from services.governance.rulebook import rules
from services.governance.rulebook.timeline_rules import Span, after_ending, after_setting, after_withdrawing
from services.governance.rulebook.use_cases import announcing, own
from services.governance.rulebook.use_cases.reading import show
from services.governance.rulebook.use_cases.shipping import let_shipped_go_on


def set_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set a rule of the union's own; its previous rule ends the day before.

    If there is a later own rule already, this one ends the day before that begins.

    Raises:
        Refused: no decision uses the key, scope, qualifiers or basis, the value is malformed, or the days are not
            plausible.
        Conflict: somebody changed the key's own rules since the version that the request names.
    """
    _, columns = own.require_settable(tx, request)
    tx.lock("rulebook")
    own.require_version(tx, request["key"], request["version"])
    rows = _rows(tx, columns)
    rule = own.rule_of_day(tx, *_identity(columns), request["valid_from"])
    rule = rule or PolicyRule(id=uuid7(), ruleset=OWN, valid_from=request["valid_from"])
    spans = after_setting(own.spans_of(rows), Span(rule.id, rule.valid_from, request["valid_to"]))
    own.apply(tx, [row for row in rows if row is not rule], spans, None)
    last = next(span.last for span in spans if span.rule_id == rule.id)
    if own.write(tx, rule, {**columns, "valid_to": last}):
        own.note_shortened(tx, rule, request["valid_to"])
        announcing.publish(tx, rule)
    return show(rule)


def end_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the last day of a rule of the union's own.

    Raises:
        NotFound: there is no such rule, or it was withdrawn.
        Refused: it is a shipped rule, or the day is past.
    """
    tx.lock("rulebook")
    rule = own.require_rule(tx, request["rule_id"])
    _require_endable(tx, rule, request)
    rows = own.own_rules(tx, rule.key, rule.scope, rule.qualifiers)
    before = rule.valid_to
    spans = after_ending(own.spans_of(rows), rule.id, request["last_day"])
    own.apply(tx, rows, spans, request["reason"])
    if rule.valid_to != before:
        let_shipped_go_on(tx, rule)
    return show(rule)


def withdraw_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a rule that was set by mistake; the union's rule that ended because of it continues.

    Raises:
        NotFound: there is no such rule, or it was withdrawn already.
        Refused: it is a shipped rule, or has been in force.
    """
    tx.lock("rulebook")
    rule = own.require_rule(tx, request["rule_id"])
    _require_withdrawable(tx, rule)
    rows = own.own_rules(tx, rule.key, rule.scope, rule.qualifiers)
    spans = after_withdrawing(own.spans_of(rows), rule.id, own.last_days_before(tx, rows, rule))
    own.apply(tx, [rule, *(row for row in rows if row is not rule)], spans, request["reason"])
    let_shipped_go_on(tx, rule)
    return show(rule)


def draft_rule_change(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return what a change would leave of the union's own rules of a key, scope and qualifiers; nothing is stored.

    Raises:
        Refused, NotFound: the change itself would be refused.
    """
    if request["set"] is not None:
        return _draft_of_setting(tx, request["set"])
    change = request["end"] or request["withdraw"]
    rule = own.require_rule(tx, change["rule_id"])
    rows = own.own_rules(tx, rule.key, rule.scope, rule.qualifiers)
    if request["end"] is not None:
        _require_endable(tx, rule, change)
        spans = after_ending(own.spans_of(rows), rule.id, change["last_day"])
    else:
        _require_withdrawable(tx, rule)
        spans = after_withdrawing(own.spans_of(rows), rule.id, own.last_days_before(tx, rows, rule))
    return _draft({"key": rule.key, "scope": rule.scope, "qualifiers": rule.qualifiers}, rows, spans)


def _draft_of_setting(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    _, columns = own.require_settable(tx, request)
    rows = _rows(tx, columns)
    new = PolicyRule(id=uuid7(), valid_from=request["valid_from"], value=columns["value"], basis=columns["basis"])
    spans = after_setting(own.spans_of(rows), Span(new.id, new.valid_from, request["valid_to"]))
    return _draft(columns, [*rows, new], spans)


def _draft(identity: dict[str, Any], rows: list[PolicyRule] | Any, spans: list[Span]) -> dict[str, Any]:
    values = {row.id: (row.value, row.basis) for row in rows}
    return {
        "key": identity["key"],
        "scope": identity["scope"] or None,
        "qualifiers": identity["qualifiers"],
        "rules": [
            {
                "value": values[span.rule_id][0],
                "basis": values[span.rule_id][1],
                "valid_from": span.first,
                "valid_to": span.last,
            }
            for span in spans
        ],
    }


def _rows(tx: Transaction, columns: dict[str, Any]) -> list[PolicyRule]:
    return list(own.own_rules(tx, *_identity(columns)))


def _identity(columns: dict[str, Any]) -> tuple[str, str, str]:
    return columns["key"], columns["scope"], columns["qualifiers"]


def _require_endable(tx: Transaction, rule: PolicyRule, request: dict[str, Any]) -> None:
    last = request["last_day"]
    refuse_first(rules.rule_is_own(rule.ruleset, OWN), rules.last_day_can_be_set(rule.valid_from, last, tx.today))


def _require_withdrawable(tx: Transaction, rule: PolicyRule) -> None:
    refuse_first(rules.rule_is_own(rule.ruleset, OWN), rules.rule_can_be_withdrawn(rule.valid_from, tx.today))
