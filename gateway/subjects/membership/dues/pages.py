"""Dues: figures of months and units, charging a month, arrears, members without base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal import many
from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices, unit_name
from gateway.portal.service_calls import PASSED_ON, Part, act, part
from gateway.subjects.membership.dues import figures
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.schema import Operation
from services.contracts.membership.dues.collecting import export_arrears, list_arrears, remind_of_dues
from services.contracts.membership.dues.operations import (
    charge_dues,
    dues_by_month,
    dues_by_unit,
    list_members_without_base,
    preview_dues_charge,
)

PAGES = PageTable()

LEAST_MONTHS = {"1": _l("1 个月以上"), "3": _l("3 个月以上"), "6": _l("6 个月以上"), "12": _l("12 个月以上")}
_MONTH = re.compile(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z")


def month_asked(otherwise: str) -> str:
    """Return the month in the query string, or a default."""
    month = request.values.get("month", "")
    return month if _MONTH.match(month) else otherwise


def this_month() -> str:
    """Return the present month."""
    return f"{today():%Y-%m}"


def begin(operation: Operation, payload: dict[str, Any], otherwise: str) -> Response:
    """Start a job and show its progress; a refusal is shown on the previous page."""
    return act(
        operation, payload, done=None, then=otherwise, opens=lambda reply: url_for("portal.job", job_id=reply["job_id"])
    )


@PAGES.get("/console/dues")
@only(*CONSOLE_ROLES)
def dues() -> str:
    """Show the figures of the last months, and of the units in one of them."""
    months = part(dues_by_month, {})
    latest = months.items[0]["month"] if months.items else this_month()
    month = month_asked(latest)
    units = part(dues_by_unit, {"month": month})
    return render_template(
        "portal/console/dues.html",
        months=months,
        units=units,
        this_month=this_month(),
        by_month=figures.by_month(months.items, latest),
        by_unit=figures.by_unit(units.items, month),
        amounts=bool(current_principal().roles & {"officer", "auditor"}),
    )


@PAGES.route("/console/dues/charge", methods=["GET", "POST"])
@only("officer")
def charge() -> str | Response:
    """Show what charging a month would do; charge it."""
    month = month_asked(this_month())
    if request.method == "POST":
        return begin(charge_dues, {"month": month}, url_for("portal.charge", month=month))
    found, problem = Part(), None
    try:
        found = part(preview_dues_charge, {"month": month})
    except PASSED_ON:
        raise
    except Problem as refused:
        problem = refused
    return render_template("portal/console/dues_charge.html", found=found, problem=problem, month=month)


def _whose_base(shown: Shown) -> dict[str, Any]:
    return {"lead": gettext("%(month)s 应缴会费但还没有基数的会员。", month=shown.values["month"])}


WITHOUT_BASE = PAGES.add_list(
    ListPage(
        "without_base", "/console/dues/without-base", list_members_without_base, _l("没有缴费基数"),
        columns=("name", "number", "unit_id"),
        roles=("officer", "auditor"),
        filters=(Field("month", control="month"), Field("unit_id", choices=unit_choices)),
        empty=_l("应缴会费的会员都有基数。"),
        icon="check-circle",
        links=(PageLink("dues_files", _l("上传基数文件"), roles=frozenset({"officer"})),),
        link="member_dues",
        argument="member_id",
        back=("charge", _l("计收会费")),
        complete=lambda values: {"month": this_month(), **values},
        more=_whose_base,
        export=ListExport(),
    )
)  # fmt: skip


def _awaited(shown: Shown) -> dict[str, Any]:
    """Return the months whose dues await the payroll: who is not on the list because of it."""
    months = part(dues_by_month, {"months": 2}).items
    return {"awaited": [month for month in months if month.get("state") == "waiting"]}


ARREARS = PAGES.add_list(
    ListPage(
        "dues_arrears", "/console/dues/arrears", list_arrears, _l("欠缴名单"),
        columns=("name", "number", "unit_id", "months", "since", Column("owed", optional=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=("q", Field("unit_id", choices=unit_choices), Field("months", choices=LEAST_MONTHS), "sort"),
        empty=_l("没有符合条件的欠缴会员。"),
        icon="check-circle",
        link="member_dues",
        argument="member_id",
        back=("dues", _l("会费")),
        more=_awaited,
        template="portal/console/dues_arrears.html",
    )
)  # fmt: skip


@PAGES.post("/console/dues/arrears/export")
@only("officer")
def export_dues_arrears() -> Response:
    """Export the filtered list to a file."""
    filters = {key: request.form[key] for key in ("q", "unit_id", "months") if request.form.get(key)}
    chosen_format = "csv" if request.form.get("format") == "csv" else "xlsx"
    payload = {**filters, "format": chosen_format, "purpose": request.form.get("purpose", "").strip()}
    return begin(export_arrears, payload, url_for("portal.dues_arrears"))


@PAGES.get("/console/dues/arrears/remind")
@only("officer")
def confirm_reminding() -> str:
    """Ask whether the members of the filtered list are to be reminded."""
    filters = _reminded(request.args)
    items, total = many.first_of(list_arrears, filters)
    rows = [
        (
            item["name"],
            gettext("%(unit)s · 欠缴 %(months)s 个月", unit=unit_name(item["unit_id"]), months=item["months"]),
        )
        for item in items
    ]
    return many.asked_again(
        many.Concerned(total, rows),
        title=gettext("提醒缴费"),
        told=gettext("将提醒 %(count)s 人。", count=f"{total:,}"),
        chosen=gettext(
            "%(unit)s：欠缴 %(months)s 个月以上的会员，待代扣的不算，不受姓名筛选影响。"
            "各收到一条待办，缴清后自动消失。",
            unit=unit_name(filters["unit_id"]) if "unit_id" in filters else gettext("全部分工会"),
            months=filters.get("months", 1),
        ),
        button=gettext("确认提醒"),
        action=url_for("portal.remind"),
        back=url_for("portal.dues_arrears", **filters),
        kept=filters,
    )


def _reminded(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters that reminding knows, of those of the list."""
    return {key: values[key] for key in ("unit_id", "months") if values.get(key)}


@PAGES.post("/console/dues/arrears/remind")
@only("officer")
def remind() -> Response:
    """Remind all members of the filtered list, if they are as many as were seen."""
    filters = _reminded(request.form)
    again = url_for("portal.confirm_reminding", **filters)
    return begin(remind_of_dues, {**filters, "expected": many.seen()}, again)
