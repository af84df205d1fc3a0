"""Charity drives in the search; drafts only to officers and auditors."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.charity.tables import Drive
from services.welfare.charity.workflow import PUBLISHED
from services.welfare.finding.use_cases.sources import found


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return drives by title and charity."""
    told = found("drive", Drive.id, Drive.title, text=Drive.charity_name, on=Drive.opens_on, state=Drive.state)
    if sees_all_units(principal):
        return [told]
    return [told.where(Drive.state.in_(PUBLISHED))] if principal.has("chair", "member") else []
