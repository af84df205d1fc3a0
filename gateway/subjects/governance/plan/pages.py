"""The year's plan: items by month with state and progress, one item, scheduling it in two clicks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, chosen
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import Part, act, part
from gateway.read_models import activities as activities_view
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.governance.plan.events import ITEM_STATES, PARTS
from services.contracts.governance.plan.operations import (
    complete_plan_item,
    get_plan_item,
    list_plan_items,
    list_plans,
    publish_plan,
)

PAGES = PageTable()

FILTERS = (
    Field("q", _l("名称"), "search"),
    Field("part", _l("部分"), "select", choices=PARTS, blank=ALL),
    Field("state", _l("状态"), "select", choices=ITEM_STATES, blank=ALL),
)


@PAGES.get("/console/plan")
@only(*CONSOLE_ROLES)
def plan() -> str:
    """Show a year's items by month, and the standing duties by part."""
    plans = part(list_plans)
    years = [item["year"] for item in plans.items]
    year = request.args.get("year", type=whole_number) or (
        today().year if today().year in years else max(years, default=today().year)
    )
    values = chosen(FILTERS)
    summary = next((item for item in plans.items if item["year"] == year), None)
    found = _every_item(year, values) if summary else Part(problem=plans.problem)
    months, duties = grouped(found.items)
    return render_template(
        "portal/console/plan.html",
        year=year,
        years=sorted(years),
        summary=summary,
        found=found,
        months=months,
        duties=duties,
        filters=FILTERS,
        values=values,
    )


def _every_item(year: int, filters: dict[str, str]) -> Part:
    """Return all items of a year; a plan has some dozens, so the pages are put together."""
    first = part(list_plan_items, {"year": year, "limit": 100, **filters})
    if first.problem:
        return first
    items, cursor = list(first.items), first.next_cursor
    while cursor and len(items) < 1000:
        more = call(list_plan_items, {"year": year, "limit": 100, "cursor": cursor, **filters})
        items, cursor = [*items, *more["items"]], more["next_cursor"]
    return Part(data={"items": items})


def grouped(items: list[dict[str, Any]]) -> tuple[dict[int, list[Any]], dict[str, list[Any]]]:
    """Return items by month, and those without a month by part."""
    months: dict[int, list[Any]] = {}
    duties: dict[str, list[Any]] = {}
    for item in items:
        if item["month"]:
            months.setdefault(item["month"], []).append(item)
        else:
            duties.setdefault(item["part"], []).append(item)
    return dict(sorted(months.items())), duties


@PAGES.get("/console/plan/items/<uuid:item_id>")
@only(*CONSOLE_ROLES)
def plan_item(item_id: UUID) -> str:
    """Show one item with its activities."""
    item = call(get_plan_item, {"item_id": str(item_id)})
    known = activities_view.several(UUID(link["activity_id"]) for link in item["links"])
    titles = {str(activity_id): resource for activity_id, resource in known.items()}
    return render_template("portal/console/plan_item.html", item=item, activities=titles)


@PAGES.post("/console/plan/items/<uuid:item_id>/complete")
@only("officer")
def complete_item(item_id: UUID) -> Response:
    """Mark an item as done that has no activities or visits to measure it by, or undo that."""
    done = request.form.get("done") == "1"
    payload = {"item_id": str(item_id), "done": done, "note": request.form.get("note", "").strip()}
    words_done = gettext("已登记完成。") if done else gettext("已撤回完成登记。")
    return act(complete_plan_item, payload, done=words_done, then=url_for("portal.plan_item", item_id=item_id))


@PAGES.post("/console/plan/<int:year>/publish")
@only("officer")
def publish(year: int) -> Response:
    """Publish a year's plan to all members."""
    then = url_for("portal.plan", year=year)
    return act(publish_plan, {"year": year}, done=gettext("计划已发布，全体会员可以看到。"), then=then)
