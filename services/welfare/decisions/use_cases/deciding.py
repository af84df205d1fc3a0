"""Making decisions: the decider's verdict is stored with the rules and inputs it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Verdict
from services.chassis.rules.rulebook import RuleInForce
from services.welfare.decisions.tables import Decision, DecisionBasis
from services.welfare.decisions.use_cases import deciders

_TABLE = cast("sa.Table", Decision.__table__)
_ROWS_AT_ONCE = 500
_OF_GROUND = (
    "key", "value", "unit", "scope", "qualifiers", "ruleset", "document", "number", "article", "rule_id", "valid_from",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Who is decided about, and all that is known for it.

    Args:
        subject_id: what the decision is about: a cycle, an application.
        member_id: whom it concerns.
        inputs: JSON values; no names, and of sensitive facts only the yes or no that a rule asks for.
    """

    subject_id: UUID
    member_id: UUID
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class Decided:
    """A stored decision: its id, the case and the verdict."""

    id: UUID
    case: Case
    verdict: Verdict


def verdict_on(kind: str, rules: Mapping[str, RuleInForce], inputs: Mapping[str, Any]) -> Verdict:
    """Return what would be decided; nothing is stored."""
    _, function = deciders.newest(kind)
    return function(inputs, {name: rule.value for name, rule in rules.items()})


def decide(tx: Transaction, kind: str, as_of: date, rules: Mapping[str, RuleInForce], case: Case) -> Decided:
    """Decide one case by the rules in force on a day, and store the decision."""
    (decided,) = decide_many(tx, kind, as_of, rules, [case])
    return decided


def decide_many(
    tx: Transaction,
    kind: str,
    as_of: date,
    rules: Mapping[str, RuleInForce],
    cases: Iterable[Case],
    scopes: Mapping[str, str] = MappingProxyType({}),
) -> list[Decided]:
    """Decide cases in their order, and store the decisions.

    Args:
        tx: the transaction.
        kind: has a registered decider.
        as_of: the day of the rules.
        rules: the rules in force by the names under which the decider reads their values.
        cases: as many as one transaction may hold.
        scopes: for which scopes rules were looked up, by their names, where a rule of every scope may have answered.
    """
    version, function = deciders.newest(kind)
    figures = {name: rule.value for name, rule in rules.items()}
    decided = [Decided(uuid7(), case, function(case.inputs, figures)) for case in cases]
    if decided:
        basis_id = _basis(tx, kind, version, as_of, rules, scopes)
        same = {"basis_id": basis_id, "kind": kind, "decided_at": tx.now}
        for start in range(0, len(decided), _ROWS_AT_ONCE):
            rows = [_row(one) for one in decided[start : start + _ROWS_AT_ONCE]]
            insert_rows(tx.session, _TABLE, columns_of(rows), same)
    return decided


def _row(decided: Decided) -> dict[str, Any]:
    case, verdict = decided.case, decided.verdict
    return {
        "id": decided.id,
        "subject_id": case.subject_id,
        "member_id": case.member_id,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "params": verdict.params,
        "amount": verdict.amount,
        "inputs": json.dumps(case.inputs, sort_keys=True, ensure_ascii=False),
    }


def _basis(
    tx: Transaction,
    kind: str,
    version: int,
    as_of: date,
    rules: Mapping[str, RuleInForce],
    scopes: Mapping[str, str],
) -> UUID:
    grounds = [{"name": name, **_ground(rule), **_asked(scopes.get(name))} for name, rule in sorted(rules.items())]
    whole = json.dumps([kind, version, as_of.isoformat(), grounds], sort_keys=True)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    of_digest = sa.select(DecisionBasis.id).where(DecisionBasis.digest == digest)
    known = tx.session.scalar(of_digest)
    if known is not None:
        return known
    row = {"id": uuid7(), "kind": kind, "version": version, "as_of": as_of, "grounds": grounds, "digest": digest}
    tx.session.execute(upsert(tx.session, DecisionBasis).values(row).on_conflict_do_nothing(index_elements=["digest"]))
    return tx.session.scalars(of_digest).one()


def _asked(scope: str | None) -> dict[str, str]:
    return {"asked_scope": scope} if scope is not None else {}


def _ground(rule: RuleInForce) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in _OF_GROUND}
    rule_id = str(rule.rule_id) if rule.rule_id is not None else None
    return {**values, "rule_id": rule_id, "valid_from": rule.valid_from.isoformat()}
