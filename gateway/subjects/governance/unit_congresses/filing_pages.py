"""One filing: what the unit filed, what an officer said of it, and what the reader may do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_name
from gateway.portal.service_calls import act, go, hand_out, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import file_response, takes_file
from gateway.rpc.calls import call
from gateway.subjects.governance.unit_congresses.frames import back_home, frame
from gateway.subjects.governance.unit_congresses.papers import check_words, done_words, filing_paper_of
from services.contracts.files import LARGEST
from services.contracts.governance.unit_congresses import operations as contract
from services.contracts.governance.unit_congresses import requests
from services.contracts.governance.unit_congresses.vocabulary import FILING_STAGES, FILING_STATES

PAGES = PageTable()
ALL = ("officer", "chair", "auditor", "member")
PATH = "/filings/<uuid:filing_id>"
_STAGE = {"plan_returned": "awaited", "record_returned": "planned"}
_MOVES = {
    "waive": (contract.waive_filing, _l("已免报。")),
    "require": (contract.require_filing, _l("已请分工会报送。")),
    "reopen": (contract.reopen_filing, _l("已重新打开，请分工会修改。")),
}


@PAGES.get(PATH)
@only(*ALL)
def filing(filing_id: UUID) -> str:
    """Show a filing."""
    return _page(filing_id)


@PAGES.get(f"{PATH}/paper.pdf")
@only(*ALL)
def print_filing(filing_id: UUID) -> Response:
    """Hand out the filing as a PDF."""
    return file_response(filing_paper_of({"filing_id": str(filing_id)}))


@PAGES.post(f"{PATH}/submit")
@only("chair")
def submit_filing(filing_id: UUID) -> Response:
    """File the record."""
    done = gettext("记录已报送，等待校工会审核。")
    return act(contract.submit_filing_record, _ref(filing_id), done=done, then=here(filing_id))


@PAGES.post(f"{PATH}/resolutions")
@only("chair")
def add_filing_resolution(filing_id: UUID) -> Response | tuple[str, int]:
    """Add a resolution."""
    form = _resolution_form(request.form)
    if submit(form, contract.add_filing_resolution, filing_id=str(filing_id)) is None:
        return _page(filing_id, resolution=form), 422
    flash(gettext("决议已登记。"), "done")
    return go(here(filing_id, "resolutions"))


@PAGES.post(f"{PATH}/resolutions/<uuid:resolution_id>/remove")
@only("chair")
def remove_filing_resolution(filing_id: UUID, resolution_id: UUID) -> Response:
    """Take a resolution off the record."""
    payload = {**_ref(filing_id), "resolution_id": str(resolution_id)}
    then = here(filing_id, "resolutions")
    return act(contract.remove_filing_resolution, payload, done=gettext("已删除。"), then=then)


@PAGES.post(f"{PATH}/documents")
@takes_file(LARGEST)
@only("chair")
def attach_filing_document(filing_id: UUID) -> Response | tuple[str, int]:
    """Add a document."""
    form = _document_form(request.form)
    if submit(form, contract.attach_filing_document, filing_id=str(filing_id)) is None:
        return _page(filing_id, document=form), 422
    flash(gettext("材料已上传。"), "done")
    return go(here(filing_id, "documents"))


@PAGES.get(f"{PATH}/documents/<uuid:document_id>")
@only(*ALL)
def filing_document(filing_id: UUID, document_id: UUID) -> Response:
    """Hand out a document."""
    payload = {**_ref(filing_id), "document_id": str(document_id)}
    return hand_out(contract.open_filing_document, payload, otherwise=here(filing_id))


@PAGES.post(f"{PATH}/documents/<uuid:document_id>/remove")
@only("chair")
def remove_filing_document(filing_id: UUID, document_id: UUID) -> Response:
    """Remove a document."""
    payload = {**_ref(filing_id), "document_id": str(document_id)}
    then = here(filing_id, "documents")
    return act(contract.remove_filing_document, payload, done=gettext("已删除。"), then=then)


@PAGES.post(f"{PATH}/review")
@only("officer")
def review_filing(filing_id: UUID) -> Response:
    """Accept what was filed, or return it."""
    decision = request.form.get("decision", "")
    done = gettext("已退回分工会。") if decision == "return" else gettext("已同意。")
    payload = {**_ref(filing_id), "decision": decision, "reason": request.form.get("reason", "").strip() or None}
    return act(contract.review_filing, payload, done=done, then=here(filing_id))


@PAGES.post(f"{PATH}/<any(waive, require, reopen):what>")
@only("officer")
def move_filing(filing_id: UUID, what: str) -> Response:
    """Let a unit off, ask it after all, or open an accepted record again."""
    operation, done = _MOVES[what]
    payload = {**_ref(filing_id), "reason": request.form.get("reason", "").strip()}
    return act(operation, payload, done=str(done), then=here(filing_id))


@PAGES.post(f"{PATH}/guidance")
@only("officer")
def write_filing_guidance(filing_id: UUID) -> Response:
    """Give the unit guidance."""
    payload = {**_ref(filing_id), "text": request.form.get("text", "").strip()}
    done = gettext("分工会会收到待办。")
    return act(contract.write_filing_guidance, payload, done=done, then=here(filing_id, "guidance"))


@PAGES.post(f"{PATH}/guidance/<uuid:guidance_id>")
@only("chair")
def answer_filing_guidance(filing_id: UUID, guidance_id: UUID) -> Response:
    """Answer guidance."""
    ref = {**_ref(filing_id), "guidance_id": str(guidance_id)}
    payload = {**ref, "answer": request.form.get("answer", "").strip()}
    then = here(filing_id, "guidance")
    return act(contract.answer_filing_guidance, payload, done=gettext("已答复。"), then=then)


def here(filing_id: UUID | str, anchor: str | None = None) -> str:
    """Return the address of a filing's page."""
    return url_for("portal.filing", filing_id=filing_id, _anchor=anchor)


def _ref(filing_id: UUID) -> dict[str, str]:
    return {"filing_id": str(filing_id)}


def _page(filing_id: UUID, **forms: Form) -> str:
    found = call(contract.get_filing, _ref(filing_id))
    shown = {"resolution": _resolution_form(None), "document": _document_form(None), **forms}
    stage = _STAGE.get(found["state"], found["state"])
    waived = found["state"] == "waived"
    way = _waived() if waived else steps_of(FILING_STAGES, stage, FILING_STATES)
    return render_template(
        "portal/filings/filing.html", frame=frame(), home=back_home(), it=found, way=way, forms=shown,
        unit=unit_name(found["unit_id"]), check_words=check_words, done_words=done_words,
    )  # fmt: skip


def _waived() -> list[dict[str, Any]]:
    return [{"words": gettext("待报计划"), "state": "done"}, {"words": gettext("免报"), "state": "stopped"}]


def _resolution_form(posted: Any) -> Form:
    fields: list[Field | str] = [
        Field("title", wide=True), "votes_for", "votes_against", "abstained",
    ]  # fmt: skip
    values = {"votes_against": 0, "abstained": 0}
    return Form(requests.AddFilingResolution, fields, values=values, posted=posted, prefix="resolution-")


def _document_form(posted: Any) -> Form:
    content = Field(
        "content", control="file", required=True,
        hint=_l("PDF、JPEG 或 PNG，不超过 10 MB；加密保存，文件名不保存。"),
        extra={"accept": "application/pdf,image/jpeg,image/png"},
    )  # fmt: skip
    return Form(requests.AttachFilingDocument, ["kind", content], posted=posted, prefix="document-")
