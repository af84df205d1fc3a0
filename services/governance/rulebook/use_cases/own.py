"""The union's own rules of one key, scope and qualifiers: reading them, and making them what a change leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import ChangeHistory, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, NoRuleInForce, NotFound, Refused, refuse_first
from services.chassis.rules.qualifiers import read, written
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.rule_file import EVERY_SCOPE, OWN
from services.chassis.rules.rulebook import PolicyRule, rule_in_force, was_not_withdrawn
from services.contracts.governance.rulebook.keys import RuleKey, rule_key
from services.contracts.governance.rulebook.vocabulary import QUALIFIERS
from services.governance.rulebook import rules
from services.governance.rulebook.timeline_rules import Span
from services.governance.rulebook.use_cases import announcing
from services.governance.rulebook.use_cases.reading import subject_of, version_of

_DAY = timedelta(days=1)


def require_settable(tx: Transaction, request: dict[str, Any]) -> tuple[RuleKey, dict[str, Any]]:
    """Return the definition of the key and the columns of the rule that an officer asks for.

    Raises:
        Refused: the key, scope, qualifiers or basis are not those of a decision, the value is malformed, or the days
            are not plausible.
    """
    known = rule_key(request["key"])
    refuse_first(
        rules.key_is_known(request["key"], known is not None),
        rules.first_day_is_plausible(request["valid_from"], request["valid_to"], tx.today),
    )
    assert known is not None
    allowed = {name: QUALIFIERS[name] for name in known.qualifiers}
    qualifiers = read(request["qualifiers"])
    refuse_first(
        rules.scope_fits_key(request["scope"], known.scopes),
        rules.qualifiers_fit_key(qualifiers, allowed),
        rules.basis_fits_key(request["basis"], known.bases),
    )
    value = rules.read_value(request["key"], known.kind, known.words, request["value"])
    if isinstance(value, Refusal):
        raise Refused.by(value)
    return known, {
        "key": request["key"],
        "scope": request["scope"] or EVERY_SCOPE,
        "qualifiers": written(qualifiers),
        "value": value,
        "unit": request["unit"] or known.unit,
        "basis": request["basis"] or _usual_basis(tx, known, request),
        "title": request["document"],
        "number": request["number"],
        "article": request["article"],
    }


def _usual_basis(tx: Transaction, known: RuleKey, request: dict[str, Any]) -> str:
    """Return what the rule that decided until now is counted by, else the usual basis of the key."""
    facts = read(request["qualifiers"])
    try:
        basis = rule_in_force(tx, request["key"], request["valid_from"], request["scope"], **facts).basis
    except NoRuleInForce:
        basis = None
    return basis if basis in known.bases else known.bases[0]


def own_rules(tx: Transaction, key: str, scope: str, qualifiers: str) -> Sequence[PolicyRule]:
    """Return the union's own rules that were not withdrawn, oldest first."""
    statement = sa.select(PolicyRule).where(_identity(key, scope, qualifiers), was_not_withdrawn())
    return tx.session.scalars(statement.order_by(PolicyRule.valid_from)).all()


def rule_of_day(tx: Transaction, key: str, scope: str, qualifiers: str, first: date) -> PolicyRule | None:
    """Return the union's own rule of the same first day, also a withdrawn one."""
    return tx.session.scalar(
        sa.select(PolicyRule).where(_identity(key, scope, qualifiers), PolicyRule.valid_from == first)
    )


def require_rule(tx: Transaction, rule_id: UUID) -> PolicyRule:
    """Return a rule that was not withdrawn.

    Raises:
        NotFound: there is none.
    """
    rule = tx.session.get(PolicyRule, rule_id, populate_existing=True)
    if rule is None or (rule.valid_to is not None and rule.valid_to < rule.valid_from):
        raise NotFound("There is no such rule.", rule="rulebook.rule_stands", field="rule_id")
    return rule


def require_version(tx: Transaction, key: str, version: int | None) -> None:
    """Refuse a change that was considered before somebody else changed the union's own rules of the key.

    Raises:
        Conflict: the version is not the present one.
    """
    if version is not None and version != version_of(tx, key):
        raise Conflict(
            "Somebody changed the rules of this key meanwhile; look at them and set yours again.",
            rule="rulebook.nobody_changed_it_meanwhile",
            field="valid_from",
        )


def spans_of(rows: Iterable[PolicyRule]) -> list[Span]:
    """Return the first and last days of rules."""
    return [Span(row.id, row.valid_from, row.valid_to) for row in rows]


def apply(tx: Transaction, rows: Iterable[PolicyRule], spans: Iterable[Span], reason: str | None) -> None:
    """Give rules the last days of a changed timeline, with history and events; one that is missing is withdrawn."""
    wanted = {span.rule_id: span.last for span in spans}
    for row in rows:
        if row.id not in wanted:
            set_last_day(tx, row, row.valid_from - _DAY, reason)
            announcing.withdraw(tx, row)
        elif wanted[row.id] != row.valid_to:
            set_last_day(tx, row, wanted[row.id], reason)
            announcing.publish(tx, row)


def last_days_before(tx: Transaction, rows: Iterable[PolicyRule], rule: PolicyRule) -> dict[UUID, date | None]:
    """Return the last days that rules had before this one ended them; one that an officer ended keeps its day."""
    day = rule.valid_from - _DAY
    ended = {subject_of(row.id): row.id for row in rows if row.valid_to == day}
    changes = sa.select(ChangeHistory).where(ChangeHistory.subject.in_(ended)).order_by(ChangeHistory.id)
    found: dict[UUID, date | None] = {}
    for entry in tx.session.scalars(changes):
        old, new = (entry.changes.get("valid_to", {}).get(name) for name in ("old", "new"))
        if new == day.isoformat() and (old is None or old > new):
            before = None if old is None else date.fromisoformat(old)
            found[ended[entry.subject]] = before if entry.reason is None else day
    return found


def note_shortened(tx: Transaction, rule: PolicyRule, asked: date | None) -> None:
    """Store that a rule ends before the last day that was asked for, because another one follows."""
    note_change(tx, subject_of(rule.id), {"valid_to": (asked, rule.valid_to)})


def set_last_day(tx: Transaction, rule: PolicyRule, last: date | None, reason: str | None) -> None:
    """Change a rule's last day and store the change."""
    note_change(tx, subject_of(rule.id), {"valid_to": (rule.valid_to, last)}, reason)
    rule.valid_to = last
    tx.session.flush()


def write(tx: Transaction, rule: PolicyRule, wanted: dict[str, Any]) -> bool:
    """Update a rule and store what changed; return whether anything did."""
    changes = {name: (getattr(rule, name), new) for name, new in wanted.items() if getattr(rule, name) != new}
    for name, new in wanted.items():
        setattr(rule, name, new)
    tx.session.add(rule)
    tx.session.flush()
    note_change(tx, subject_of(rule.id), changes)
    return bool(changes)


def _identity(key: str, scope: str, qualifiers: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        PolicyRule.ruleset == OWN,
        PolicyRule.key == key,
        PolicyRule.scope == scope,
        PolicyRule.qualifiers == qualifiers,
    )
