"""Retirement: the roster of a year for the ceremony, confirming one by one or many, HR's month, undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, part, send, tell
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.retirement import (
    ROSTER_STATES,
    confirm_retirement,
    confirm_retirements,
    export_retirement_roster,
    retirement_roster,
    set_approved_month,
    undo_retirement,
)

PAGES = PageTable()

SORTS = {"month": _l("退休月份"), "-month": _l("退休月份从晚到早"), "name": _l("姓名"), "number": _l("会员号"),
         "unit_id": _l("分工会")}  # fmt: skip


def years() -> dict[str, str]:
    """Return the years a roster is asked for: from two years ago to ten ahead."""
    return {str(year): str(year) for year in range(today().year - 2, today().year + 11)}


FILTERS = (
    Field("year", _l("年份"), "select", choices=years),
    Field("q", _l("姓名、拼音或会员号"), "search"),
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
    Field("state", _l("状态"), "select", choices=ROSTER_STATES, blank=ALL),
    Field("sort", _l("排序"), "select", choices=SORTS),
)


@PAGES.get("/console/retirement")
@only(*CONSOLE_ROLES)
def retirements() -> str:
    """List who retires in a year; this year at first."""
    values = {"year": str(today().year), **chosen(FILTERS)}
    payload = asked(with_total=True, **{**values, "year": int(values["year"])})
    return render_template(
        "portal/console/retirement.html",
        list=listing(part(retirement_roster, payload)),
        filters=FILTERS,
        values=values,
        this_month=today().replace(day=1).isoformat(),
    )


@PAGES.post("/console/retirement/confirm")
@only("officer")
def confirm_ticked() -> Response:
    """Confirm the retirement of all that were ticked, as long work."""
    ticked, back = request.form.getlist("member_ids"), url_for("portal.retirements", year=request.form.get("year"))
    if not ticked:
        ask_again(gettext("请先勾选要办理退休的会员。"))
        return go(back)
    try:
        job = send(confirm_retirements, {"member_ids": ticked})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(back)
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.post("/console/retirement/export")
@only(*CONSOLE_ROLES)
def export_roster() -> Response:
    """Give the roster as a workbook; the export is logged."""
    payload: dict[str, Any] = {key: request.form[key] for key in ("q", "unit_id", "state") if request.form.get(key)}
    return file_response(
        call(export_retirement_roster, {**payload, "year": request.form.get("year", type=whole_number) or today().year})
    )


@PAGES.post("/console/members/<uuid:member_id>/retirement")
@only("officer")
def retire(member_id: UUID) -> Response:
    """Confirm, note HR's month, or undo."""
    action = request.form.get("action", "")
    payload = {"member_id": str(member_id), "version": request.form.get("version", type=whole_number)}
    reason, then = request.form.get("reason", "").strip(), url_for("portal.member_standing", member_id=member_id)
    if action == "undo":
        return act(undo_retirement, {**payload, "reason": reason}, done=gettext("退休已撤销。"), then=then)
    if action == "approve":
        month = request.form.get("approved_month", "").strip()
        approved = {"approved_month": f"{month[:7]}-01" if month else None, "reason": reason}
        return act(set_approved_month, {**payload, **approved}, done=gettext("人事批准的月份已登记。"), then=then)
    day = {"retired_on": request.form.get("retired_on") or None}
    return act(confirm_retirement, {**payload, **day}, done=gettext("退休已确认，会籍保留。"), then=then)
