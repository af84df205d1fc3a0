"""The calendar of a month: activities, and items of the year's plan. It is the same for all readers and cached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gateway.read_models import activities, plan
from gateway.rpc.caching import Stamped, stamped
from gateway.runtime import gateway
from services.chassis.clock import SHANGHAI


def month(year: int, month_of_year: int) -> Stamped:
    """Return a month, by Chinese days: activities that overlap it, and the plan's items.

    Args:
        year: 2000 to 2100.
        month_of_year: 1 to 12.
    """
    return activities.remembered(("month", year, month_of_year), lambda: stamped(_load(year, month_of_year)))


def _load(year: int, month_of_year: int) -> dict[str, Any]:
    start = datetime(year, month_of_year, 1, tzinfo=SHANGHAI)
    end = (start + timedelta(days=32)).replace(day=1)
    with gateway().database.session(readonly=True) as session:
        held = activities.between(session, start, end)
        planned = plan.of_month(session, year, month_of_year)
    return {"year": year, "month": month_of_year, "activities": held, "plan_items": planned}
