"""Joining: applications with their files, wordings of consent, rules of membership."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route, idempotency_key
from gateway.identity.sign_up import BY_RECEIPT, SIGN_UPS
from gateway.identity.sign_up import apply_for_membership as apply_with_account
from services.contracts.gateway.identity import apply_for_membership
from services.contracts.membership.consents import list_consent_texts, publish_consent_text
from services.contracts.membership.joining.newcomers import read_newcomers
from services.contracts.membership.joining.operations import (
    application_photo,
    approval_outcomes,
    approve_application,
    approve_applications,
    attach_to_application,
    attach_with_receipt,
    detach_from_application,
    detach_with_receipt,
    employment_terms,
    follow_application,
    get_application,
    list_applications,
    list_unconfirmed,
    open_application_file,
    propose_newcomers,
    reject_application,
    reject_unconfirmed,
    replace_application_photo,
    replace_photo_with_receipt,
    return_application,
    review_application,
    start_approval,
    submit_draft,
    submit_with_receipt,
    unmask_application,
    update_application,
    withdraw_application,
)
from services.contracts.membership.numbering import list_number_series, open_number_series
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT, LARGEST_PHOTO
from services.contracts.membership.rulebook import list_membership_rules

_APPLICATION = "/membership/applications/<uuid:application_id>"
_RECEIPT = f"{_APPLICATION}/receipt"


def _apply(payload: dict[str, Any]) -> dict[str, Any]:
    username, password = payload.pop("username", None), payload.pop("password", None)
    return apply_with_account(payload, username, password, idempotency_key())


ROUTES = (
    Route("GET", "/membership/applications", list_applications),
    Route(
        "POST", "/membership/applications", apply_for_membership, 201, answer=_apply, limit=SIGN_UPS,
        location="/membership/applications/{id}",
    ),
    Route("POST", "/membership/applications/approve", approve_applications),
    Route("POST", "/membership/applications/propose", propose_newcomers),
    Route("POST", "/membership/applications/newcomers/read", read_newcomers),
    Route("GET", _APPLICATION, get_application),
    Route("PATCH", _APPLICATION, update_application),
    Route("POST", f"{_APPLICATION}/submit", submit_draft),
    Route("POST", f"{_APPLICATION}/review", review_application),
    Route("POST", f"{_APPLICATION}/approve", approve_application),
    Route("POST", f"{_APPLICATION}/reject", reject_application),
    Route("POST", f"{_APPLICATION}/return", return_application),
    Route("POST", f"{_APPLICATION}/withdraw", withdraw_application),
    # POST, though it changes nothing: a receipt code must not stand in an address.
    Route("POST", f"{_APPLICATION}/standing", follow_application, limit=BY_RECEIPT),
    Route("POST", f"{_RECEIPT}/files", attach_with_receipt, limit=BY_RECEIPT, upload=LARGEST_DOCUMENT),
    Route("POST", f"{_RECEIPT}/files/<uuid:file_id>/drop", detach_with_receipt, limit=BY_RECEIPT),
    Route("POST", f"{_RECEIPT}/photo", replace_photo_with_receipt, limit=BY_RECEIPT, upload=LARGEST_PHOTO),
    Route("POST", f"{_RECEIPT}/submit", submit_with_receipt, limit=BY_RECEIPT),
    Route("GET", "/membership/applications/unconfirmed", list_unconfirmed),
    Route("POST", "/membership/applications/unconfirmed/reject", reject_unconfirmed),
    Route("POST", f"{_APPLICATION}/unmask", unmask_application),
    Route("POST", f"{_APPLICATION}/files", attach_to_application, 201, upload=LARGEST_DOCUMENT),
    Route("DELETE", f"{_APPLICATION}/files/<uuid:file_id>", detach_from_application),
    Route("POST", f"{_APPLICATION}/files/<uuid:file_id>/open", open_application_file, download=True),
    Route("GET", f"{_APPLICATION}/photo", application_photo, download=True),
    Route("PUT", f"{_APPLICATION}/photo", replace_application_photo, upload=LARGEST_PHOTO),
    Route("POST", "/membership/applications/runs", start_approval, 202),
    Route("GET", "/membership/applications/runs/<uuid:job_id>", approval_outcomes),
    Route("GET", "/membership/employment-terms", employment_terms),
    Route("GET", "/membership/rules", list_membership_rules),
    Route("GET", "/membership/number-series", list_number_series),
    Route("POST", "/membership/number-series", open_number_series, 201),
    Route("GET", "/membership/consent-texts", list_consent_texts),
    Route("POST", "/membership/consent-texts", publish_consent_text, 201),
)  # fmt: skip
