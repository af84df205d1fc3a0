"""The year's plan: items by month with state and progress, one item, scheduling it in two clicks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import only_in_file
from gateway.portal.formats import title_of
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown, Values
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import Part, act, part
from gateway.read_models import activities as activities_view
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.contracts.governance.plan.events import PARTS
from services.contracts.governance.plan.operations import (
    complete_plan_item,
    get_plan_item,
    list_plan_items,
    list_plans,
    publish_plan,
)

PAGES = PageTable()

MOST_ITEMS = 1000
"""Items of a plan that are shown; more are not expected."""


def _plans() -> Part:
    """Return the plans of all years, asked for once per request."""
    if "portal_plans" not in g:
        g.portal_plans = part(list_plans)
    plans: Part = g.portal_plans
    return plans


def _of_a_year(values: Values) -> Values:
    """Return filters with a year: this year, or the latest that has a plan."""
    years, present = [item["year"] for item in _plans().items], today().year
    year = present if present in years else max(years, default=present)
    return {"year": str(year), **values}


def _every_item(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return all items of a year; a plan has some dozens, so the pages are put together."""
    plans = _plans()
    if not plans.problem and wanted["year"] not in [one["year"] for one in plans.items]:
        return {"items": []}
    items: list[dict[str, Any]] = []
    asked = {**wanted, "limit": 100}
    while len(items) < MOST_ITEMS:
        page = part(list_plan_items, asked)
        if page.problem:
            raise page.problem
        items += page.items
        if not page.next_cursor:
            break
        asked["cursor"] = page.next_cursor
    return {"items": items}


def _year_of(shown: Shown) -> dict[str, Any]:
    """Return how the plan of the year stands, its items by month, and the other years."""
    year, plans = int(shown.values["year"]), _plans().items
    summary = next((item for item in plans if item["year"] == year), None)
    months, duties = grouped(shown.found.items)
    return {
        "title": (title_of(summary) if summary else "") or gettext("%(year)s 年工作计划", year=year),
        "year": year,
        "years": sorted(item["year"] for item in plans),
        "summary": summary,
        "months": months,
        "duties": duties,
    }


PLAN = PAGES.add_list(
    ListPage(
        "plan", "/console/plan", list_plan_items, _l("年度计划"),
        columns=only_in_file(
            "title", "part", "month", "month_to", "owner", "measure", "target", "held", "progress", "state",
            "completed_on",
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("year", control="hidden"), "q", "part", "state"),
        empty=_l("没有符合条件的计划项目。"),
        icon="card-checklist",
        complete=_of_a_year,
        read=_every_item,
        more=_year_of,
        template="portal/console/plan.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def grouped(items: list[dict[str, Any]]) -> tuple[dict[int, list[Any]], dict[str, list[Any]]]:
    """Return items by month, and those without a month by part, both in the order of the plan."""
    months: dict[int, list[Any]] = {}
    duties: dict[str, list[Any]] = {}
    for item in items:
        if item["month"]:
            months.setdefault(item["month"], []).append(item)
        else:
            duties.setdefault(item["part"], []).append(item)
    return dict(sorted(months.items())), {part: duties[part] for part in PARTS if part in duties}


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
