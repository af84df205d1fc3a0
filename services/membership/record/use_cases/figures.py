"""Members in figures, narrowed to what the caller may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.clock import months_until
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.membership.record.tables import Member


def member_figures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Count active members, and who joined and left by month, in three statements over an index each."""
    months = months_until(tx.today, request["months"])
    active = sa.select(sa.func.count(Member.id)).where(Member.standing == "active")
    joined = _by_month(tx, Member.joined_on, months[0], request)
    left = _by_month(tx, Member.left_on, months[0], request)
    return {
        "active": tx.session.scalar(in_seen_units(active, Member.unit_id, tx.principal, request["unit_id"])) or 0,
        "by_month": [{"month": f"{first:%Y-%m}", "joined": joined[first], "left": left[first]} for first in months],
    }


def _by_month(tx: Transaction, day: Any, since: date, request: Mapping[str, Any]) -> Counter[date]:
    """Count by the first day of the month; the database counts by day, which it can without a dialect."""
    counted = sa.select(day, sa.func.count()).where(day >= since, day <= tx.today).group_by(day)
    found: Counter[date] = Counter()
    for on, count in tx.session.execute(in_seen_units(counted, Member.unit_id, tx.principal, request["unit_id"])):
        found[on.replace(day=1)] += count
    return found
