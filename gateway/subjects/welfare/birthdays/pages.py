"""Birthday care: the month's list, vouchers issued from it with progress, their collection by code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.formats import first_of_month
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, tell
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.welfare.birthdays import (
    GRANT_STATES,
    collect_birthday_voucher,
    draw_up_birthday_list,
    get_birthday_list,
    get_birthday_run,
    issue_birthday_vouchers,
    list_birthday_grants,
    list_birthday_runs,
    stop_birthday_run,
    withdraw_birthday_grant,
)

PAGES = PageTable()

FILTERS = (
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
    Field("state", _l("状态"), "select", choices=GRANT_STATES, blank=ALL),
)


def _month(values: object = None) -> dict[str, Any]:
    year = request.values.get("year", type=whole_number) or today().year
    month = request.values.get("month", type=whole_number) or today().month
    return (
        {"year": year, "month": month}
        if 2000 <= year <= 2100 and 1 <= month <= 12
        else {"year": today().year, "month": today().month}
    )


@PAGES.get("/console/birthdays")
@only(*CONSOLE_ROLES)
def birthdays() -> str:
    """Show a month's birthday care."""
    month, values = _month(), chosen(FILTERS)
    found = part(list_birthday_grants, asked(**month, **values))
    sees_runs = current_principal().roles & {"officer", "auditor"}
    return render_template(
        "portal/console/birthdays.html",
        **month,
        summary=part(get_birthday_list, month),
        list=listing(found),
        names=names(found.items, "member_id"),
        runs=part(list_birthday_runs, {**month, "limit": 5}) if sees_runs else None,
        before=first_of_month(month["year"], month["month"], -1),
        after=first_of_month(month["year"], month["month"], 1),
        filters=FILTERS,
        values=values,
    )


def _here() -> str:
    return url_for("portal.birthdays", **_month())


@PAGES.post("/console/birthdays/draw-up")
@only("officer")
def draw_up() -> Response:
    """Put the month's birthdays on the list; again adds only who is new."""
    return act(draw_up_birthday_list, _month(), done=gettext("本月生日名单已生成。"), then=_here())


@PAGES.post("/console/birthdays/issue")
@only("officer")
def issue() -> Response:
    """Issue vouchers to the whole list, or to those that were ticked."""
    payload = {
        **_month(),
        "amount": plain_amount(request.form.get("amount", "")).strip(),
        "form": request.form.get("form") or "voucher",
        "collect_by": request.form.get("collect_by") or None,
        "grant_ids": request.form.getlist("grant_ids") or None,
    }
    return act(issue_birthday_vouchers, payload, done=gettext("开始发放，进度显示在下方。"), then=_here())


@PAGES.get("/console/birthdays/runs/<uuid:run_id>")
@only("officer", "auditor")
def birthday_run(run_id: UUID) -> str:
    """Answer only the bar of one issue; the page asks again until it is done."""
    return render_template("portal/console/birthday_run.html", run=part(get_birthday_run, {"run_id": str(run_id)}).data)


@PAGES.post("/console/birthdays/runs/<uuid:run_id>/stop")
@only("officer")
def stop_run(run_id: UUID) -> Response:
    """Stop an issue; what was issued stays."""
    return act(stop_birthday_run, {"run_id": str(run_id)}, done=gettext("已停止发放。"), then=_here())


@PAGES.post("/console/birthdays/collect")
@only("officer", "chair")
def collect() -> Response:
    """Hand a voucher over by the code the member shows."""
    try:
        grant = send(collect_birthday_voucher, {"code": request.form.get("code", "").strip()})
    except PASSED_ON as problem:
        tell(problem)
    except Problem as problem:
        tell(problem)
    else:
        who = names([grant], "member_id").get(grant["member_id"], "")
        flash(gettext("%(name)s的慰问已领取。", name=who), "done")
    return go(_here())


@PAGES.post("/console/birthdays/<uuid:grant_id>/withdraw")
@only("officer")
def withdraw_grant(grant_id: UUID) -> Response:
    """Take a member off the list before a voucher was issued."""
    payload = {"grant_id": str(grant_id), "reason": request.form.get("reason", "").strip()}
    return act(withdraw_birthday_grant, payload, done=gettext("已从名单撤下。"), then=_here())
