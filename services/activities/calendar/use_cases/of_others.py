"""Activities as other subjects need them: those of given ids, and how many were held. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.tables import Activity
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction


@dataclass(frozen=True)
class Held:
    """How many activities were held, and how many people came to them all together."""

    count: int
    attended: int


def activities_among(
    tx: Transaction, ids: sa.Select[Any], request: Mapping[str, Any], *, with_drafts: bool
) -> dict[str, Any]:
    """Return a page of activities, the latest first.

    Args:
        tx: the transaction.
        ids: selects the ids.
        request: of a list.
        with_drafts: whether what was never announced is among them.
    """
    wanted = sa.select(Activity).where(Activity.id.in_(ids))
    if not with_drafts:
        wanted = wanted.where(Activity.scheduled_at.is_not(None))
    return page_of(tx, wanted, request, [(Activity.starts_at, "desc"), (Activity.id, "desc")]).reply()


def held_among(tx: Transaction, ids: sa.Select[Any], year: int) -> Held:
    """Return how many of these activities were held in a year, and with how many people."""
    row = tx.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Activity.attended), 0)).where(
            Activity.id.in_(ids), Activity.state == "held",
            Activity.held_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    ).one()  # fmt: skip
    return Held(row[0], int(row[1] or 0))
