"""Requests for correction: the queue, one request with its value, the decision."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.history_words import value_words
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import PASSED_ON, act, go, send, tell
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.corrections import decide_correction, list_corrections, open_correction

PAGES = PageTable()

CORRECTIONS = PAGES.add_list(
    ListPage(
        "corrections", "/console/corrections", list_corrections, _l("更正申请"),
        columns=(
            "member_id", "field",
            Column("present", value=lambda item: value_words(item["field"], item["present"])),
            Column("value", value=lambda item: value_words(item["field"], item["value"])),
            Column("reason", macro="correction_reason"), "asked_at", Column("state", state=True), actions("handle"),
        ),
        roles=("officer", "auditor"),
        filters=("state",),
        lead=_l("会员指出档案有误，请核实后答复（个人信息保护法第四十六条）。"),
        empty=_l("没有符合条件的申请。"),
        icon="pencil-square",
        link="member",
        argument="member_id",
        macros="portal/parts/corrections.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.post("/console/corrections/<uuid:correction_id>/open")
@only("officer")
def correction(correction_id: UUID) -> str | Response:
    """Show one request with the value asked for; the look is logged."""
    try:
        found = send(open_correction, {"correction_id": str(correction_id)})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.corrections"))
    return render_template("portal/console/correction.html", correction=found, names=names([found], "member_id"))


@PAGES.post("/console/corrections/<uuid:correction_id>/decide")
@only("officer")
def decide_on_correction(correction_id: UUID) -> Response:
    """Accept or refuse a request."""
    payload = {
        "correction_id": str(correction_id),
        "version": request.form.get("version", type=whole_number),
        "decision": request.form.get("decision", ""),
        "answer": request.form.get("answer", "").strip() or None,
    }
    then = url_for("portal.corrections", state="asked")
    return act(decide_correction, payload, done=gettext("已答复，本人可以看到。"), then=then)
