"""Members counted by age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.membership.base import is_one_of
from services.membership.record import age_rules
from services.membership.record.rules import IN_UNIT
from services.membership.record.tables import Member


def member_ages(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members that the caller may see by age group, in one statement; small groups are not told."""
    counts = [
        sa.func.count().filter(_in_group(group, tx)).label(f"group_{place}")
        for place, group in enumerate(age_rules.GROUPS)
    ]
    statement = sa.select(*counts).select_from(Member).where(is_one_of(Member.standing, IN_UNIT))
    statement = in_seen_units(statement, Member.unit_id, tx.principal, request["unit_id"])
    found = dict(zip(age_rules.GROUPS, tx.session.execute(statement).one(), strict=True))
    told = age_rules.told(found)
    items = [{"from_age": first, "to_age": end, "members": told[first, end]} for first, end in age_rules.GROUPS]
    return {"items": items, "least": age_rules.LEAST}


def _in_group(group: age_rules.Group, tx: Transaction) -> sa.ColumnElement[bool]:
    last, too_early = age_rules.births_of(group, tx.today)
    limits = [Member.birth_date <= last] if last is not None else []
    limits += [Member.birth_date > too_early] if too_early is not None else []
    return sa.and_(sa.true(), *limits)
