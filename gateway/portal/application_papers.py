"""Attaches photo and documents of an application from a form one by one, with refusals beside their fields."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext

from gateway.portal.consents import agreed_to, place_consents
from gateway.portal.forms import Form
from gateway.portal.joining_form import FILES
from gateway.portal.service_calls import PASSED_ON, place, send
from gateway.portal.uploads import upload_of
from gateway.rpc.calls import call
from services.chassis.errors import InvalidInput, Problem
from services.contracts.membership.joining.operations import (
    attach_to_application,
    attach_with_receipt,
    replace_application_photo,
    replace_photo_with_receipt,
)


def _documents() -> list[dict[str, Any]]:
    """Return the chosen documents, each with its kind."""
    chosen = {spec.name.removeprefix("document_"): upload_of(spec.name) for spec in FILES[1:]}
    return [{"kind": kind, **file} for kind, file in chosen.items() if file is not None]


def place_papers(form: Form, problem: Problem) -> None:
    """Assign a problem to the fields of this page: consents to the checkboxes, documents to the first missing one."""
    place(form, problem)
    place_consents(form)
    texts = form.errors.pop("documents", None)
    if texts:
        kind = next(iter(problem.params.get("missing") or ()), "labour_contract")
        form.errors.setdefault(f"document_{kind}", []).extend(texts)


def attach_papers(form: Form, application_id: str, receipt_code: str | None = None) -> bool:
    """Attach the chosen files to the application; return whether all were accepted. Refusals are shown at the field.

    Args:
        form: the page's form.
        application_id: of the application.
        receipt_code: of an applicant without account; None for the signed-in account.
    """
    agreed = {one["purpose"]: one["version"] for one in agreed_to(request.form)}
    photo, ref = upload_of("photo"), {"application_id": application_id}
    replace, attach = replace_application_photo, attach_to_application
    if receipt_code is not None:
        ref["receipt_code"] = receipt_code
        replace, attach = replace_photo_with_receipt, attach_with_receipt
    try:
        if photo is not None:
            _require_photo_consent(agreed)
            send(replace, {**ref, **photo, "consent_version": agreed["photo"]})
        for document in _documents():
            once = f"{request.form.get('once', '')[:40]}.{document['kind']}"
            call(attach, {**ref, **document}, idempotency_key=once)
    except PASSED_ON:
        raise
    except Problem as problem:
        place_papers(form, problem)
        return False
    return True


def _require_photo_consent(agreed: dict[str, str]) -> None:
    if "photo" not in agreed:
        raise InvalidInput(errors={"consent_photo": [gettext("请先阅读说明并勾选同意。")]})
