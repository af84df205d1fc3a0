"""Care campaigns in the search, to those whose lists have them; who is on a list is not found."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.care_campaigns.tables import CareCampaign
from services.welfare.finding.use_cases.sources import found


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return campaigns to officers, auditors and chairs."""
    if not (sees_all_units(principal) or principal.has("chair")):
        return []
    told = found("campaign", CareCampaign.id, CareCampaign.title, on=CareCampaign.starts_on, state=CareCampaign.state)
    return [told]
