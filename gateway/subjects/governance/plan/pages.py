"""The year's plan: items by month with state and progress, one item, scheduling it in two clicks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal import plan_pictures
from gateway.portal.columns import only_in_file
from gateway.portal.formats import month_name, title_of
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown, Values
from gateway.portal.listing import every_item
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import Part, act, part
from gateway.read_models import activities as activities_view
from gateway.rpc.calls import call
from gateway.subjects.governance.plan import views
from services.chassis.clock import today
from services.contracts.governance.plan.operations import (
    complete_plan_item,
    drop_plan_item,
    get_plan_item,
    list_plan_items,
    list_plans,
    publish_plan,
)

PAGES = PageTable()

MOST_ITEMS = 1000
"""Items of a plan that are shown; more are not expected."""
VIEWS = ("matrix", "gantt")
"""How the items are shown: by part and month, or as spans over the year."""

NARROWING = {"q", "part", "month", "state", "late"}
"""Filters with which only the found items are shown, all sections open."""

ONE_PLACE = {"q", "month"}
"""Filters whose items a matrix would show in one column, or one by one."""


def months() -> dict[str, str]:
    """Return the months of a year, as a form offers them."""
    return {str(month): str(month_name(month)) for month in range(1, 13)}


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
    if values.get("view") not in VIEWS:
        values = {name: value for name, value in values.items() if name != "view"}
    return {"year": str(year), **values}


def _every_item(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return all items of a year; a plan has some dozens, so the pages are put together."""
    plans = _plans()
    if not plans.problem and wanted["year"] not in [one["year"] for one in plans.items]:
        return {"items": []}
    return every_item(list_plan_items, wanted, MOST_ITEMS)


def _year_of(shown: Shown) -> dict[str, Any]:
    """Return how the plan of the year stands, its items in parts and pictures, and the other years."""
    year, plans, items = int(shown.values["year"]), _plans().items, shown.found.items
    summary = next((item for item in plans if item["year"] == year), None)
    view = shown.values.get("view", VIEWS[0])
    parts, schedules = views.by_part(items), bool({"officer", "chair"} & current_principal().roles)
    return {
        "title": (title_of(summary) if summary else "") or gettext("%(year)s 年工作计划", year=year),
        "year": year,
        "years": sorted(item["year"] for item in plans),
        "summary": summary,
        "states": plan_pictures.states(summary) if summary else None,
        "view": view,
        "filtered": bool(NARROWING & shown.values.keys()),
        "matrix": views.by_month(items, year, today(), schedules)
        if view == "matrix" and not ONE_PLACE & shown.values.keys()
        else None,
        "spans": {one: views.over_the_year(one, of, year, today()) for one, of in parts.items()}
        if view == "gantt"
        else {},
        "parts": parts,
        "month_counts": Counter(month for item in items for month in _months_of(item)),
        "this_month": today().month if year == today().year else None,
        "to_schedule": views.to_schedule(items, year, today()),
        "standing": plan_pictures.standing,
        "standing_words": plan_pictures.standing_words(),
    }


def _months_of(item: Mapping[str, Any]) -> range:
    return range(item["month"], (item["month_to"] or item["month"]) + 1) if item["month"] else range(0)


def _without_view(values: Values) -> dict[str, Any]:
    """Return the query's request; how the items are shown is no part of it."""
    numbers: dict[str, Any] = {name: int(values[name]) for name in ("year", "month") if name in values}
    return {**{name: value for name, value in values.items() if name != "view"}, **numbers}


PLAN = PAGES.add_list(
    ListPage(
        "plan", "/console/plan", list_plan_items, _l("年度计划"),
        columns=only_in_file(
            "title", "part", "month", "month_to", "owner", "measure", "target", "held", "progress", "state", "late",
            "completed_on", "dropped_on",
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("year", control="hidden"), Field("view", control="hidden"), "q", "part",
            Field("month", choices=months, blank=_l("全年各月")), "state",
            Field("late", choices={"true": _l("只看逾期的")}, blank=_l("不限")),
        ),
        empty=_l("没有符合条件的计划项目。"),
        icon="card-checklist",
        complete=_of_a_year,
        payload=_without_view,
        read=_every_item,
        more=_year_of,
        template="portal/console/plan.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.get("/console/plan/items/<uuid:item_id>")
@only(*CONSOLE_ROLES)
def plan_item(item_id: UUID) -> str:
    """Show one item with its activities."""
    item = call(get_plan_item, {"item_id": str(item_id)})
    known = activities_view.several(UUID(link["activity_id"]) for link in item["links"])
    titles = {str(activity_id): resource for activity_id, resource in known.items()}
    return render_template(
        "portal/console/plan_item.html",
        item=item,
        activities=titles,
        standing=plan_pictures.standing(item),
        standing_words=plan_pictures.standing_words(),
    )


@PAGES.post("/console/plan/items/<uuid:item_id>/complete")
@only("officer")
def complete_item(item_id: UUID) -> Response:
    """Mark an item as done that has no activities or visits to measure it by, or undo that."""
    done = request.form.get("done") == "1"
    payload = {"item_id": str(item_id), "done": done, "note": request.form.get("note", "").strip()}
    words_done = gettext("已登记完成。") if done else gettext("已撤回完成登记。")
    return act(complete_plan_item, payload, done=words_done, then=url_for("portal.plan_item", item_id=item_id))


@PAGES.post("/console/plan/items/<uuid:item_id>/drop")
@only("officer")
def drop_item(item_id: UUID) -> Response:
    """Say that an item will not take place, or take that back."""
    dropped = request.form.get("dropped") == "1"
    payload = {"item_id": str(item_id), "dropped": dropped, "reason": request.form.get("reason", "").strip()}
    words_done = gettext("已登记不再举办。") if dropped else gettext("事项已恢复。")
    return act(drop_plan_item, payload, done=words_done, then=url_for("portal.plan_item", item_id=item_id))


@PAGES.post("/console/plan/<int:year>/publish")
@only("officer")
def publish(year: int) -> Response:
    """Publish a year's plan to all members."""
    then = url_for("portal.plan", year=year)
    return act(publish_plan, {"year": year}, done=gettext("计划已发布，全体会员可以看到。"), then=then)
