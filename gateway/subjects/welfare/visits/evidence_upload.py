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
from gateway.portal.messages import explain, say
from gateway.portal.service_calls import PASSED_ON
from gateway.rpc.calls import call
from services.chassis.errors import Problem, refuse_first
from services.chassis.files.attachment_rules import file_is_what_it_says
from services.chassis.input_errors import texts_in
from services.contracts.files import DOCUMENT_TYPES
from services.contracts.welfare.visits.files import attach_visit_evidence

_MOST_TOLD, _LONGEST_TOLD = 5, 200
"""Files whose refusal is shown on the next page, and characters of each: a browser's cookie has no more room."""


@dataclass
class Uploaded:
    """What became of the files of a form.

    Args:
        versions: of the visit, after each file that was kept.
        refused: what is wrong with each other file, with its name.
        problem: the first refusal.
    """

    versions: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problem: Problem | None = None

    @property
    def kept(self) -> int:
        """How many files were kept."""
        return len(self.versions)

    def version_after(self, version: int | None) -> int | None:
        """Return the version of a visit that was changed by these files alone since `version`; else `version`."""
        for after in self.versions:
            version = after if version is not None and after == version + 1 else version
        return version


def attach_chosen(visit_id: UUID) -> Uploaded:
    """Attach each file of the form to the visit; one that is refused does not stop the others.

    A file that is sent again with the same form is attached once.
    """
    uploaded = Uploaded()
    for file in _chosen():
        upload = received(file)
        try:
            version = _attach(visit_id, upload)
        except PASSED_ON:
            raise
        except Problem as problem:
            uploaded.problem = uploaded.problem or problem
            uploaded.refused.append(upload["name"] + gettext("：") + _words_of(problem))
        else:
            uploaded.versions.append(version)
    return uploaded


def tell_refused(uploaded: Uploaded) -> None:
    """Show on the next page which files were refused, and why."""
    assert uploaded.problem is not None
    told = explain(uploaded.problem) | {"text": uploaded.refused[0][:_LONGEST_TOLD], "errors": []}
    if len(uploaded.refused) > 1:
        errors = [text[:_LONGEST_TOLD] for text in uploaded.refused[:_MOST_TOLD]]
        told = {"text": gettext("有 %(count)s 个文件没有收下。", count=len(uploaded.refused)), "errors": errors}
    flash(told, "problem")  # type: ignore[arg-type]


def _chosen() -> Iterator[FileStorage]:
    """Return the files chosen in the form: taken with the camera, or from the device."""
    return (file for file in request.files.getlist("file") if file.filename)


def _evidence_asked() -> dict[str, Any]:
    asked = {name: request.form.get(f"file-{name}", "").strip() for name in ("kind", "people_shown", "caption")}
    return {name: value for name, value in asked.items() if value}


def _attach(visit_id: UUID, upload: dict[str, Any]) -> int:
    """Attach one file and return the visit's version then; what the browser calls no picture or PDF is not sent on."""
    if upload["media_type"] not in DOCUMENT_TYPES:
        refuse_first(file_is_what_it_says(upload["media_type"], b""))
    digest = hashlib.sha256(upload["content"].encode()).hexdigest()[:32]
    once = request.form.get("once", "")[:40]
    payload = {**_evidence_asked(), **upload, "visit_id": str(visit_id)}
    reply = call(attach_visit_evidence, payload, idempotency_key=f"{once}.{digest}" if once else None)
    return int(reply["version"])


def _words_of(problem: Problem) -> str:
    first = next(texts_in(problem.params.get("errors") or {}), None)
    return say(problem) if first is None or problem.rule else say(first)
