"""Documents of a claim in forms: attached one by one, opened, removed."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import flash, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.http.files import received
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, hand_out, tell
from gateway.rpc.calls import call
from services.chassis.errors import Problem, refuse_first
from services.chassis.files.attachment_rules import file_is_what_it_says
from services.contracts.files import DOCUMENT_TYPES
from services.contracts.welfare.mutual_aid import operations as contract


def attach_chosen(claim_id: str, then: str) -> Response:
    """Attach each file of the form to the claim; the first that is refused is told on the next page."""
    kept = 0
    for file in (one for one in request.files.getlist("file") if one.filename):
        try:
            _attach(claim_id, received(file))
        except PASSED_ON:
            raise
        except Problem as problem:
            tell(problem)
            return go(then)
        kept += 1
    if kept:
        flash(gettext("已上传 %(count)s 个文件。", count=kept), "done")
    else:
        ask_again(gettext("请先选择文件。"))
    return go(then)


def _attach(claim_id: str, upload: dict[str, Any]) -> None:
    if upload["media_type"] not in DOCUMENT_TYPES:
        refuse_first(file_is_what_it_says(upload["media_type"], b""))
    digest = hashlib.sha256(upload["content"].encode()).hexdigest()[:32]
    once = request.form.get("once", "")[:40]
    payload = {**upload, "claim_id": claim_id, "kind": request.form.get("kind", "")}
    call(contract.attach_claim_document, payload, idempotency_key=f"{once}.{digest}" if once else None)


def open_document(ref: dict[str, str], then: str) -> Response:
    """Return a document, for the purpose of the form; the look is logged."""
    payload = {**ref, "purpose": request.form.get("purpose", "").strip() or None}
    return hand_out(contract.open_claim_document, payload, otherwise=then)


def remove_document(ref: dict[str, str], then: str) -> Response:
    """Remove a document."""
    return act(contract.remove_claim_document, ref, done=gettext("材料已删除。"), then=then)
