"""Telling a decision: to the member, to officers and auditors, and to the unit's chair where it is not sensitive."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import require_unit
from services.contracts.welfare.decisions import SENSITIVE_KINDS
from services.welfare.decisions.tables import Decision, DecisionBasis
from services.welfare.members.use_cases.member_copies import member_of


def get_decision(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one decision with the rules and inputs it was made from."""
    decision = tx.get(Decision, request["decision_id"], "There is no such decision.", field="decision_id")
    _require_sight(tx, decision)
    basis = tx.session.get_one(DecisionBasis, decision.basis_id)
    columns = (
        "id", "kind", "subject_id", "member_id", "decided_at", "outcome", "reason", "params", "amount",
    )  # fmt: skip
    return {
        **{name: getattr(decision, name) for name in columns},
        "version": basis.version,
        "as_of": basis.as_of,
        "grounds": [_ground(ground) for ground in basis.grounds],
        "inputs": json.loads(decision.inputs) if decision.inputs is not None else None,
    }


def _ground(stored: dict[str, Any]) -> dict[str, Any]:
    rule_id = UUID(stored["rule_id"]) if stored["rule_id"] else None
    told = {name: value for name, value in stored.items() if name != "asked_scope"}
    return {**told, "rule_id": rule_id, "valid_from": date.fromisoformat(stored["valid_from"])}


def _require_sight(tx: Transaction, decision: Decision) -> None:
    principal = tx.principal
    if principal.member_id == decision.member_id or principal.has("officer", "auditor"):
        return
    if decision.kind in SENSITIVE_KINDS:
        raise NotAllowed(
            "Only the member, officers and auditors see this decision.", rule="decisions.sensitive_is_for_few"
        )
    require_unit(principal, member_of(tx, decision.member_id).unit_id)


def list_refused(tx: Transaction, subject_id: UUID, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of who was refused in a run or of one subject, with the rule of each.

    The caller's rights are for the subject to check.
    """
    statement = sa.select(Decision).where(Decision.subject_id == subject_id, Decision.outcome == "refused")
    page = page_of(tx, statement, request, [(Decision.id, "asc")])
    return page.reply(
        [
            {"decision_id": one.id, "member_id": one.member_id, "reason": one.reason, "params": one.params}
            for one in page.rows
        ]
    )
