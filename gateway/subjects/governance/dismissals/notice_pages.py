"""One dismissal notice: what was said, who looked, and what the reader may do; and the forms of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, hand_out, submit
from gateway.portal.steps import way
from gateway.portal.uploads import file_response, takes_file
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from gateway.subjects.governance.dismissals import papers
from services.chassis.errors import NotFound
from services.contracts.files import LARGEST
from services.contracts.governance.dismissals import operations as contract
from services.contracts.governance.dismissals import requests
from services.contracts.governance.dismissals.vocabulary import DISMISSAL_STAGES, DISMISSAL_STATES

PAGES = PageTable()
_PATH = "/dismissals/<uuid:dismissal_id>"
_PEOPLE = ("member", "officer")
_LONG: dict[str, Any] = {"control": "textarea", "wide": True}
_PAPER: tuple[Field | str, ...] = (
    "kind",
    Field("content", control="file", required=True,
          hint=_l("PDF、JPEG 或 PNG，不超过 10 MB；加密保存，文件名不保存。"),
          extra={"accept": "application/pdf,image/jpeg,image/png"}),
)  # fmt: skip
_MOVES = {
    "release": (contract.release_dismissal, _l("已退回待接办。")),
    "withdraw": (contract.withdraw_dismissal, _l("已登记撤回。")),
    "close": (contract.close_dismissal, _l("已办结。")),
}
_FORMS: dict[str, tuple[Any, Any, tuple[Field | str, ...], Any]] = {
    "opinion": (
        contract.give_dismissal_opinion, _l("出具工会意见"),
        ("opinion", "decided_by", Field("violated", hint=_l("要求纠正的必须写明。"), **_LONG),
         Field("opinion_text", hint=_l("要求纠正的必须写明。"), **_LONG)),
        _l("工会意见已登记，请打印意见书盖章后送交单位。"),
    ),
    "answer": (
        contract.answer_dismissal, _l("登记单位书面答复"), ("answer", Field("answer_text", **_LONG)),
        _l("已登记。"),
    ),
}  # fmt: skip


@PAGES.get(_PATH)
@only(*_PEOPLE)
def dismissal(dismissal_id: UUID) -> str:
    """Show a notice; the look is kept."""
    return _page(dismissal_id, None)


@PAGES.post(f"{_PATH}/<any(release, withdraw, close):what>")
@only("officer")
def move_dismissal(dismissal_id: UUID, what: str) -> Response:
    """Give a notice back, record that it was withdrawn, or close it."""
    operation, done = _MOVES[what]
    payload = {"dismissal_id": str(dismissal_id), "note": request.form.get("note", "").strip()}
    here, back = url_for("portal.dismissal", dismissal_id=dismissal_id), url_for("portal.dismissals")
    opens = back if what == "release" else here
    return act(operation, payload, done=str(done), then=here, opens=lambda _: opens)


@PAGES.route(f"{_PATH}/<any(opinion, answer):what>", methods=["GET", "POST"])
@only("officer")
def dismissal_step(dismissal_id: UUID, what: str) -> str | Response | tuple[str, int]:
    """Fill in the union's opinion, or the employer's answer."""
    operation, title, fields, done = _FORMS[what]
    form = Form(operation.request, fields, posted=request.form if request.method == "POST" else None)
    here = url_for("portal.dismissal", dismissal_id=dismissal_id)
    if form.posted is not None and submit(form, operation, dismissal_id=str(dismissal_id)) is not None:
        flash(str(done), "done")
        return go(here)
    return form_page(form, title=str(title), back=here, words=gettext("解除劳动合同通知"))


@PAGES.route(f"{_PATH}/member", methods=["GET", "POST"])
@only("officer")
def link_dismissal(dismissal_id: UUID) -> str | Response | tuple[str, int]:
    """Name the member whom the notice concerns."""
    sought = sought_member()
    posted = request.form if request.method == "POST" else None
    fields = (Field("member_id", choices=sought.choices, control="select"),)
    form = Form(contract.link_dismissal.request, fields, posted=posted)
    here = url_for("portal.dismissal", dismissal_id=dismissal_id)
    if posted is not None and submit(form, contract.link_dismissal, dismissal_id=str(dismissal_id)) is not None:
        flash(gettext("已关联，这名会员现在能看到这件通知。"), "done")
        return go(here)
    return form_page(
        form, title=gettext("关联会员"), back=here, words=gettext("解除劳动合同通知"), sought=sought,
        lead=gettext("通知涉及的会员有账号的，关联后本人能看到通知和工会意见，并可以申请调解。"),
    )  # fmt: skip


@PAGES.route(f"{_PATH}/mediation", methods=["GET", "POST"])
@only("member")
def refer_dismissal(dismissal_id: UUID) -> str | Response | tuple[str, int]:
    """Apply for mediation about the own dismissal."""
    it = call(contract.open_dismissal, {"dismissal_id": str(dismissal_id)})
    fields = ("person_name", "applicant_contact", "respondent_name", Field("claim", **_LONG), Field("facts", **_LONG))
    posted = request.form if request.method == "POST" else None
    form = Form(requests.ReferDismissal, fields, values={"person_name": it["person_name"]}, posted=posted)
    if posted is not None:
        made = submit(form, contract.refer_dismissal, dismissal_id=str(dismissal_id))
        if made is not None:
            flash(gettext("申请已收到，经办人接办后会征求对方意见。"), "done")
            return go(url_for("portal.dispute", dispute_id=made["dispute_id"]))
    page = render_template("portal/member/dismissal_mediation.html", form=form, it=it)
    return page if posted is None else (page, 422)


@PAGES.post(f"{_PATH}/papers")
@takes_file(LARGEST)
@only("officer")
def attach_dismissal_paper(dismissal_id: UUID) -> str | Response | tuple[str, int]:
    """Add a paper."""
    form = Form(requests.AttachDismissalPaper, _PAPER, posted=request.form)
    if submit(form, contract.attach_dismissal_paper, dismissal_id=str(dismissal_id)) is None:
        return _page(dismissal_id, form), 422
    flash(gettext("材料已上传。"), "done")
    return go(url_for("portal.dismissal", dismissal_id=dismissal_id))


@PAGES.post(f"{_PATH}/papers/<uuid:paper_id>/open")
@only(*_PEOPLE)
def open_dismissal_paper(dismissal_id: UUID, paper_id: UUID) -> Response:
    """Hand out a paper; the look is kept."""
    payload = {"dismissal_id": str(dismissal_id), "paper_id": str(paper_id)}
    here = url_for("portal.dismissal", dismissal_id=dismissal_id)
    return hand_out(contract.open_dismissal_paper, payload, otherwise=here)


@PAGES.post(f"{_PATH}/letter")
@only("officer")
def print_dismissal(dismissal_id: UUID) -> Response:
    """Hand out the union's opinion to be sealed."""
    it = call(contract.open_dismissal, {"dismissal_id": str(dismissal_id)})
    if it["opinion"] is None:
        raise NotFound("There is no opinion yet.")
    return file_response({"name": f"{papers.TITLE}.pdf", "media_type": "application/pdf", "content": papers.drawn(it)})


def _page(dismissal_id: UUID, form: Form | None) -> str:
    it = call(contract.open_dismissal, {"dismissal_id": str(dismissal_id)})
    works = "clerk" in it["roles"]
    return render_template(
        "portal/member/dismissal.html", frame="portal/console.html" if works else "portal/member.html", works=works,
        it=it, way=_way(it), people=names([{"member_id": it["clerk_id"]}], "member_id"),
        form=form or Form(requests.AttachDismissalPaper, _PAPER),
    )  # fmt: skip


def _way(it: Mapping[str, Any]) -> list[dict[str, Any]]:
    words = texts_of(DISMISSAL_STATES)
    if it["opinion"] == "agree":
        stages: tuple[str, ...] = ("received", "in_review", "agreed", "closed")
    elif it["state"] == "closed" and it["answer"] is None:
        stages = ("received", "in_review", "correction", "closed")
    else:
        stages = tuple(DISMISSAL_STAGES)
    return way([(stage, words[stage]) for stage in stages], it["state"], words["withdrawn"])
