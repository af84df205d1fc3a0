"""Creating the plan of a year, empty or with the items of another year's plan, and deleting its draft."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.plan import rules
from services.governance.plan.tables import LinkedActivity, Plan, PlanItem
from services.governance.plan.use_cases import store
from services.governance.plan.use_cases.progress import count_measured, settle

_COPIED = (
    "key", "part", "month", "month_to", "owner", "owner_en", "kind", "measure", "target",
    "position", "default_capacity", "default_duration_minutes", "edited",
)  # fmt: skip


def begin_plan(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Create a draft for a year; copied items have no activities, visits and progress.

    Raises:
        Refused: the year has a plan.
        NotFound: there is no plan of the other year.
    """
    tx.lock("plan")
    year = request["year"]
    refuse_first(rules.plan_is_new(store.find_plan(tx, year) is not None, year))
    before = None if request["from_year"] is None else store.require_plan(tx, request["from_year"])
    plan = new_plan(tx, year, request["title"], request["title_en"])
    if before is not None:
        _copy_items(tx, before, plan)
    note_change(tx, f"plan/{year}", {"state": (None, plan.state)})
    return store.show_plan(tx, plan)


def discard_plan(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Delete the draft of a year and its items. No event is recorded, because drafts have none.

    Raises:
        NotFound: the year has no plan.
        Refused: it is published, or an activity was scheduled for one of its items.
    """
    tx.lock("plan")
    plan = store.require_plan(tx, request["year"])
    items = store.items_of(tx, plan, for_change=True)
    activities = tx.session.scalar(
        sa.select(sa.func.count())
        .select_from(LinkedActivity)
        .join(PlanItem, PlanItem.id == LinkedActivity.item_id)
        .where(PlanItem.plan_id == plan.id)
    )
    refuse_first(rules.plan_is_draft(plan.state, plan.year), rules.plan_is_unused(activities or 0))
    given_up = {"state": (plan.state, None), "title": (plan.title, None), "items": (len(items), None)}
    note_change(tx, f"plan/{plan.year}", given_up, request["reason"])
    tx.session.execute(sa.delete(PlanItem).where(PlanItem.plan_id == plan.id))
    tx.session.execute(sa.delete(Plan).where(Plan.id == plan.id))
    return {"year": plan.year, "items": len(items)}


def new_plan(tx: Transaction, year: int, title: str | None = None, title_en: str | None = None) -> Plan:
    """Store the empty draft of a year, with a default title if none is given."""
    plan = Plan(
        year=year,
        title=title or f"工会{year}年工作计划",
        title_en=title_en or f"Union plan for {year}",
        state="draft",
        created_at=tx.now,
    )
    tx.session.add(plan)
    tx.session.flush()
    return plan


def _copy_items(tx: Transaction, before: Plan, plan: Plan) -> None:
    by = plan.year - before.year
    items = [
        PlanItem(
            **{name: getattr(item, name) for name in _COPIED},
            plan_id=plan.id,
            year=plan.year,
            title=rules.of_another_year(item.title, by),
            title_en=rules.of_another_year(item.title_en, by),
        )
        for item in store.items_of(tx, before)
    ]
    tx.session.add_all(items)
    tx.session.flush()
    for item in items:
        settle(tx, item)
    count_measured(tx, plan.year, items)
