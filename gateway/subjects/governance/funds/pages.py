"""The fund ledger: entries, one entry with the rule it was checked against, recording and reversing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.benefit_names import benefit_choices
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.look_ups import decisions_to_cite, line_choices, recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.funds import ledger_proof
from services.chassis.errors import Refused
from services.contracts.governance.funds.bookkeeping import verify_ledger
from services.contracts.governance.funds.ledger import get_fund_totals
from services.contracts.governance.funds.operations import (
    RecordExpense,
    RecordIncome,
    get_fund_entry,
    list_fund_entries,
    record_expense,
    record_income,
    reverse_entry,
)
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS

PAGES = PageTable()


EXPENSE = (
    Field("description", wide=True),
    Field("line_code", choices=line_choices),
    "amount",
    Field("people", hint=_l("按人核对上限时使用，默认 1 人。")),
    "form",
    Field("funding_source", hint=_l("体检、疗休养由行政福利费承担，不能列工会经费。")),
    Field("benefit_key", choices=benefit_choices, blank=_l("不适用"), hint=_l("选了就按该项标准核对上限和形式。")),
    Field("unit_id", choices=unit_choices, blank=_l("校工会")),
    Field("posted_on", hint=_l("默认今天。")),
    Field("decision", wide=True, hint=_l("会议纪要或审批单的名称与编号。")),
    Field(
        "decision_id",
        choices=decisions_to_cite,
        control="select",
        blank=_l("不引用"),
        hint=_l("已通过、仍有效的会议决议；编号会写进决定依据。"),
    ),
    Field("evidence_kinds", choices=EVIDENCE_KINDS),
)
INCOME = (Field("description", wide=True), "kind", "amount", Field("posted_on", hint=_l("默认今天。")))


def _totals(shown: Shown) -> dict[str, Any]:
    """Return the sums of the entries that the filters find."""
    return {"totals": part(get_fund_totals, FUNDS.request_of(shown.values))}


FUNDS = PAGES.add_list(
    ListPage(
        "funds", "/console/funds", list_fund_entries, _l("经费账目"),
        columns=(
            "number",
            Column("posted_on", _l("日期")),
            Column("description", macro="description"),
            Column("unit_id", on_page=False),
            Column("line_code", macro="line"),
            "source_type",
            Column("kind", macro="kind"),
            Column("funding_source", on_page=False),
            "amount",
        ),
        roles=("officer", "auditor"),
        filters=(
            "q", Field("since", control="date"), Field("until", control="date"), Field("year", choices=recent_years),
            Field("line", choices=line_choices), "source", "kind",
        ),
        lead=_l("分录不可修改，错了只能冲销。"),
        empty=_l("没有符合条件的分录。"),
        icon="cash-stack",
        links=(
            PageLink("new_expense", _l("登记支出"), "plus-lg", frozenset({"officer"}), first=True),
            PageLink("new_income", _l("登记收入"), roles=frozenset({"officer"})),
            PageLink("verify", _l("核验账目"), "shield-lock"),
        ),
        link="fund_entry",
        argument="entry_id",
        more=_totals,
        template="portal/console/funds.html",
        macros="portal/parts/funds.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.get("/console/funds/<uuid:entry_id>")
@only("officer", "auditor")
def fund_entry(entry_id: UUID) -> str:
    """Show one entry with both sides, its rules and its position in the chain."""
    return render_template("portal/console/fund_entry.html", entry=call(get_fund_entry, {"entry_id": str(entry_id)}))


@PAGES.route("/console/funds/new-expense", methods=["GET", "POST"])
@only("officer")
def new_expense() -> str | Response | tuple[str, int]:
    """Record an expense; it is checked against the dated rules and the budget line."""
    posted = request.form if request.method == "POST" else None
    form = Form(RecordExpense, EXPENSE, posted=posted)
    return _record(form, record_expense, gettext("登记支出"))


@PAGES.route("/console/funds/new-income", methods=["GET", "POST"])
@only("officer")
def new_income() -> str | Response | tuple[str, int]:
    """Record income."""
    form = Form(RecordIncome, INCOME, posted=request.form if request.method == "POST" else None)
    return _record(form, record_income, gettext("登记收入"))


def _record(form: Form, operation: Any, title: str) -> str | Response | tuple[str, int]:
    page = {"form": form, "title": title}
    if form.posted is None:
        return render_template("portal/console/fund_form.html", **page)
    reply = submit(form, operation)
    if reply is None:
        return render_template("portal/console/fund_form.html", **page), 422
    flash(gettext("已入账，凭证号 %(number)s。", number=reply["number"]), "done")
    return go(url_for("portal.fund_entry", entry_id=reply["id"]))


@PAGES.post("/console/funds/<uuid:entry_id>/reverse")
@only("officer")
def reverse(entry_id: UUID) -> Response:
    """Reverse an entry."""
    payload = {"entry_id": str(entry_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.fund_entry", entry_id=entry_id)
    return act(reverse_entry, payload, done=gettext("已冲销，原分录保留。"), then=then)


@PAGES.get("/console/funds/verify")
@only("officer", "auditor")
def verify() -> str:
    """Verify the ledger's chain and show the result; a long one is verified by a job."""
    try:
        verdict, long = part(verify_ledger), None
    except Refused as refusal:
        if refusal.rule != "fund.ledger_is_short":
            raise
        verdict, long = None, refusal.params["entries"]
    return render_template("portal/console/ledger_check.html", verdict=verdict, long=long)


@PAGES.post("/console/funds/verify")
@only("officer", "auditor")
def prove_ledger() -> Response:
    """Start a job that verifies a long ledger, and show its progress."""
    started = ledger_proof.start({})
    return go(url_for("portal.job", job_id=started["id"]))
