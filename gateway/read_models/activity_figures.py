"""Activities in figures, and those of a few days; remembered, because many readers ask for the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models import activities
from gateway.read_models.tables import ActivityView
from gateway.runtime import gateway
from services.chassis.clock import months_until, now, start_of


def held_by_month(day: date, count: int, organisers: Collection[UUID] | None = None) -> list[dict[str, Any]]:
    """Return `month`, how many activities were `held` and how many people `attended`, the oldest month first.

    Args:
        day: in the last month.
        count: of months.
        organisers: units; None for all, and the union itself.
    """
    chosen = None if organisers is None else tuple(sorted(organisers))

    def load() -> list[dict[str, Any]]:
        months = months_until(day, count)
        held = ActivityView.state == "held", ActivityView.held_on.is_not(None)
        since = ActivityView.starts_at >= start_of(months[0]), ActivityView.starts_at <= now()
        counted = sa.select(ActivityView.held_on, sa.func.count(), sa.func.sum(ActivityView.attended))
        statement = counted.where(*held, *since).group_by(ActivityView.held_on)
        if chosen is not None:
            statement = statement.where(ActivityView.organiser_unit_id.in_(chosen))
        number: Counter[date] = Counter()
        people: Counter[date] = Counter()
        with gateway().database.session(readonly=True) as session:
            for on, activities_held, attended in session.execute(statement):
                if on is not None:
                    number[on.replace(day=1)] += activities_held
                    people[on.replace(day=1)] += int(attended or 0)
        return [{"month": f"{one:%Y-%m}", "held": number[one], "attended": people[one]} for one in months]

    found: list[dict[str, Any]] = activities.remembered(("held by month", day, count, chosen), load)
    return found


def of_days(first: date, days: int) -> list[dict[str, Any]]:
    """Return the activities that are held or to be held within some days, by their start."""

    def load() -> list[dict[str, Any]]:
        with gateway().database.session(readonly=True) as session:
            found = activities.between(session, start_of(first), start_of(first + timedelta(days=days)))
        return [one for one in found if one["state"] != "cancelled"]

    found: list[dict[str, Any]] = activities.remembered(("of days", first, days), load)
    return found
