"""Aid for members: applying, attaching papers, following the steps, withdrawing, seeing who looked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, ask_again, carry_out, go, part, send, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file, upload_of
from gateway.subjects.welfare.hardship.application_pages import paper
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.welfare.hardship import operations as contract
from services.contracts.welfare.hardship.requests import LARGEST_PAPER, DraftAidApplication
from services.contracts.welfare.hardship.vocabulary import AID_STAGES, AID_STATES

PAGES = PageTable()
SHOWN = 50

FIELDS = (
    Field("kind", control="radios"),
    Field("asked", hint=_l("实际需要多少就写多少，由评审小组决定。")),
    Field("reason", control="textarea", hint=_l("加密保存，只有办理的校工会干部写明用途后能看。")),
)


@PAGES.get("/aid")
@only("member")
def my_aid() -> str:
    """List one's applications and records."""
    found = part(contract.my_aid_applications, {"limit": SHOWN})
    records = part(contract.my_hardship_records, {"limit": SHOWN})
    under_way = any(one["state"] in ("draft", "submitted", "unit_forwarded", "under_review") for one in found.items)
    return render_template("portal/member/aid.html", found=found, records=records, under_way=under_way)


@PAGES.route("/aid/new", methods=["GET", "POST"])
@only("member")
def new_aid() -> str | Response | tuple[str, int]:
    """Begin an application."""
    posted = request.form if request.method == "POST" else None
    form = Form(DraftAidApplication, FIELDS, posted=posted)
    if posted is None:
        return render_template("portal/member/aid_form.html", form=form, application=None)
    made = submit(form, contract.draft_aid_application)
    if made is None:
        return render_template("portal/member/aid_form.html", form=form, application=None), 422
    flash(gettext("草稿已保存，请上传证明材料后提交。"), "done")
    return go(_here(made["id"]))


@PAGES.get("/aid/<uuid:application_id>")
@only("member")
def my_aid_application(application_id: UUID) -> str:
    """Show one's own application: its steps, papers, and who looked."""
    found = _own(application_id)
    accesses = part(contract.list_aid_accesses, {"application_id": str(application_id), "limit": SHOWN})
    return render_template(
        "portal/member/aid_application.html",
        application=found,
        way=steps_of(AID_STAGES, found["state"], AID_STATES),
        accesses=accesses,
        largest=LARGEST_PAPER,
    )


@PAGES.route("/aid/<uuid:application_id>/edit", methods=["GET", "POST"])
@only("member")
def edit_aid(application_id: UUID) -> str | Response | tuple[str, int]:
    """Change a draft."""
    found = _own(application_id)
    posted = request.form if request.method == "POST" else None
    form = Form(DraftAidApplication, FIELDS, values=found, posted=posted)
    if posted is None:
        return render_template("portal/member/aid_form.html", form=form, application=found)
    if submit(form, contract.change_aid_draft, application_id=str(application_id)) is None:
        return render_template("portal/member/aid_form.html", form=form, application=found), 422
    flash(gettext("草稿已保存。"), "done")
    return go(_here(application_id))


@PAGES.post("/aid/<uuid:application_id>/papers")
@takes_file(LARGEST_PAPER)
@only("member")
def attach_aid_paper(application_id: UUID) -> Response:
    """Attach a paper."""
    upload = upload_of("content")
    if upload is None:
        ask_again(gettext("请先选择文件。"))
        return go(_here(application_id))
    payload = {**upload, "application_id": str(application_id), "kind": request.form.get("kind", "")}
    return carry_out(
        lambda: send(contract.attach_aid_paper, payload), done=gettext("材料已上传。"), then=_here(application_id)
    )


@PAGES.post("/aid/<uuid:application_id>/papers/<uuid:evidence_id>/remove")
@only("member")
def remove_aid_paper(application_id: UUID, evidence_id: UUID) -> Response:
    """Remove a paper from a draft."""
    payload = {"application_id": str(application_id), "evidence_id": str(evidence_id)}
    return act(contract.remove_aid_paper, payload, done=gettext("材料已删除。"), then=_here(application_id))


@PAGES.post("/aid/<uuid:application_id>/papers/<uuid:evidence_id>/open")
@only("member")
def open_own_aid_paper(application_id: UUID, evidence_id: UUID) -> Response:
    """Hand out one's own paper."""
    return paper(application_id, evidence_id, _here(application_id), None)


@PAGES.post("/aid/<uuid:application_id>/submit")
@only("member")
def submit_aid(application_id: UUID) -> Response:
    """Hand in an application."""
    return _step(contract.submit_aid_application, application_id, gettext("申请已提交，办理进度在这里查看。"))


@PAGES.post("/aid/<uuid:application_id>/withdraw")
@only("member")
def withdraw_aid(application_id: UUID) -> Response:
    """Withdraw an application."""
    return _step(contract.withdraw_aid_application, application_id, gettext("申请已撤回，材料已删除。"))


def _step(operation: Operation, application_id: UUID, done: str) -> Response:
    version = request.form.get("version", type=whole_number)
    payload = {"application_id": str(application_id), "version": version}
    return act(operation, payload, done=done, then=_here(application_id))


def _own(application_id: UUID) -> dict[str, Any]:
    found = part(contract.my_aid_applications, {"limit": 100})
    if found.problem is not None:
        raise found.problem
    mine = next((one for one in found.items if one["id"] == str(application_id)), None)
    if mine is None:
        raise NotFound("There is no such application of yours.")
    return dict(mine)


def _here(application_id: Any) -> str:
    return url_for("portal.my_aid_application", application_id=application_id)
