"""Editing the year's plan: creating it empty or from another year, deleting it, adding, changing and removing items."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.plan.pages import months
from services.chassis.clock import today
from services.chassis.plain_text import is_digits, whole_number
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS
from services.contracts.governance.plan.operations import (
    add_plan_item,
    begin_plan,
    discard_plan,
    get_plan_item,
    list_plans,
    remove_plan_item,
    update_plan_item,
)
from services.contracts.governance.plan.requests import AddPlanItem, BeginPlan

PAGES = PageTable()


ITEM = (
    Field("title", wide=True), Field("title_en", wide=True), Field("part", control="select"),
    Field("measure", control="select"),
    Field("month", choices=months, blank=_l("全年"), hint=_l("日历事项必须写明月份。")),
    Field("month_to", choices=months, blank=_l("当月")), "owner", "owner_en",
    Field("kind", choices=ACTIVITY_KINDS, blank=_l("不是活动"), hint=_l("用活动衡量的事项必须选择。")),
    Field("target", hint=_l("举办几次活动算完成；按走访计算的，填全年打算走访多少次，应走访的更多时以应走访的为准。")),
    "default_capacity", "default_duration_minutes",
)  # fmt: skip
_NUMBERS = ("month", "month_to")


@PAGES.route("/console/plan/new", methods=["GET", "POST"])
@only("officer")
def begin_year() -> str | Response | tuple[str, int]:
    """Create the plan of a year, empty or from another year's."""
    years = {str(item["year"]): str(item["year"]) for item in part(list_plans).items}
    fields = (
        "year",
        Field("from_year", choices=years, blank=_l("不复制，空白开始"), hint=_l("复制事项，不复制进度。")),
    )
    asked = request.args.get("year", type=whole_number) or today().year
    if request.method != "POST":
        return render_template("portal/console/plan_begin.html", form=Form(BeginPlan, fields, values={"year": asked}))
    form = Form(BeginPlan, fields, posted=request.form)
    filled = _with_numbers(form.payload(), ("from_year",))
    if submit(form, begin_plan, filled=filled) is None:
        return render_template("portal/console/plan_begin.html", form=form), 422
    flash(gettext("计划已建立，发布以前会员看不到。"), "done")
    return go(url_for("portal.plan", year=filled["year"]))


@PAGES.post("/console/plan/<int:year>/discard")
@only("officer")
def discard_year(year: int) -> Response:
    """Delete the draft of a year's plan."""
    payload = {"year": year, "reason": request.form.get("reason", "").strip()}
    done = gettext("%(year)s 年的计划草稿已放弃。", year=year)
    return act(discard_plan, payload, done=done, then=url_for("portal.plan", year=year))


@PAGES.route("/console/plan/items/new", methods=["GET", "POST"])
@only("officer")
def new_plan_item() -> str | Response | tuple[str, int]:
    """Add an item at the end of a year's plan."""
    year = request.args.get("year", type=whole_number) or today().year
    form = Form(AddPlanItem, ITEM, values={"target": 1}, posted=request.form if request.method == "POST" else None)
    if form.posted is None:
        return _page(form, year)
    if submit(form, add_plan_item, filled=_with_numbers(form.payload(), _NUMBERS), year=year) is None:
        return _page(form, year), 422
    flash(gettext("事项已加入计划。"), "done")
    return go(url_for("portal.plan", year=year))


@PAGES.route("/console/plan/items/<uuid:item_id>/edit", methods=["GET", "POST"])
@only("officer")
def edit_plan_item(item_id: UUID) -> str | Response | tuple[str, int]:
    """Change an item of the plan."""
    item = call(get_plan_item, {"item_id": str(item_id)})
    form = Form(AddPlanItem, ITEM, values=item, posted=request.form if request.method == "POST" else None)
    if form.posted is None:
        return _page(form, item["year"], item)
    version = request.form.get("version", type=whole_number)
    filled = _with_numbers(form.payload(), _NUMBERS)
    filled["owner_en"] = filled.get("owner_en") or filled.get("owner", "")
    if submit(form, update_plan_item, filled=filled, item_id=str(item_id), version=version) is None:
        return _page(form, item["year"], item), 422
    flash(gettext("事项已修改。"), "done")
    return go(url_for("portal.plan_item", item_id=item_id))


@PAGES.post("/console/plan/items/<uuid:item_id>/remove")
@only("officer")
def remove_item(item_id: UUID) -> Response:
    """Remove an unused item from its plan."""
    year = call(get_plan_item, {"item_id": str(item_id)})["year"]
    payload = {"item_id": str(item_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.plan", year=year)
    return act(remove_plan_item, payload, done=gettext("事项已从计划中删除。"), then=then)


def _with_numbers(filled: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return the form's values with numeric choices as numbers."""
    return {name: int(value) if name in names and is_digits(value or "") else value for name, value in filled.items()}


def _page(form: Form, year: int, item: dict[str, Any] | None = None) -> str:
    return render_template("portal/console/plan_item_form.html", form=form, year=year, item=item)
