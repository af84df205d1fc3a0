"""Plans and cover periods of mutual aid in the search; claims are not found."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.finding.use_cases.sources import found
from services.welfare.mutual_aid.tables import CoverPeriod, MutualAidPlan


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return plans to everybody, periods to those who work on lists."""
    console = sees_all_units(principal) or principal.has("chair")
    if not (console or principal.has("member")):
        return []
    plans = found("plan", MutualAidPlan.id, MutualAidPlan.name, text=MutualAidPlan.provider)
    periods = found(
        "period", CoverPeriod.id, CoverPeriod.title, text=MutualAidPlan.name, on=CoverPeriod.starts_on,
        state=CoverPeriod.state,
    ).join_from(CoverPeriod, MutualAidPlan, MutualAidPlan.id == CoverPeriod.plan_id)  # fmt: skip
    return [plans, periods] if console else [plans.where(MutualAidPlan.offered.is_(True))]
