"""Cycles of goods in the search, to those whose lists have them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.finding.use_cases.sources import found
from services.welfare.programmes.tables import Cycle, Programme


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return cycles with their programmes to officers, auditors and chairs."""
    if not (sees_all_units(principal) or principal.has("chair")):
        return []
    told = found("cycle", Cycle.id, Cycle.title, text=Programme.name, on=Cycle.collect_until, state=Cycle.state)
    return [told.join_from(Cycle, Programme, Programme.id == Cycle.programme_id)]
