"""Documents of a session: uploading and removing them in the console, handing them out to those they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, hand_out, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import session_name
from services.contracts.governance.congress import documents as contract
from services.contracts.governance.congress import sessions

PAGES = PageTable()


@PAGES.route("/console/sessions/<uuid:session_id>/documents/new", methods=["GET", "POST"])
@only("officer")
def attach_session_document(session_id: UUID) -> str | Response | tuple[str, int]:
    """Add a document."""
    found = call(sessions.get_session, {"session_id": str(session_id)})
    posted = request.form if request.method == "POST" else None
    form = _form(found, posted)
    back = url_for("portal.session", session_id=session_id)
    if posted is None or submit(form, contract.attach_session_document, session_id=str(session_id)) is None:
        return form_page(
            form, title=gettext("上传文件"), back=back, words=session_name(found), button=gettext("上传"),
            template="portal/console/session_upload.html",
        )  # fmt: skip
    flash(gettext("文件已上传。"), "done")
    return go(back)


@PAGES.get("/sessions/<uuid:session_id>/documents/<uuid:document_id>")
@only("officer", "auditor", "chair", "member")
def session_document(session_id: UUID, document_id: UUID) -> Response:
    """Hand out a document."""
    ref = {"session_id": str(session_id), "document_id": str(document_id)}
    return hand_out(
        contract.open_session_document, ref, otherwise=url_for("portal.session_screen", session_id=session_id)
    )


@PAGES.post("/console/sessions/<uuid:session_id>/documents/<uuid:document_id>/remove")
@only("officer")
def remove_session_document(session_id: UUID, document_id: UUID) -> Response:
    """Remove a document."""
    ref = {"session_id": str(session_id), "document_id": str(document_id)}
    then = url_for("portal.session", session_id=session_id)
    return act(contract.remove_session_document, ref, done=gettext("文件已删除。"), then=then)


def _form(found: Mapping[str, Any], posted: Any) -> Form:
    items = {item["id"]: f"{item['position']}. {item['title']}" for item in found["agenda"]}
    content = Field(
        "content", _l("文件"), "file", required=True, hint=_l("PDF、JPEG 或 PNG，不超过 10 MB；加密保存。"),
        extra={"accept": "application/pdf,image/jpeg,image/png"},
    )  # fmt: skip
    fields: list[Field | str] = [
        Field("document", _l("文件名称")), Field("item_id", _l("议题"), "select", choices=items, blank=_l("整个会议")),
        "audience", content,
    ]  # fmt: skip
    return Form(contract.AttachSessionDocument, fields, posted=posted)
