"""Use cases of the year's plan, except importing and progress."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.english_names import with_english
from services.chassis.errors import PreconditionFailed, Refused, refuse_first
from services.chassis.identifiers import uuid7
from services.contracts.governance.plan.events import PlanItemUpdated, PlanPublished
from services.governance.plan import rules
from services.governance.plan.tables import LinkedActivity, Plan, PlanItem
from services.governance.plan.use_cases import progress, store
from services.governance.plan.use_cases.beginning import new_plan
from services.governance.plan.use_cases.importing import GAP


def list_plans(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the plans of all years, the newest first."""
    plans = tx.session.scalars(sa.select(Plan).order_by(Plan.year.desc())).all()
    return {"items": [store.show_plan(tx, plan) for plan in plans]}


def get_plan(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the plan of a year."""
    return store.show_plan(tx, store.require_plan(tx, request["year"]))


def list_plan_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of a year's items in the plan's order; an unknown year is `NotFound`."""
    plan = store.require_plan(tx, request["year"])
    statement = sa.select(PlanItem).where(PlanItem.year == plan.year)
    for name in ("part", "state", "measure"):
        if request[name] is not None:
            statement = statement.where(getattr(PlanItem, name) == request[name])
    if request["late"]:
        statement = statement.where(*store.is_late(tx.today, plan.year))
    if request["month"] is not None:
        last = sa.func.coalesce(PlanItem.month_to, PlanItem.month)
        statement = statement.where(PlanItem.month <= request["month"], last >= request["month"])
    if request["q"]:
        wanted = request["q"]
        either = sa.or_(
            PlanItem.title.icontains(wanted, autoescape=True), PlanItem.title_en.icontains(wanted, autoescape=True)
        )
        statement = statement.where(either)
    total = tx.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery()))
    page = page_of(tx, statement, request, [(PlanItem.position, "asc"), (PlanItem.id, "asc")])
    activities = store.activities_of(tx, page.rows)
    shown = [store.show_item(tx, item) | {"activities": activities[item.id]} for item in page.rows]
    return page.reply(shown, total=total)


def get_plan_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one item of a plan with its progress."""
    return store.show_item_detail(tx, store.require_item(tx, request["item_id"]))


def publish_plan(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Publish a plan with all its items; publishing it again records its present state."""
    tx.lock("plan")
    plan = store.require_plan(tx, request["year"])
    items = store.items_of(tx, plan)
    refuse_first(rules.plan_has_items(len(items)))
    if plan.state != "published":
        note_change(tx, f"plan/{plan.year}", {"state": (plan.state, "published")})
        plan.state, plan.published_at = "published", tx.now
        tx.session.flush()
        progress.adopt_visits(tx, plan.year)
        progress.count_examinations(tx, plan.year)
    shown = [store.show_item_in_event(item) for item in items if item.dropped_on is None]
    tx.record(PlanPublished(plan_id=plan.id, year=plan.year, title=plan.title, title_en=plan.title_en, items=shown))
    return store.show_plan(tx, plan)


def add_plan_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add an item at the end of a year's plan; the first item creates the plan."""
    tx.lock("plan")
    fields = with_english(request, "title", "owner")
    year = fields.pop("year")
    _require_fitting(fields)
    plan = store.find_plan(tx, year)
    if plan is None:
        plan = new_plan(tx, year)
    last = tx.session.scalar(sa.select(sa.func.max(PlanItem.position)).where(PlanItem.plan_id == plan.id)) or 0
    item_id = uuid7()
    item = PlanItem(
        id=item_id, plan_id=plan.id, year=year, key=f"own-{item_id}", position=last + GAP, edited=True, **fields
    )
    tx.session.add(item)
    tx.session.flush()
    note_change(tx, f"plan_item/{item.id}", {"title": (None, item.title)})
    progress.count_measured(tx, year, [item])
    _announce(tx, plan, item)
    return store.show_item_detail(tx, item)


def update_plan_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change the given fields; from then on imports do not change the item.

    Raises:
        PreconditionFailed: another version stands than the one that was read.
    """
    item = store.require_item(tx, request["item_id"], for_change=True)
    fields = with_english(request, "title", "owner", stored=item)
    del fields["item_id"]
    version, reason = fields.pop("version"), fields.pop("reason")
    if version is not None and version != item.version:
        raise PreconditionFailed("The item was changed meanwhile.", field="version", params={"version": item.version})
    standing = {name: getattr(item, name) for name in ("part", "month", "month_to", "measure", "kind")}
    _require_fitting({**standing, **fields})
    changes = {name: (getattr(item, name), value) for name, value in fields.items() if getattr(item, name) != value}
    if not changes:
        return store.show_item_detail(tx, item)
    note_change(tx, f"plan_item/{item.id}", changes, reason)
    for name, (_, value) in changes.items():
        setattr(item, name, value)
    item.edited, item.version = True, item.version + 1
    tx.session.flush()
    progress.settle(tx, item)
    progress.count_measured(tx, item.year, [item])
    _announce(tx, store.require_plan(tx, item.year), item)
    return store.show_item_detail(tx, item)


def remove_plan_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove an unused item from its plan."""
    item = store.require_item(tx, request["item_id"], for_change=True)
    links = tx.session.scalar(
        sa.select(sa.func.count()).select_from(LinkedActivity).where(LinkedActivity.item_id == item.id)
    )
    refuse_first(rules.item_is_unused(links or 0, item.visits_done))
    note_change(tx, f"plan_item/{item.id}", {"title": (item.title, None)}, request["reason"])
    _announce(tx, store.require_plan(tx, item.year), item, removed=True)
    tx.session.delete(item)
    return {"item_id": item.id}


def complete_plan_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Mark an item as done, or undo that; the note gives the reason."""
    item = store.require_item(tx, request["item_id"], for_change=True)
    completed_on = tx.today if request["done"] else None
    if item.completed_on is None and completed_on is None:
        raise Refused("The item was not declared done.", rule="plan.item_is_declared_done")
    refuse_first(rules.item_is_in_the_plan(item.state))
    note_change(tx, f"plan_item/{item.id}", {"completed_on": (item.completed_on, completed_on)}, request["note"])
    item.completed_on, item.completion_note = completed_on, request["note"]
    item.version += 1
    progress.settle(tx, item)
    return store.show_item_detail(tx, item)


def drop_plan_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Store that an item will not take place, or take that back; members are told as of its removal and return."""
    item = store.require_item(tx, request["item_id"], for_change=True)
    if request["dropped"]:
        refuse_first(
            rules.item_is_in_the_plan(item.state),
            rules.item_is_unfinished(item.state),
            rules.item_has_nothing_scheduled(item.scheduled),
        )
    else:
        refuse_first(rules.item_is_dropped(item.state))
    dropped_on = tx.today if request["dropped"] else None
    note_change(tx, f"plan_item/{item.id}", {"dropped_on": (item.dropped_on, dropped_on)}, request["reason"])
    item.dropped_on, item.drop_reason = dropped_on, request["reason"]
    item.version += 1
    progress.settle(tx, item)
    _announce(tx, store.require_plan(tx, item.year), item)
    return store.show_item_detail(tx, item)


def _require_fitting(fields: dict[str, Any]) -> None:
    refuse_first(
        rules.months_are_in_order(fields.get("month"), fields.get("month_to")),
        rules.calendar_item_has_month(fields["part"], fields.get("month")),
        rules.activity_item_has_kind(fields["measure"], fields.get("kind")),
    )


def _announce(tx: Transaction, plan: Plan, item: PlanItem, *, removed: bool = False) -> None:
    if plan.state == "published":
        tx.record(PlanItemUpdated(**store.show_item_in_event(item), removed=removed or item.dropped_on is not None))
