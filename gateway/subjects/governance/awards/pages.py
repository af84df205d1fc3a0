"""Awards: listing, recording, revoking; and honours of earlier years on a member's record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import words
from gateway.portal.forms import Field, Form
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.look_ups import found_members
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, parent_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import is_digits, whole_number
from services.contracts.governance.awards import GrantAward, grant_award, list_awards, revoke_award
from services.contracts.membership.honours import RecordHonour, record_honour, remove_honour
from services.contracts.membership.record.operations import get_member

PAGES = PageTable()

FILTERS = (
    Field("year", _l("年份"), "number"),
    Field("level", _l("级别"), "select", choices=words.AWARD_LEVEL, blank=ALL),
    Field("category", _l("类别"), "select", choices=words.AWARD_CATEGORY, blank=ALL),
    Field("state", _l("状态"), "select", choices=words.AWARD, blank=ALL),
)
COMMENDATION = (
    Field("title", _l("荣誉名称"), wide=True),
    Field("level", _l("级别"), "select", choices=words.AWARD_LEVEL, blank=_l("请选择")),
    Field("category", _l("类别"), "select", choices=words.AWARD_CATEGORY, blank=_l("请选择")),
    Field("awarded_on", _l("表彰日期"), "date"),
    Field("document", _l("文件号"), hint=_l("例如：校工〔2023〕21号。")),
)
EVIDENCE = Field("evidence", _l("凭据"), "textarea", hint=_l("看到了什么材料：证书原件、表彰文件。"))


@PAGES.get("/console/awards")
@only("officer", "auditor")
def awards() -> str:
    """List awards, newest first."""
    values = chosen(FILTERS)
    found = part(list_awards, asked(**{**values, **({"year": _year(values)} if "year" in values else {})}))
    return render_template(
        "portal/console/awards.html",
        list=listing(found),
        names=names(found.items, "member_id"),
        filters=FILTERS,
        values=values,
    )


def _year(values: dict[str, str]) -> int | None:
    text = values["year"]
    return int(text) if is_digits(text) and 1949 <= int(text) <= 2199 else None


@PAGES.route("/console/awards/new", methods=["GET", "POST"])
@only("officer")
def new_award() -> str | Response | tuple[str, int]:
    """Record an award of a member, who is searched first, or of a unit."""
    q = request.values.get("q", "").strip()[:50]
    candidates = found_members(q)
    people = {item["id"]: f"{item['name']} {item['number']}" for item in candidates.items}
    fields = [
        Field("member_id", _l("获奖会员"), "select", choices=people, blank=_l("（授予组织）"), wide=True),
        Field("unit_id", _l("获奖组织"), "select", choices=parent_choices, blank=_l("（授予个人）"), wide=True),
        *COMMENDATION,
    ]
    posted = request.form if request.method == "POST" else None
    form = Form(GrantAward, fields, values={"awarded_on": today().isoformat()}, posted=posted)
    page = {"form": form, "q": q, "candidates": candidates}
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
