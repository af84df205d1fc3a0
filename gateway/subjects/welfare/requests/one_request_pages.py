"""One request: to the applicant with its documents, to those who handle it with what is to be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, signed_in
from gateway.portal.service_calls import PASSED_ON, act, go, hand_out, submit, tell
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.schema import Operation
from services.contracts.files import LARGEST
from services.contracts.welfare.requests import operations as contract
from services.contracts.welfare.requests.vocabulary import REQUEST_STAGES, REQUEST_STATES

PAGES = PageTable()
_DONE = {
    "accept": _l("已受理，第一个环节开始计时。"), "advance": _l("环节已完成。"), "finish": _l("已办结。"),
    "decline": _l("已告知不予办理。"), "withdraw": _l("已撤回。"),
}  # fmt: skip
_OPERATIONS: dict[str, tuple[Operation, str]] = {
    "accept": (contract.accept_request, "note"),
    "advance": (contract.advance_request, "note"),
    "finish": (contract.finish_request, "outcome"),
    "decline": (contract.decline_request, "reason"),
    "withdraw": (contract.withdraw_request, ""),
}
"""The operation of an action, and the field that takes what was written; empty for none."""


@PAGES.get("/requests/<uuid:request_id>")
@only("officer", "auditor", "handler", "member")
def one_request(request_id: UUID) -> str:
    """Show one request."""
    return _page(request_id)


@PAGES.post("/requests/<uuid:request_id>/<any(accept, advance, finish, decline, withdraw):action>")
@only("officer", "handler", "member")
def move_request(request_id: UUID, action: str) -> Response:
    """Take a request on by an action."""
    operation, field = _OPERATIONS[action]
    payload: dict[str, Any] = {"request_id": str(request_id)}
    if field:
        payload[field] = request.form.get("words", "").strip() or None
    return act(operation, payload, done=str(_DONE[action]), then=_here(request_id))


@PAGES.post("/requests/<uuid:request_id>/documents")
@takes_file(LARGEST)
@only("member")
def attach_document(request_id: UUID) -> str | Response | tuple[str, int]:
    """Hand in a document."""
    found = call(contract.get_request, {"request_id": str(request_id)})
    form = _upload_form(found, request.form)
    if submit(form, contract.attach_request_document, request_id=str(request_id)) is None:
        return _page(request_id, form=form), 422
    flash(gettext("材料已上传。"), "done")
    return go(_here(request_id))


@PAGES.post("/requests/<uuid:request_id>/documents/<uuid:document_id>/open")
@only("officer", "handler", "member")
def open_request_file(request_id: UUID, document_id: UUID) -> Response:
    """Hand out a document; to others than the applicant for a purpose that is logged."""
    purpose = request.form.get("purpose", "").strip() or None
    payload = {"request_id": str(request_id), "document_id": str(document_id), "purpose": purpose}
    return hand_out(contract.open_request_document, payload, otherwise=_here(request_id))


@PAGES.post("/requests/<uuid:request_id>/unmask")
@only("officer", "handler")
def show_request_words(request_id: UUID) -> str | Response:
    """Show what a request says for a purpose that is logged."""
    payload = {"request_id": str(request_id), "purpose": request.form.get("purpose", "").strip()}
    try:
        words = call(contract.unmask_request, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(request_id))
    return _page(request_id, words=words)


def _page(request_id: UUID, *, form: Form | None = None, words: dict[str, Any] | None = None) -> str:
    """Return the page of a request; `words` are those just opened for a purpose."""
    found = {**call(contract.get_request, {"request_id": str(request_id)}), **(words or {})}
    own = found["member_id"] == str(signed_in().member_id)
    return render_template(
        "portal/member/request.html",
        frame="portal/member.html" if own else "portal/console.html",
        own=own,
        it=found,
        shown=own or words is not None,
        way=steps_of(REQUEST_STAGES, found["state"], REQUEST_STATES),
        names=names([found], "member_id"),
        form=form or _upload_form(found, None),
    )


def _upload_form(found: dict[str, Any], posted: Any) -> Form:
    asked = {one["name"]: one["name"] for one in found["documents"]}
    content = Field(
        "content", _l("文件"), "file", required=True,
        hint=_l("PDF、JPEG 或 PNG，不超过 10 MB；加密保存，只有承办人能打开。"),
        extra={"accept": "application/pdf,image/jpeg,image/png"},
    )  # fmt: skip
    return Form(
        contract.AttachRequestDocument, [Field("document", control="select", choices=asked), content], posted=posted
    )


def _here(request_id: UUID) -> str:
    return url_for("portal.one_request", request_id=request_id)
