"""Mediation for members: one's own cases, and the application."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import own_record
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, part, submit
from gateway.subjects.governance.mediation.pages import APPLICATION
from services.contracts.governance.dismissals.operations import list_dismissals
from services.contracts.governance.mediation import operations as contract
from services.contracts.governance.mediation.requests import ApplyForMediation

PAGES = PageTable()


@PAGES.get("/me/disputes")
@only("member")
def my_disputes() -> str:
    """List the cases and the dismissal notices in which one has a part."""
    shown = part(contract.list_disputes, {"show": "all", "limit": 50, "cursor": request.args.get("cursor") or None})
    notices = part(list_dismissals, {"show": "all", "limit": 20, "cursor": request.args.get("notices") or None})
    return render_template("portal/member/disputes.html", mine=shown, notices=notices)


@PAGES.route("/me/disputes/new", methods=["GET", "POST"])
@only("member")
def new_dispute() -> str | Response | tuple[str, int]:
    """Apply for mediation."""
    name = (own_record().data or {}).get("name")
    fields = ["applicant_name", Field("applicant_contact", hint=_l("只给对方、调解员和经办人看。")), *APPLICATION]
    form = Form(
        ApplyForMediation, fields, values={"applicant_name": name},
        posted=request.form if request.method == "POST" else None,
    )  # fmt: skip
    if form.posted is not None:
        made = submit(form, contract.apply_for_mediation)
        if made is not None:
            flash(gettext("申请已收到，经办人接办后会征求对方意见。"), "done")
            return go(url_for("portal.dispute", dispute_id=made["id"]))
    page = render_template("portal/member/dispute_new.html", form=form)
    return (page, 422) if form.posted is not None else page
