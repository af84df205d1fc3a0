"""Awards: listing, recording, revoking; and honours of earlier years on a member's record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, part_choices
from gateway.portal.service_calls import act, go, submit
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.governance.awards import (
    GrantAward,
    grant_award,
    list_awards,
    revoke_award,
)
from services.contracts.membership.honours import RecordHonour, record_honour, remove_honour
from services.contracts.membership.record.operations import get_member

PAGES = PageTable()

COMMENDATION: tuple[Field | str, ...] = (
    Field("title", wide=True), "level", "category", "awarded_on",
    Field("document", hint=_l("例如：校工〔2023〕21号。")),
)  # fmt: skip
EVIDENCE = Field("evidence", control="textarea", hint=_l("看到了什么材料：证书原件、表彰文件。"))


AWARDS = PAGES.add_list(
    ListPage(
        "awards", "/console/awards", list_awards, _l("荣誉表彰"),
        columns=(
            Column("title", _l("荣誉")),
            Column("member_id", macro="holder"),
            "level", "category", "awarded_on", "document",
            Column("state", state=True, macro="state"),
            actions("take_back"),
        ),
        roles=("officer", "auditor"),
        filters=("year", "level", "category", "state"),
        lead=_l("在这里登记的表彰会写入会员档案；往年的荣誉凭证书在会员档案里补录。"),
        empty=_l("没有符合条件的荣誉。"),
        icon="card-checklist",
        links=(PageLink("new_award", _l("登记表彰"), "plus-lg", frozenset({"officer"}), first=True),),
        macros="portal/parts/awards.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/awards/new", methods=["GET", "POST"])
@only("officer")
def new_award() -> str | Response | tuple[str, int]:
    """Record an award of a member, who is searched first, or of a unit."""
    sought = sought_member()
    fields = [
        Field("member_id", choices=sought.choices, blank=_l("（授予组织）"), wide=True),
        Field("unit_id", choices=part_choices, blank=_l("（授予个人）"), wide=True),
        *COMMENDATION,
    ]
    posted = request.form if request.method == "POST" else None
    form = Form(GrantAward, fields, values={"awarded_on": today().isoformat()}, posted=posted)
    page = {"form": form, "q": sought.q, "candidates": sought.candidates}
    if posted is None:
        return render_template("portal/console/award_new.html", **page)
    if submit(form, grant_award) is None:
        return render_template("portal/console/award_new.html", **page), 422
    flash(gettext("荣誉已登记，会写入获奖者的档案。"), "done")
    return go(url_for("portal.awards"))


@PAGES.post("/console/awards/<uuid:award_id>/revoke")
@only("officer")
def take_back_award(award_id: UUID) -> Response:
    """Revoke an award, with the reason."""
    payload = {
        "award_id": str(award_id),
        "version": request.form.get("version", type=whole_number),
        "reason": request.form.get("reason", "").strip(),
    }
    return act(revoke_award, payload, done=gettext("荣誉已撤销。"), then=url_for("portal.awards"))


@PAGES.route("/console/members/<uuid:member_id>/honours/new", methods=["GET", "POST"])
@only("officer")
def new_honour(member_id: UUID) -> str | Response | tuple[str, int]:
    """Enter an honour of earlier years, with the evidence."""
    record: dict[str, Any] = call(get_member, {"member_id": str(member_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(RecordHonour, [*COMMENDATION, EVIDENCE], posted=posted)
    if posted is None:
        return render_template("portal/console/honour_new.html", form=form, member=record)
    if submit(form, record_honour, member_id=str(member_id)) is None:
        return render_template("portal/console/honour_new.html", form=form, member=record), 422
    flash(gettext("荣誉已登记。"), "done")
    return go(url_for("portal.member", member_id=member_id))


@PAGES.post("/console/members/<uuid:member_id>/honours/<uuid:honour_id>/remove")
@only("officer")
def take_back_honour(member_id: UUID, honour_id: UUID) -> Response:
    """Delete an entered honour."""
    payload = {"honour_id": str(honour_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.member", member_id=member_id)
    return act(remove_honour, payload, done=gettext("荣誉已撤销。"), then=then)
