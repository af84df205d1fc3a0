"""Making decisions again from what was stored with them, by the rules as they are known now of the same day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules import qualifiers
from services.chassis.rules.rulebook import rule_in_force
from services.welfare.decisions.tables import Decision, DecisionBasis
from services.welfare.decisions.use_cases import deciders


@dataclass(frozen=True)
class Difference:
    """A decision that comes out differently now.

    Args:
        decision_id: which one.
        kind: of the decision.
        stored: outcome, rule and amount as decided.
        now: the same as they come out now, or why nothing comes out.
    """

    decision_id: UUID
    kind: str
    stored: str
    now: str


@dataclass
class Recomputation:
    """Goes through the decisions in the order of their ids, a part in each transaction.

    Args:
        kind: only decisions of this kind; None for all.
    """

    kind: str | None = None
    after: UUID | None = None
    compared: int = 0
    erased: int = 0
    _figures: dict[UUID, Mapping[str, Any] | NoRuleInForce] = field(default_factory=dict)

    def part(self, tx: Transaction, most: int) -> list[Difference] | None:
        """Compare the next decisions; return those that differ, None when there are no more."""
        statement = sa.select(Decision, DecisionBasis).join(DecisionBasis, DecisionBasis.id == Decision.basis_id)
        if self.kind is not None:
            statement = statement.where(Decision.kind == self.kind)
        if self.after is not None:
            statement = statement.where(Decision.id > self.after)
        rows = tx.session.execute(statement.order_by(Decision.id).limit(most)).all()
        if not rows:
            return None
        self.after = rows[-1][0].id
        found = (self._difference(tx, decision, basis) for decision, basis in rows)
        return [one for one in found if one is not None]

    def _difference(self, tx: Transaction, decision: Decision, basis: DecisionBasis) -> Difference | None:
        if decision.inputs is None:
            self.erased += 1
            return None
        self.compared += 1
        stored = _told(decision.outcome, decision.reason, decision.amount)
        now = self._again(tx, decision, basis)
        return Difference(decision.id, decision.kind, stored, now) if now != stored else None

    def _again(self, tx: Transaction, decision: Decision, basis: DecisionBasis) -> str:
        function = deciders.of_version(basis.kind, basis.version)
        if function is None:
            return f"version {basis.version} of this decider is unknown"
        if basis.id not in self._figures:
            self._figures[basis.id] = _figures(tx, basis.grounds, basis.as_of)
        figures = self._figures[basis.id]
        if isinstance(figures, NoRuleInForce):
            return str(figures)
        verdict = function(json.loads(decision.inputs or "{}"), figures)
        return _told(verdict.outcome, verdict.reason, verdict.amount)


def _told(outcome: str, reason: str | None, amount: Any) -> str:
    return " ".join([outcome, *([reason] if reason else []), *([f"{amount:.2f}"] if amount is not None else [])])


def _figures(tx: Transaction, grounds: list[dict[str, Any]], as_of: date) -> Mapping[str, Any] | NoRuleInForce:
    try:
        return {
            ground["name"]: rule_in_force(
                tx,
                ground["key"],
                as_of,
                ground.get("asked_scope", ground["scope"]),
                **qualifiers.read(ground["qualifiers"]),
            ).value
            for ground in grounds
        }
    except NoRuleInForce as missing:
        return missing
