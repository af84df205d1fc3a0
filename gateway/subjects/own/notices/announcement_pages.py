"""Announcements: written with a preview, sent now or later, followed, taken back; and as members read them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.notices.answers import answer
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage
from gateway.portal.list_parts import PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.service_calls import PASSED_ON, carry_out, go, place
from services.chassis.errors import Problem
from services.contracts.gateway import announcements as contract

PAGES = PageTable()


FIELDS = (
    Field("title", wide=True),
    Field("text", control="textarea", extra={"rows": "6"}),
    Field("title_en", wide=True),
    Field("text_en", control="textarea", extra={"rows": "4"}),
    Field("units", _l("发给哪些分工会"), "checks", choices=unit_choices, hint=_l("都不选即全校。"), required=False),
    Field(
        "standings", _l("发给哪些会员"), "checks", choices=contract.AUDIENCE_STANDINGS, hint=_l("都不选即所有会员。"),
        required=False,
    ),
    Field("send_at", control="moment", hint=_l("不填即现在发送。")),
)  # fmt: skip

ANNOUNCEMENTS = PAGES.add_list(
    ListPage(
        "announcements",
        "/console/announcements",
        contract.list_announcements,
        _l("公告"),
        ("title", Column("state", state=True), "send_at", "done", "total"),
        ("officer",),
        filters=("state",),
        lead=_l("发给会员的公告：在门户里，也发到确认过的邮箱和群机器人。"),
        empty=_l("没有公告。"),
        icon="bell",
        links=(PageLink("new_announcement", _l("写公告"), "plus-lg", first=True),),
        link="sent_announcement",
        argument="announcement_id",
        read=partial(answer, contract.list_announcements),
    )
)


@PAGES.route("/console/announcements/new", methods=["GET", "POST"])
@only("officer")
def new_announcement() -> str | Response | tuple[str, int]:
    """Write an announcement; the preview shows it as it will look and counts its recipients."""
    form = Form(contract.CreateAnnouncement, FIELDS, posted=request.form if request.method == "POST" else None)
    if form.posted is None:
        return render_template("portal/console/announcement_new.html", form=form, preview=None)
    payload = form.payload()
    audience = {name: payload.pop(name, []) for name in ("units", "standings")}
    try:
        if request.form.get("step") == "preview":
            counted = answer(contract.count_audience, {"audience": audience})
            preview = {**payload, **counted}
            return render_template("portal/console/announcement_new.html", form=form, preview=preview)
        made = answer(contract.create_announcement, {**payload, "audience": audience})
    except PASSED_ON:
        raise
    except Problem as problem:
        place(form, problem)
        return render_template("portal/console/announcement_new.html", form=form, preview=None), 422
    flash(gettext("公告已排定，到时间自动发送。"), "done")
    return go(url_for("portal.sent_announcement", announcement_id=made["id"]))


@PAGES.get("/console/announcements/<uuid:announcement_id>")
@only("officer")
def sent_announcement(announcement_id: UUID) -> str:
    """Show an announcement with its progress."""
    found = answer(contract.get_announcement, {"announcement_id": str(announcement_id)})
    return render_template("portal/console/announcement.html", announcement=found)


@PAGES.post("/console/announcements/<uuid:announcement_id>/take-back")
@only("officer")
def take_back_announcement(announcement_id: UUID) -> Response:
    """Take back what is not sent."""
    payload = {"announcement_id": str(announcement_id)}
    then = url_for("portal.sent_announcement", announcement_id=announcement_id)
    return carry_out(
        lambda: answer(contract.take_back_announcement, payload),
        done=gettext("公告已收回，没发出的不再发。"),
        then=then,
    )


@PAGES.get("/announcements/<uuid:announcement_id>")
@only()
def announcement(announcement_id: UUID) -> str:
    """Show an announcement to somebody it was for."""
    found = answer(contract.read_announcement, {"announcement_id": str(announcement_id)})
    return render_template("portal/member/announcement.html", announcement=found)
