"""Purchases and suppliers in the search; a chair finds the own unit's purchases, and no supplier."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import in_seen_units, sees_all_units
from services.welfare.finding.use_cases.sources import found
from services.welfare.procurement.tables import Purchase, Supplier


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return purchases by title and number, and suppliers by name."""
    if not (sees_all_units(principal) or principal.has("chair")):
        return []
    bought = found(
        "purchase", Purchase.id, Purchase.title, text=Purchase.number, on=Purchase.raised_on, state=Purchase.state
    )
    suppliers = [found("supplier", Supplier.id, Supplier.name)] if sees_all_units(principal) else []
    return [in_seen_units(bought, Purchase.unit_id, principal, None), *suppliers]
