"""The files of a form as evidence of a visit: each is a command of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from gateway.http.files import received
from gateway.portal.messages import say
from gateway.portal.service_calls import PASSED_ON, tell
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.input_errors import texts_in
from services.contracts.files import DOCUMENT_TYPES
from services.contracts.welfare.visits.files import attach_visit_evidence

_MOST_TOLD, _LONGEST_TOLD = 5, 200
"""Files whose refusal is shown on the next page, and characters of each: a browser's cookie has no more room."""


@dataclass
class Uploaded:
    """What became of the files of a form: how many were kept, and what each other one lacks, with its name."""

    kept: int = 0
    refused: list[str] = field(default_factory=list)
    problem: Problem | None = None
    """The first refusal."""


def attach_chosen(visit_id: UUID) -> Uploaded:
    """Attach each file of the form to the visit; one that is refused does not stop the others.

    A file that is sent again with the same form is attached once.
    """
    uploaded = Uploaded()
    for file in _chosen():
        upload = received(file)
        digest = hashlib.sha256(upload["content"].encode()).hexdigest()[:32]
        once = request.form.get("once", "")[:40]
        payload = {**_evidence_asked(), **upload, "visit_id": str(visit_id)}
        try:
            call(attach_visit_evidence, payload, idempotency_key=f"{once}.{digest}" if once else None)
        except PASSED_ON:
            raise
        except Problem as problem:
            uploaded.problem = uploaded.problem or problem
            uploaded.refused.append(upload["name"] + gettext("：") + _words_of(problem, upload))
        else:
            uploaded.kept += 1
    return uploaded


def tell_refused(uploaded: Uploaded) -> None:
    """Show on the next page which files were refused, and why."""
    assert uploaded.problem is not None
    if len(uploaded.refused) == 1:
        tell(uploaded.problem)
        return
    told = [text[:_LONGEST_TOLD] for text in uploaded.refused[:_MOST_TOLD]]
    flash({"text": gettext("有 %(count)s 个文件没有收下。", count=len(uploaded.refused)), "errors": told}, "problem")  # type: ignore[arg-type]


def _chosen() -> Iterator[FileStorage]:
    """Return the files chosen in the form: taken with the camera, or from the device."""
    return (file for file in request.files.getlist("file") if file.filename)


def _evidence_asked() -> dict[str, Any]:
    asked = {name: request.form.get(f"file-{name}", "").strip() for name in ("kind", "people_shown", "caption")}
    return {name: value for name, value in asked.items() if value}


def _words_of(problem: Problem, upload: dict[str, Any]) -> str:
    if upload["media_type"] not in DOCUMENT_TYPES:
        return gettext("请上传 PDF、JPEG 或 PNG 文件。")
    errors = texts_in(problem.params.get("errors") or {})
    return say(errors[0]) if errors and not problem.rule else say(problem)
