"""Narrowing what is listed to the units a caller sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.security.principal import Principal, require_unit


def sees_all_units(principal: Principal) -> bool:
    """Whether a caller sees every unit: an officer, an auditor, a service."""
    return principal.kind == "service" or principal.has("officer", "auditor")


def in_seen_units(statement: sa.Select, column: Any, principal: Principal, unit_id: UUID | None) -> sa.Select:
    """Narrow a select to the unit asked for, or to those the caller sees: all, or the units one chairs.

    Args:
        statement: of rows that belong to units.
        column: the unit of a row.
        principal: the caller.
        unit_id: the one unit asked for; None for all that the caller sees.

    Raises:
        NotAllowed: the unit asked for is not in sight.
    """
    if unit_id is not None:
        require_unit(principal, unit_id)
        return statement.where(column == unit_id)
    return statement if sees_all_units(principal) else statement.where(column.in_(principal.units("chair")))
