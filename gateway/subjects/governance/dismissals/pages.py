"""Dismissal notices in the console: one's own, those that wait, a notice on paper, counts without persons."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage, PageLink, Shown
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from services.chassis.errors import NoRuleInForce
from services.contracts.governance.dismissals import operations as contract
from services.contracts.governance.dismissals.requests import NotifyDismissal

PAGES = PageTable()


def _waiting(_shown: Shown) -> dict[str, Any]:
    return {"queue": part(contract.dismissal_queue)}


PAGES.add_list(
    ListPage(
        "dismissals", "/console/dismissals", contract.list_dismissals, _l("解除劳动合同通知"),
        columns=("number", "ground", "channel", "received_on", "due_on", Column("waits", macro="waits"),
                 Column("state", state=True)),
        roles=("officer",),
        filters=(Field("q", hint=_l("编号或解除理由")), "show", "state", "sort"),
        lead=_l("单位单方解除劳动合同事先通知工会，工会研究后提出意见。只列出本人经办的；每次查看都有记录。"),
        empty=_l("没有您经办的通知。"),
        icon="shield-lock",
        links=(
            PageLink("dismissal_figures", _l("统计"), "speedometer2"),
            PageLink("record_dismissal", _l("登记书面通知"), "plus-lg"),
        ),
        link="dismissal",
        argument="dismissal_id",
        more=_waiting,
        template="portal/console/dismissals.html",
        macros="portal/parts/dismissals.html",
        topics=("dismissal",),
    )
)  # fmt: skip


@PAGES.post("/console/dismissals/take")
@only("officer")
def take_dismissal() -> Response:
    """Take the oldest notice that waits."""
    return act(
        contract.take_dismissal, {}, done=gettext("已接办。"), then=url_for("portal.dismissals"),
        opens=lambda made: url_for("portal.dismissal", dismissal_id=made["id"]),
    )  # fmt: skip


@PAGES.post("/console/dismissals/take-over")
@only("officer")
def take_over_dismissal() -> Response:
    """Go on with a notice whose clerk left office."""
    return act(
        contract.take_over_dismissal, {}, done=gettext("已接替，您是经办人；有关的人已收到提醒。"),
        then=url_for("portal.dismissals"), opens=lambda made: url_for("portal.dismissal", dismissal_id=made["id"]),
    )  # fmt: skip


@PAGES.route("/console/dismissals/new", methods=["GET", "POST"])
@only("officer")
def record_dismissal() -> str | Response | tuple[str, int]:
    """Record a notice that came on paper."""
    sought = sought_member(optional=True)
    fields: list[Field | str] = [
        Field("member_id", choices=sought.choices, blank=_l("（没有账号）"), control="select"), "person_name", "ground",
        "effective_on", Field("reason", control="textarea", wide=True),
    ]  # fmt: skip
    form = Form(NotifyDismissal, fields, posted=request.form if request.method == "POST" else None)
    if form.posted is not None:
        made = submit(form, contract.notify_dismissal)
        if made is not None:
            flash(gettext("已登记，请上传书面通知；您是经办人。"), "done")
            return go(url_for("portal.dismissal", dismissal_id=made["id"]))
    return form_page(
        form, title=gettext("登记书面通知"), back=url_for("portal.dismissals"), words=gettext("解除劳动合同通知"),
        lead=gettext("会员有账号的先查找选定，本人会收到“您有一件待办”，看不到是什么事由。"), sought=sought,
    )  # fmt: skip


@PAGES.get("/console/dismissal-figures")
@only("officer", "auditor")
def dismissal_figures() -> str:
    """Show the counts of a year, or that the rule of the smallest count is missing."""
    asked = request.args.get("year", "")
    year = {"year": int(asked)} if asked.isdecimal() and len(asked) == 4 else {}
    try:
        shown: dict[str, Any] = {"figures": call(contract.dismissal_figures, year)}
    except NoRuleInForce as missing:
        shown = {"missing": explain(missing)}
    return render_template("portal/console/dismissal_figures.html", **shown)
