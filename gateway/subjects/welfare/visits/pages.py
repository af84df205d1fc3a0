"""Visits: the list with what is due and overdue, the collection of life events by report."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import visit_pictures
from gateway.portal.columns import Column
from gateway.portal.form_fields import ALL
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.look_ups import found_members, recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import Part, go, part, submit
from gateway.portal.words import texts_of
from gateway.subjects.welfare.visits.life_event_pages import occasion_fields
from services.chassis.clock import today
from services.contracts.membership.record.operations import list_members
from services.contracts.welfare.visits.operations import (
    list_visit_statistics,
    list_visits,
    report_life_event,
    visit_figures,
)
from services.contracts.welfare.visits.requests import ReportLifeEvent
from services.contracts.welfare.visits.shapes import VISIT_STATES, VISIT_STEPS
from services.contracts.welfare.vocabulary import CLAIM_STATES

PAGES = PageTable()

SHOW = {
    "open": _l("未完成"), **texts_of(VISIT_STEPS.only("overdue", "escalated", "claim_refused")),
    "visited": texts_of(CLAIM_STATES)["pending"], **texts_of(VISIT_STATES.only("claimed", "closed", "cancelled")),
    "all": ALL,
}  # fmt: skip
_FLAGS = ("open", "overdue", "escalated", "claim_refused")


def _request(values: dict[str, str]) -> dict[str, Any]:
    show = values.get("show", "open")
    narrowed: dict[str, Any] = {key: value for key, value in values.items() if key != "show"}
    if show in _FLAGS:
        return {**narrowed, show: True}
    return narrowed if show == "all" else {"sort": "-due_at", **narrowed, "state": show}


def _figures(shown: Shown) -> dict[str, Any]:
    """Return the figures of the visits, of one unit where one is chosen, and their pictures."""
    unit_id = shown.values.get("unit_id")
    figures = part(visit_figures, {"detailed": True, **({"unit_id": unit_id} if unit_id else {})})
    found = figures.data or {}
    return {
        "figures": figures,
        "by_month": visit_pictures.by_month(found.get("by_month", [])),
        "by_unit": visit_pictures.by_unit(found.get("by_unit", [])),
    }


VISITS = PAGES.add_list(
    ListPage(
        "visits", "/console/visits", list_visits, _l("走访"),
        columns=(
            Column("member_id", _l("慰问对象")),
            "unit_id",
            "level",
            Column("assignee_id", how="member"),
            "due_at",
            Column("visited_on", on_page=False),
            Column("amount", _l("慰问")),
            Column("claim_state", on_page=False),
            Column("state", macro="state"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("show", _l("范围"), "select", choices=SHOW), "level", Field("unit_id", choices=unit_choices)),
        empty=_l("没有符合条件的走访。"),
        icon="heart-pulse",
        links=(
            PageLink("visit_statistics", _l("分月统计"), "list-check"),
            PageLink("visit_types", _l("走访类型"), "sliders"),
            PageLink("report_event", _l("登记慰问事由"), "plus-lg", frozenset({"officer", "chair"}), first=True),
        ),
        link="visit",
        argument="visit_id",
        payload=_request,
        more=_figures,
        template="portal/console/visits.html",
        macros="portal/parts/visits.html",
        export=ListExport(),
    )
)  # fmt: skip


STATISTICS = PAGES.add_list(
    ListPage(
        "visit_statistics", "/console/visits/statistics", list_visit_statistics, _l("走访分月统计"),
        columns=("unit_id", "month", "made", "in_time"),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("year", control="select", choices=recent_years), Field("unit_id", choices=unit_choices)),
        complete=lambda values: {"year": str(today().year), **values},
        empty=_l("这一年还没有走访。"),
        icon="heart-pulse",
        back=("visits", _l("走访")),
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/visits/report", methods=["GET", "POST"])
@only("officer", "chair")
def report_event() -> str | Response | tuple[str, int]:
    """Report a life event of a member: first find the member, then say what happened."""
    sought = sought_member()
    fields = [
        Field("member_id", control="select", choices=sought.choices, wide=True, required=True),
        *occasion_fields(),
    ]
    posted = request.form if request.method == "POST" else None
    form = Form(ReportLifeEvent, fields, values={"happened_on": today().isoformat()}, posted=posted)
    reply = submit(form, report_life_event) if posted is not None else None
    if reply is None:
        return form_page(
            form, title=gettext("登记慰问事由"), back=url_for("portal.visits"), words=gettext("走访"),
            lead=gettext("登记后生成限时走访任务。事由加密保存，走访人只看到该去看望谁。"),
            button=gettext("登记"), sought=sought,
        )  # fmt: skip
    flash(gettext("已登记，走访任务已经生成。"), "done")
    return go(url_for("portal.visit", visit_id=reply["visit_id"]))


def candidates_for(visit: dict[str, Any], q: str) -> Part:
    """Return members who may be asked to go: of the unit for a unit's visit, else of the whole union."""
    own = {"unit_id": visit["unit_id"]} if visit["level"] == "unit" else {}
    if not q and own:
        return part_of_unit(own["unit_id"])
    return found_members(q, **own)


def part_of_unit(unit_id: str) -> Part:
    """Return the first members of a unit, to choose from without a search."""
    return part(list_members, {"unit_id": unit_id, "standing": "active", "limit": 100})
