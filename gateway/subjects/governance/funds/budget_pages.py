"""The budget: lines with committed and spent amounts, setting a line, the year's accounting months."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.look_ups import recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.subjects.governance.funds import figures
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.governance.funds.bookkeeping import close_fund_period, list_fund_periods
from services.contracts.governance.funds.budget import (
    SetBudgetLine,
    get_fund_summary,
    list_budget_lines,
    open_budget,
    set_budget_line,
)
from services.contracts.governance.funds.vocabulary import ACCOUNTING_ITEMS, EXPENSE_CATEGORIES

PAGES = PageTable()

LINE = (
    Field("code", hint=_l("小写字母开头，可用点、连字符。已有的代码就是调整该项目。")),
    Field("name", required=True),
    "name_en",
    Field("management_code", choices=EXPENSE_CATEGORIES, required=True),
    Field("accounting_code", choices=ACCOUNTING_ITEMS, blank=_l("按对应关系")),
    Field("funding_source", control="select"),
    "amount",
    Field("reason", wide=True),
)


def _year() -> int:
    year = request.values.get("year", type=whole_number) or today().year
    return year if 2000 <= year <= 2099 else today().year


def _figures(shown: Shown) -> dict[str, Any]:
    """Return the sums of a year's lines, income and expense, and the accounting months."""
    year, roles = int(shown.values["year"]), current_principal().roles
    summary, before = (part(get_fund_summary, {"year": one}) for one in (year, year - 1))
    months = [found.data["by_month"] if found.data else [] for found in (summary, before)]
    return {
        "title": gettext("%(year)s 年预算", year=year),
        "year": year,
        "total": shown.found.data,
        "lines": figures.budget_lines(shown.found.items, year, today(), "officer" in roles),
        "summary": summary,
        "by_month": figures.spent_by_month(year, *months),
        "this_month": f"{today():%Y-%m}",
        "periods": part(list_fund_periods, {"year": year}),
    }


BUDGET = PAGES.add_list(
    ListPage(
        "budget", "/console/budget", list_budget_lines, _l("预算"),
        columns=(
            Column("name", macro="line"), "management_code",
            Column("funding_source", on_page=False), "amount", Column("spent", macro="spent"), "committed", "available",
        ),
        roles=("officer", "auditor"),
        filters=(Field("year", choices=recent_years),),
        empty=_l("这一年还没有预算。"),
        icon="journal-check",
        complete=lambda values: {"year": str(today().year), **values},
        more=_figures,
        template="portal/console/budget.html",
        macros="portal/parts/budget.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.route("/console/budget/line", methods=["GET", "POST"])
@only("officer")
def edit_line() -> str | Response | tuple[str, int]:
    """Create a line of the year's budget or adjust it."""
    year, code = _year(), request.args.get("code", "")
    found = part(list_budget_lines, {"year": year})
    stands = next((line for line in found.items if line["code"] == code), {})
    form = Form(SetBudgetLine, LINE, values=stands, posted=request.form if request.method == "POST" else None)
    page = {"form": form, "year": year, "line": stands}
    if form.posted is None:
        return render_template("portal/console/budget_line.html", **page)
    version = request.form.get("version", type=whole_number)
    if submit(form, set_budget_line, year=year, version=version) is None:
        return render_template("portal/console/budget_line.html", **page), 422
    flash(gettext("预算已保存。"), "done")
    return go(url_for("portal.budget", year=year))


@PAGES.post("/console/budget/open")
@only("officer")
def open_year() -> Response:
    """Open a year's budget with last year's lines, those benefits need, or the example's."""
    year, lines = _year(), request.form.get("lines", "")
    then = url_for("portal.budget", year=year)
    wanted = {"year": year, "lines": lines, **({"from_year": year - 1} if lines == "year" else {})}
    return act(open_budget, wanted, done=gettext("预算项目已建立，请逐项核对金额。"), then=then)


@PAGES.post("/console/budget/periods/close")
@only("officer")
def close_period() -> Response:
    """Close an accounting month permanently."""
    period = request.form.get("period", "")
    then = url_for("portal.budget", year=period[:4])
    return act(close_fund_period, {"period": period}, done=gettext("%(period)s 已结账。", period=period), then=then)
