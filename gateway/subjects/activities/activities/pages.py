"""Organisers' pages of activities: the list, and the form for a new one or a change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.audience_fields import WHOM, place_audience_errors, with_audience
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, own_unit_choices
from gateway.portal.service_calls import Part, go, part, submit
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.activities.calendar.operations import (
    ScheduleActivity,
    UpdateActivity,
    get_activity,
    list_activities,
    schedule_activity,
    update_activity,
)
from services.contracts.activities.facts import count_audience
from services.contracts.governance.plan.operations import get_plan_item

PAGES = PageTable()

WHAT: tuple[Field | str, ...] = (
    "title", "title_en", "kind", "place", "starts_at", "ends_at", Field("capacity", hint=_l("不填就是不限名额。")),
    Field("fee", hint=_l("免费填 0。")), "waiting_list", Field("summary", control="textarea"),
    Field("summary_en", control="textarea"),
)  # fmt: skip
WHEN = (
    Field("registration_opens_at", hint=_l("不填就是现在。")),
    Field("registration_closes_at", hint=_l("不填就是活动开始时。")),
    Field("cancel_until", hint=_l("不填就是报名截止时。")),
)
CHANGE = (Field("move_overflow", wide=True), Field("reason", wide=True))


ACTIVITIES = PAGES.add_list(
    ListPage(
        "console_activities", "/console/activities", list_activities, _l("活动"),
        columns=(
            Column("title", macro="title"),
            "kind",
            Column("place", on_page=False),
            Column("starts_at", _l("时间")),
            Column("ends_at", on_page=False),
            "organiser_unit_id",
            Column("capacity", on_page=False),
            Column("seats_taken", _l("报名"), macro="seats"),
            Column("waiting", on_page=False),
            Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("q", "state", "kind", "sort"),
        empty=_l("没有符合条件的活动。"),
        icon="calendar-event",
        links=(PageLink("new_activity", _l("安排活动"), "plus-lg", frozenset({"officer", "chair"}), first=True),),
        payload=lambda values: {"sort": "-starts_at", **values},
        template="portal/console/activities.html",
        macros="portal/parts/activities.html",
        export=ListExport(personal=False, name="activities"),
    )
)  # fmt: skip


def _organiser() -> Field:
    """Return the choices of the organiser: also the union for officers, only the own units for a chair."""
    blank = _l("校工会") if current_principal().has("officer") else None
    return Field("organiser_unit_id", control="select", choices=own_unit_choices, blank=blank)


def _payload(form: Form) -> dict[str, Any]:
    return with_audience(form.payload())


def _counted(form: Form) -> Part:
    """Return how many members the audience that was filled in has."""
    filled = _payload(form)
    day = str(filled.get("starts_at") or "")[:10] or today().isoformat()
    return part(count_audience, {"audience": filled["audience"], "on": day})


@PAGES.route("/console/activities/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_activity() -> str | Response | tuple[str, int]:
    """Schedule an activity, or store it as a draft; for an item of the plan the form has defaults."""
    fields = [*WHAT, *WHEN, _organiser(), *WHOM]
    item = _plan_item(request.values.get("plan_item_id"))
    if request.method != "POST":
        form = Form(ScheduleActivity, fields, values=_suggested(item))
        return _form_page(form, item=item)
    form = Form(ScheduleActivity, fields, posted=request.form)
    if request.form.get("as") == "count":
        return _form_page(form, item=item, counted=_counted(form))
    filled = {**_payload(form), "draft": request.form.get("as") == "draft"}
    if item:
        filled["plan_item_id"] = item["id"]
    reply = submit(form, schedule_activity, filled=filled)
    if reply is None:
        place_audience_errors(form)
        return _form_page(form, item=item), 422
    flash(gettext("草稿已保存。") if reply["state"] == "draft" else gettext("活动已安排，会员可以看到了。"), "done")
    return go(url_for("portal.console_activity", activity_id=reply["id"]))


def _plan_item(item_id: str | None) -> dict[str, Any] | None:
    return call(get_plan_item, {"item_id": item_id}) if item_id else None


def _suggested(item: dict[str, Any] | None) -> dict[str, Any]:
    return (item or {}).get("suggestion") or {}


def _form_page(
    form: Form,
    *,
    item: dict[str, Any] | None = None,
    activity: dict[str, Any] | None = None,
    counted: Part | None = None,
) -> str:
    parts: dict[str, tuple[Field | str, ...]] = {"what": WHAT, "when": WHEN, "whom": WHOM}
    names = {key: [getattr(spec, "name", spec) for spec in specs] for key, specs in parts.items()}
    return render_template(
        "portal/console/activity_form.html", form=form, names=names, item=item, activity=activity, counted=counted
    )


@PAGES.route("/console/activities/<uuid:activity_id>/edit", methods=["GET", "POST"])
@only("officer", "chair")
def edit_activity(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Change or reschedule an activity; registered members are notified by the event."""
    stands = call(get_activity, {"activity_id": str(activity_id)})
    fields = [*WHAT, *WHEN, _organiser(), *WHOM, *CHANGE]
    values = {**stands, **(stands["audience"] or {})}
    if request.method != "POST":
        return _form_page(Form(UpdateActivity, fields, values=values), activity=stands)
    form = Form(UpdateActivity, fields, values=values, posted=request.form)
    if request.form.get("as") == "count":
        return _form_page(form, activity=stands, counted=_counted(form))
    version = request.form.get("version", type=whole_number) or stands["version"]
    reply = submit(form, update_activity, filled=_payload(form), activity_id=str(activity_id), version=version)
    if reply is None:
        place_audience_errors(form)
        return _form_page(form, activity=stands), 422
    flash(gettext("活动已更新。"), "done")
    return go(url_for("portal.console_activity", activity_id=activity_id))
