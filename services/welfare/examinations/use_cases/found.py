"""Examinations in the search; those that were not opened only to who prepares them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.examinations.tables import Examination
from services.welfare.examinations.use_cases.preparing import UNOPENED
from services.welfare.finding.use_cases.sources import found


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return campaigns."""
    told = found("examination", Examination.id, Examination.title, on=Examination.book_until, state=Examination.state)
    if sees_all_units(principal):
        return [told]
    return [told.where(Examination.state.not_in(UNOPENED))] if principal.has("chair", "member") else []
