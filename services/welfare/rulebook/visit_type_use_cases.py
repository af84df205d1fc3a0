"""Visit types: loading them from a rule set and looking one up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow
import sqlalchemy as sa

from services.chassis.errors import InvalidInput, NoRuleInForce
from services.chassis.transaction import Transaction
from services.contracts.welfare.visit_shapes import VisitType as VisitTypeShape
from services.welfare.rulebook.tables import VisitType

__all__ = ["VisitType", "all_types", "load_types", "type_of"]


def load_types(tx: Transaction, content: Sequence[Mapping[str, Any]], ruleset: str) -> int:
    """Put a rule set's visit types into force; repeating it changes nothing.

    Returns:
        How many were added or changed.

    Raises:
        InvalidInput: a visit type breaks its schema.
    """
    try:
        loaded = VisitTypeShape(many=True).load([{**row, "ruleset": ruleset} for row in content])
    except marshmallow.ValidationError as invalid:
        raise InvalidInput("The visit types are not valid.", errors=invalid.normalized_messages()) from None
    stored = {row.occasion: row for row in all_types(tx)}
    changed = 0
    for values in loaded:
        row = stored.get(values["occasion"])
        if row is None:
            tx.session.add(VisitType(**values))
            changed += 1
            continue
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        changed += bool(differing)
    tx.session.flush()
    return changed


def all_types(tx: Transaction) -> list[VisitType]:
    """Return all visit types in the order they are offered."""
    return list(tx.session.scalars(sa.select(VisitType).order_by(VisitType.position)))


def type_of(tx: Transaction, occasion: str) -> VisitType:
    """Return the visit type of an occasion.

    Raises:
        NoRuleInForce: no rule set with this occasion was loaded.
    """
    found = tx.session.get(VisitType, occasion)
    if found is None:
        raise NoRuleInForce(
            f"no rule in force for visit_type.{occasion} on {tx.today.isoformat()}",
            rule=f"visit_type.{occasion}",
            field="occasion",
        )
    return found
