"""Reading plans and items, and converting them to the contract's shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.governance.plan.events import ITEM_STATES, PARTS, TOLD_STATES
from services.contracts.governance.plan.operations import MOST_ACTIVITIES
from services.governance.plan import rules
from services.governance.plan.tables import LinkedActivity, Plan, PlanItem

SUGGESTED_MINUTES = 120
"""Default duration."""

_SAME_NAMED = (
    "id", "year", "key", "part", "month", "month_to", "title", "title_en", "owner", "owner_en", "kind", "measure",
    "target", "state", "progress", "held", "scheduled", "visits_due", "visits_done", "completed_on",
    "completion_note", "dropped_on", "drop_reason", "default_capacity", "default_duration_minutes", "version",
)  # fmt: skip


def find_plan(tx: Transaction, year: int) -> Plan | None:
    """Return the plan of a year, if there is one."""
    return tx.session.scalar(sa.select(Plan).where(Plan.year == year))


def require_plan(tx: Transaction, year: int) -> Plan:
    """Return the plan of a year. Raises `NotFound`."""
    plan = find_plan(tx, year)
    if plan is None:
        raise NotFound(f"There is no plan for {year}.", rule="plan.exists", params={"year": year})
    return plan


def require_item(tx: Transaction, item_id: UUID, *, for_change: bool = False) -> PlanItem:
    """Return an item, locked when it is to be changed. Raises `NotFound`."""
    return tx.get(PlanItem, item_id, "There is no such plan item.", rule="plan.item_exists", lock=for_change)


def items_of(tx: Transaction, plan: Plan, *, for_change: bool = False) -> list[PlanItem]:
    """Return a plan's items in its order, locked when they are to be changed."""
    statement = sa.select(PlanItem).where(PlanItem.plan_id == plan.id).order_by(PlanItem.id)
    found = tx.session.scalars(statement.with_for_update() if for_change else statement)
    return sorted(found, key=lambda item: (item.position, item.id))


def is_late(today: date, year: int) -> Sequence[sa.ColumnElement[bool]]:
    """Return the conditions for items of a year that are late (`rules.is_late`)."""
    unfinished = PlanItem.state.not_in(rules.ENDED), PlanItem.progress < 100
    if year < today.year:
        return unfinished
    last = sa.func.coalesce(PlanItem.month_to, PlanItem.month, 12)
    return (*unfinished, last < today.month) if year == today.year else (sa.false(),)


def activities_of(tx: Transaction, items: Sequence[PlanItem]) -> Mapping[UUID, list[dict[str, Any]]]:
    """Return the activities of items by the items' ids, the first of each in time, in one statement."""
    place = sa.func.row_number().over(
        partition_by=LinkedActivity.item_id, order_by=(LinkedActivity.starts_at, LinkedActivity.activity_id)
    )
    of_items = LinkedActivity.item_id.in_([item.id for item in items])
    ranked = sa.select(LinkedActivity.activity_id, place.label("place")).where(of_items).subquery()
    statement = (
        sa.select(LinkedActivity)
        .join(ranked, ranked.c.activity_id == LinkedActivity.activity_id)
        .where(ranked.c.place <= MOST_ACTIVITIES)
        .order_by(ranked.c.place)
    )
    found: dict[UUID, list[dict[str, Any]]] = {item.id: [] for item in items}
    for link in tx.session.scalars(statement) if items else ():
        day = link.held_on or (clock.day_of(link.starts_at) if link.starts_at else None)
        if link.item_id is not None:
            found[link.item_id].append({"activity_id": link.activity_id, "state": link.state, "day": day})
    return found


def show_item(tx: Transaction, item: PlanItem) -> dict[str, Any]:
    """Return an item for lists."""
    reached = rules.Progress(item.state, item.progress)
    late = rules.is_late(tx.today, item.year, (item.month, item.month_to), reached)
    return {name: getattr(item, name) for name in _SAME_NAMED} | {"order": item.position, "late": late}


def show_item_in_event(item: PlanItem) -> dict[str, Any]:
    """Return an item for events; a dropped one as not begun, because their states do not know it."""
    names = ("key", "year", "part", "month", "month_to", "title", "title_en", "kind", "measure", "progress")
    state = item.state if item.state in TOLD_STATES else "open"
    return {name: getattr(item, name) for name in names} | {
        "item_id": item.id, "order": item.position, "state": state,
    }  # fmt: skip


def show_item_detail(tx: Transaction, item: PlanItem) -> dict[str, Any]:
    """Return an item with its activities, oldest first, and the suggestion for the next one."""
    statement = sa.select(LinkedActivity).where(LinkedActivity.item_id == item.id)
    links = sorted(
        tx.session.scalars(statement), key=lambda link: (link.starts_at is None, link.starts_at, link.activity_id)
    )
    shown = [
        {"activity_id": link.activity_id, "state": link.state, "starts_at": link.starts_at, "held_on": link.held_on}
        for link in links
    ]
    return show_item(tx, item) | {"links": shown, "suggestion": _suggest(tx, item)}


def _suggest(tx: Transaction, item: PlanItem) -> dict[str, Any] | None:
    if item.kind is None:
        return None
    minutes = item.default_duration_minutes or SUGGESTED_MINUTES
    times = rules.suggest_time(tx.now, item.year, (item.month, item.month_to), minutes)
    return {
        "title": item.title,
        "title_en": item.title_en,
        "kind": item.kind,
        "capacity": item.default_capacity,
        "duration_minutes": minutes,
        "starts_at": times.starts_at,
        "ends_at": times.ends_at,
        "registration_opens_at": times.registration_opens_at,
        "registration_closes_at": times.registration_closes_at,
        "cancel_until": times.cancel_until,
    }


def show_plan(tx: Transaction, plan: Plan) -> dict[str, Any]:
    """Return a plan in figures: how many items, mean progress, items by state, mean progress by part."""
    columns = PlanItem.part, PlanItem.state, PlanItem.progress, PlanItem.month, PlanItem.month_to
    rows = tx.session.execute(sa.select(*columns).where(PlanItem.plan_id == plan.id)).all()
    late = Counter(
        row.state
        for row in rows
        if rules.is_late(tx.today, plan.year, (row.month, row.month_to), rules.Progress(row.state, row.progress))
    )
    counted = [row for row in rows if row.state != "dropped"]
    states = Counter(row.state for row in rows)
    parts = {part: [row.progress for row in counted if row.part == part] for part in PARTS}
    return {
        "id": plan.id,
        "year": plan.year,
        "title": plan.title,
        "title_en": plan.title_en,
        "state": plan.state,
        "published_at": plan.published_at,
        "items": len(rows),
        "progress": rules.plan_progress([row.progress for row in counted]),
        "late_by_state": dict(late),
        "by_state": {state: states[state] for state in ITEM_STATES},
        "by_part": {part: rules.plan_progress(percents) for part, percents in parts.items() if percents},
    }
