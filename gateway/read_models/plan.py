"""A copy of the published year's plan by month, for the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models import activities, search_index
from gateway.read_models.tables import PlanItemView
from gateway.read_models.upserts import keep_newest
from gateway.read_models.wording import in_words
from gateway.runtime import gateway
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_FACTS = ("item_id", "year", "key", "part", "month", "month_to", "title", "title_en", "kind", "measure", "order")
_PROGRESS = ("state", "progress")

SEARCHED = search_index.Indexed(
    "plan_item",
    search_index.entries(
        PlanItemView.item_id, PlanItemView.title, PlanItemView.title_en, PlanItemView.known_at
    ).where(PlanItemView.title.is_not(None), PlanItemView.removed.is_(False)),
)  # fmt: skip
"""Items of published plans are found by title, by all who signed in."""


def note_published(tx: Transaction, event: ReceivedEvent) -> None:
    """Store a published plan; delete items of the year that are not in it."""
    items = event.data["items"]
    _keep_facts(tx, event.time, [{**item, "removed": False} for item in items])
    kept = [item["item_id"] for item in items]
    gone = PlanItemView.year == event.data["year"], PlanItemView.known_at < event.time
    tx.session.execute(sa.update(PlanItemView).where(*gone, PlanItemView.item_id.not_in(kept)).values(removed=True))
    of_year = tx.session.scalars(sa.select(PlanItemView.item_id).where(PlanItemView.year == event.data["year"]))
    search_index.refresh(tx, SEARCHED, of_year.all())
    tx.after_commit(activities.forget)


def note_item(tx: Transaction, event: ReceivedEvent) -> None:
    """Store an item that was added, changed or removed."""
    _keep_facts(tx, event.time, [event.data])
    search_index.refresh(tx, SEARCHED, [event.data["item_id"]])
    tx.after_commit(activities.forget)


def note_progress(tx: Transaction, event: ReceivedEvent) -> None:
    """Store the progress of an item."""
    data = event.data
    row = {name: data[name] for name in ("item_id", "year", *_PROGRESS)}
    row |= {"known_at": datetime.min.replace(tzinfo=event.time.tzinfo, year=1970), "progressed_at": event.time}
    keep_newest(
        tx, PlanItemView, [row], key=["item_id"], order="progressed_at", ties=True, untouched=("known_at", "year")
    )
    tx.after_commit(activities.forget)


def of_month(session: Any, year: int, month: int) -> list[dict[str, Any]]:
    """Return the plan's items of a month, also those that span it, in the plan's order."""
    spans = sa.func.coalesce(PlanItemView.month_to, PlanItemView.month)
    rows = session.scalars(
        sa.select(PlanItemView)
        .where(
            PlanItemView.year == year,
            PlanItemView.month <= month,
            spans >= month,
            PlanItemView.removed.is_(False),
            PlanItemView.title.is_not(None),
        )
        .order_by(PlanItemView.order)
    )
    return [in_words(row, (*_FACTS, *_PROGRESS)) for row in rows]


def months_of(item_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int | None]]:
    """Return the year and the month of items by id; a standing duty has no month."""
    statement = sa.select(PlanItemView.item_id, PlanItemView.year, PlanItemView.month)
    with gateway().database.session(readonly=True) as session:
        rows = session.execute(statement.where(PlanItemView.item_id.in_(list(item_ids))))
        return {item_id: (year, month) for item_id, year, month in rows}


def _keep_facts(tx: Transaction, at: datetime, items: list[Mapping[str, Any]]) -> None:
    facts = [
        {**{name: item[name] for name in (*_FACTS, *_PROGRESS, "removed")}, "known_at": at, "progressed_at": at}
        for item in items
    ]
    untouched = (*_PROGRESS, "progressed_at")
    keep_newest(tx, PlanItemView, facts, key=["item_id"], order="known_at", ties=True, untouched=untouched)
    progress = [
        {name: row[name] for name in ("item_id", "year", *_PROGRESS, "known_at", "progressed_at")} for row in facts
    ]
    keep_newest(
        tx, PlanItemView, progress, key=["item_id"], order="progressed_at", ties=True, untouched=("known_at", "year")
    )
