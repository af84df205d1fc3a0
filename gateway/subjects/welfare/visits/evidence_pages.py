"""Photos and papers of a visit: uploading several at once, looking at them, removing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, jsonify, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, tell
from gateway.portal.uploads import file_response, takes_file
from gateway.rpc.calls import call
from gateway.subjects.welfare.visits.evidence_upload import Uploaded, attach_chosen, tell_refused
from gateway.subjects.welfare.visits.one_visit_pages import visit_page
from services.chassis.errors import Problem
from services.contracts.welfare.visits.files import (
    LARGEST_EVIDENCE,
    evidence_thumbnail,
    open_evidence_file,
    remove_visit_evidence,
)

PAGES = PageTable()

_MOST_SHOWN = 4 * 1024 * 1024
"""Characters of a picture that is shown in its page; a larger one is downloaded."""


@PAGES.post("/visits/<uuid:visit_id>/evidence/files")
@takes_file(LARGEST_EVIDENCE)
@only("officer", "chair", "member")
def attach_evidence(visit_id: UUID) -> Response:
    """Attach the files of a form; the page's script sends one at a time and reads the answer as JSON."""
    uploaded = attach_chosen(visit_id)
    if request.accept_mimetypes.best == "application/json":
        return _as_json(uploaded)
    here = url_for("portal.visit", visit_id=visit_id)
    if uploaded.kept:
        flash(gettext("已上传 %(count)s 个文件。", count=uploaded.kept), "done")
    if uploaded.problem is not None:
        tell_refused(uploaded)
    elif not uploaded.kept:
        ask_again(gettext("请先选择文件。"))
    return go(here)


def _as_json(uploaded: Uploaded) -> FlaskResponse:
    answer = jsonify({"versions": uploaded.versions, "refused": uploaded.refused})
    answer.status_code = 200 if uploaded.problem is None else uploaded.problem.status
    answer.headers["Cache-Control"] = "no-store"
    return answer


@PAGES.get("/visits/<uuid:visit_id>/evidence/<uuid:evidence_id>/thumbnail")
@only("officer", "chair", "member")
def evidence_picture(visit_id: UUID, evidence_id: UUID) -> Response:
    """Show a photo, small, to those who may open it freely."""
    return file_response(call(evidence_thumbnail, _ref(visit_id, evidence_id)), inline=True)


@PAGES.post("/visits/<uuid:visit_id>/evidence/<uuid:evidence_id>/open")
@only("officer", "chair", "auditor", "member")
def open_evidence(visit_id: UUID, evidence_id: UUID) -> str | Response:
    """Show a photo in its place, or return a paper; for a purpose that is logged."""
    payload = {**_ref(visit_id, evidence_id), "purpose": request.form.get("purpose", "").strip() or None}
    try:
        file = call(open_evidence_file, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.visit", visit_id=visit_id))
    if file["media_type"] != "image/jpeg" or len(file["content"]) > _MOST_SHOWN:
        return file_response(file)
    return visit_page(visit_id, photos={str(evidence_id): f"data:image/jpeg;base64,{file['content']}"})


@PAGES.post("/visits/<uuid:visit_id>/evidence/<uuid:evidence_id>/remove")
@only("officer", "chair", "member")
def remove_evidence(visit_id: UUID, evidence_id: UUID) -> Response:
    """Remove a file of evidence, with the reason."""
    payload = {**_ref(visit_id, evidence_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.visit", visit_id=visit_id)
    return act(remove_visit_evidence, payload, done=gettext("凭证文件已删除。"), then=then)


def _ref(visit_id: UUID, evidence_id: UUID) -> dict[str, Any]:
    return {"visit_id": str(visit_id), "evidence_id": str(evidence_id)}
