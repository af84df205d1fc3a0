"""Retirement: the roster of a year for the ceremony, confirming one by one or many, HR's month, undoing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import Batch, ListPage, Values
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, part, send, tell
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.record.operations import list_members
from services.contracts.membership.retirement import (
    confirm_retirement,
    confirm_retirements,
    export_retirement_roster,
    retirement_roster,
    set_approved_month,
    undo_retirement,
)

PAGES = PageTable()


def years() -> dict[str, str]:
    """Return the years a roster is asked for: from two years ago to ten ahead."""
    return {str(year): str(year) for year in range(today().year - 2, today().year + 11)}


def _is_due(item: Mapping[str, Any], values: Values) -> bool:
    """Whether a retirement can be confirmed: its month has begun."""
    return not item["retired_on"] and item["month"] <= f"{today():%Y-%m}-01"


def _without_class() -> int:
    """Return how many members are on no roster because their original age of retirement is not recorded."""
    asked = {"lacks": "original_age", "standing": "active", "limit": 1, "with_total": True}
    return (part(list_members, asked).data or {}).get("total") or 0


RETIREMENTS = PAGES.add_list(
    ListPage(
        "retirements", "/console/retirement", retirement_roster, _l("荣休名单"),
        columns=(
            "name", "number", "unit_id", Column("birth_date", wide=True),
            Column("month", how="text", value=lambda item: item["month"][:7]),
            "counted_by",
            Column("state", _l("状态"), "roster_state", state=True,
                   value=lambda item: "retired" if item["retired_on"] else "due"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("year", choices=years), "q", Field("unit_id", choices=unit_choices), "state", "sort",
        ),
        lead=_l("按实际退休、人事批准、法定年龄的先后取月份，人事的日期优先。"),
        empty=_l("这一年没有符合条件的会员。"),
        icon="sunset",
        link="member_standing",
        argument="member_id",
        complete=lambda values: {"year": str(today().year), **values},
        more=lambda shown: {
            "title": gettext("%(year)s 年荣休名单", year=shown.values["year"]), "unclassed": _without_class(),
        },
        template="portal/console/retirement.html",
        batch=Batch(
            "confirm_ticked", "member_ids", _l("确认勾选的会员已退休"), frozenset({"officer"}), "member_id",
            takes=_is_due, keeps=("year",),
        ),
    )
)  # fmt: skip


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
