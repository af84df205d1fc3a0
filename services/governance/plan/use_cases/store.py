"""Reading plans and items, and converting them to the contract's shapes."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.governance.plan.events import ITEM_STATES, PARTS
from services.governance.plan import rules
from services.governance.plan.tables import LinkedActivity, Plan, PlanItem

SUGGESTED_MINUTES = 120
"""Default duration."""

_SAME_NAMED = (
    "id", "year", "key", "part", "month", "month_to", "title", "title_en", "owner", "owner_en", "kind", "measure",
    "target", "state", "progress", "held", "scheduled", "visits_due", "visits_done", "completed_on",
    "completion_note", "default_capacity", "default_duration_minutes", "version",
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


def show_item(item: PlanItem) -> dict[str, Any]:
    """Return an item for lists."""
    return {name: getattr(item, name) for name in _SAME_NAMED} | {"order": item.position}


def show_item_in_event(item: PlanItem) -> dict[str, Any]:
    """Return an item for events."""
    names = ("key", "year", "part", "month", "month_to", "title", "title_en", "kind", "measure", "state", "progress")
    return {name: getattr(item, name) for name in names} | {"item_id": item.id, "order": item.position}


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
    return show_item(item) | {"links": shown, "suggestion": _suggest(tx, item)}


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
    rows = tx.session.execute(
        sa.select(PlanItem.part, PlanItem.state, PlanItem.progress).where(PlanItem.plan_id == plan.id)
    ).all()
    states = Counter(row.state for row in rows)
    parts = {part: [row.progress for row in rows if row.part == part] for part in PARTS}
    return {
        "id": plan.id,
        "year": plan.year,
        "title": plan.title,
        "title_en": plan.title_en,
        "state": plan.state,
        "published_at": plan.published_at,
        "items": len(rows),
        "progress": rules.plan_progress([row.progress for row in rows]),
        "by_state": {state: states[state] for state in ITEM_STATES},
        "by_part": {part: rules.plan_progress(percents) for part, percents in parts.items() if percents},
    }
