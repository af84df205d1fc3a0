"""Mediation in the console: one's own cases, applications that wait, an oral application, counts without persons."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage, PageLink, Shown
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import Part, act, go, part, submit
from gateway.rpc.calls import call
from services.chassis.errors import NoRuleInForce
from services.contracts.governance.mediation import operations as contract
from services.contracts.governance.mediation.requests import RecordDispute

PAGES = PageTable()
APPLICATION: tuple[Field | str, ...] = (
    "matter", Field("known_on", hint=_l("不清楚可以不填；超过一年也可以申请，由调解员判断。")), "employed",
    "respondent_kind", "respondent_name", Field("claim", control="textarea", wide=True),
    Field("facts", control="textarea", wide=True),
)  # fmt: skip


def _waiting(_shown: Shown) -> dict[str, Any]:
    return {"queue": part(contract.dispute_queue) if current_principal().has("officer") else Part()}


PAGES.add_list(
    ListPage(
        "disputes", "/console/disputes", contract.list_disputes, _l("劳动争议调解"),
        columns=("number", "matter", "roles", "received_on", "due_on", Column("waits", macro="waits"),
                 Column("state", state=True)),
        roles=("officer", "mediator"),
        filters=("show", "state", "sort"),
        lead=_l("只列出本人经办或调解的案件；当事人能看到谁看过。"),
        empty=_l("没有您经办或调解的案件。"),
        icon="shield-lock",
        links=(
            PageLink("dispute_figures", _l("统计"), "speedometer2", frozenset({"officer"})),
            PageLink("record_dispute", _l("记录口头申请"), "plus-lg", frozenset({"officer"})),
        ),
        link="dispute",
        argument="dispute_id",
        more=_waiting,
        template="portal/console/disputes.html",
        macros="portal/parts/disputes.html",
    )
)  # fmt: skip


@PAGES.post("/console/disputes/take")
@only("officer")
def take_dispute() -> Response:
    """Take the oldest application that waits."""
    return act(
        contract.take_dispute, {}, done=gettext("已接办，您是这件案件的经办人。"), then=url_for("portal.disputes"),
        opens=lambda made: url_for("portal.dispute", dispute_id=made["id"]),
    )  # fmt: skip


@PAGES.post("/console/disputes/take-over")
@only("officer")
def take_over_dispute() -> Response:
    """Go on with a case whose clerk left office."""
    return act(
        contract.take_over_dispute, {}, done=gettext("已接替，您是经办人；有关的人已收到提醒。"),
        then=url_for("portal.disputes"), opens=lambda made: url_for("portal.dispute", dispute_id=made["id"]),
    )  # fmt: skip


@PAGES.route("/console/disputes/new", methods=["GET", "POST"])
@only("officer")
def record_dispute() -> str | Response | tuple[str, int]:
    """Take down an oral application, or propose mediation for the committee."""
    sought = sought_member(optional=True)
    fields = [
        "origin", Field("recorded_at", hint=_l("当场记录的时间；主动提出的不填。")),
        Field("applicant_member_id", choices=sought.choices, blank=_l("（没有账号）"), control="select"),
        "applicant_name", "applicant_contact", *APPLICATION,
    ]  # fmt: skip
    form = Form(RecordDispute, fields, posted=request.form if request.method == "POST" else None)
    if form.posted is not None:
        made = submit(form, contract.record_dispute)
        if made is not None:
            flash(gettext("已记录，请打印申请书，由申请人核对签名。"), "done")
            return go(url_for("portal.dispute", dispute_id=made["id"]))
    return form_page(
        form, title=gettext("记录调解申请"), back=url_for("portal.disputes"), words=gettext("劳动争议调解"),
        lead=gettext("申请人口头申请的当场记录基本情况、请求、事实和理由、时间，打印后由申请人签名。"), sought=sought,
    )  # fmt: skip


@PAGES.get("/console/dispute-figures")
@only("officer", "auditor")
def dispute_figures() -> str:
    """Show the counts of a year, or that the rule of the smallest count is missing."""
    asked = request.args.get("year", "")
    year = {"year": int(asked)} if asked.isdecimal() and len(asked) == 4 else {}
    try:
        shown: dict[str, Any] = {"figures": call(contract.dispute_figures, year)}
    except NoRuleInForce as missing:
        shown = {"missing": explain(missing)}
    return render_template("portal/console/dispute_figures.html", **shown)
