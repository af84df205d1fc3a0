"""Joining: applications with their files, wordings of consent, rules of membership."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route, idempotency_key
from gateway.identity.sign_up import BY_RECEIPT, SIGN_UPS
from gateway.identity.sign_up import apply_for_membership as apply_with_account
from services.contracts.gateway.identity import apply_for_membership
from services.contracts.membership.consents import list_consent_texts, publish_consent_text
from services.contracts.membership.joining import operations as contract
from services.contracts.membership.joining.figures import application_figures
from services.contracts.membership.joining.newcomers import read_newcomers
from services.contracts.membership.numbering import list_number_series, open_number_series
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT, LARGEST_PHOTO
from services.contracts.membership.rulebook import list_membership_rules

_APPLICATION = "/membership/applications/<uuid:application_id>"
_RECEIPT = f"{_APPLICATION}/receipt"


def _apply(payload: dict[str, Any]) -> dict[str, Any]:
    username, password = payload.pop("username", None), payload.pop("password", None)
    return apply_with_account(payload, username, password, idempotency_key())


ROUTES = (
    Route("GET", "/membership/applications", contract.list_applications),
    Route(
        "POST", "/membership/applications", apply_for_membership, 201, answer=_apply, limit=SIGN_UPS,
        location="/membership/applications/{id}",
    ),
    Route("GET", "/membership/applications/figures", application_figures),
    Route("POST", "/membership/applications/check", contract.check_applicant, limit=SIGN_UPS),
    Route("POST", "/membership/applications/approve", contract.approve_applications),
    Route("POST", "/membership/applications/propose", contract.propose_newcomers),
    Route("POST", "/membership/applications/newcomers/read", read_newcomers),
    Route("GET", _APPLICATION, contract.get_application),
    Route("PATCH", _APPLICATION, contract.update_application),
    Route("POST", f"{_APPLICATION}/submit", contract.submit_draft),
    Route("POST", f"{_APPLICATION}/review", contract.review_application),
    Route("POST", f"{_APPLICATION}/approve", contract.approve_application),
    Route("POST", f"{_APPLICATION}/reject", contract.reject_application),
    Route("POST", f"{_APPLICATION}/return", contract.return_application),
    Route("POST", f"{_APPLICATION}/withdraw", contract.withdraw_application),
    # POST, though it changes nothing: a receipt code must not stand in an address.
    Route("POST", f"{_APPLICATION}/standing", contract.follow_application, limit=BY_RECEIPT),
    Route("POST", f"{_RECEIPT}/files", contract.attach_with_receipt, limit=BY_RECEIPT, upload=LARGEST_DOCUMENT),
    Route("POST", f"{_RECEIPT}/files/<uuid:file_id>/drop", contract.detach_with_receipt, limit=BY_RECEIPT),
    Route("POST", f"{_RECEIPT}/photo", contract.replace_photo_with_receipt, limit=BY_RECEIPT, upload=LARGEST_PHOTO),
    Route("POST", f"{_RECEIPT}/submit", contract.submit_with_receipt, limit=BY_RECEIPT),
    Route("GET", "/membership/applications/unconfirmed", contract.list_unconfirmed),
    Route("POST", "/membership/applications/unconfirmed/reject", contract.reject_unconfirmed),
    Route("POST", f"{_APPLICATION}/unmask", contract.unmask_application),
    Route("POST", f"{_APPLICATION}/files", contract.attach_to_application, 201, upload=LARGEST_DOCUMENT),
    Route("DELETE", f"{_APPLICATION}/files/<uuid:file_id>", contract.detach_from_application),
    Route("POST", f"{_APPLICATION}/files/<uuid:file_id>/open", contract.open_application_file, download=True),
    Route("GET", f"{_APPLICATION}/photo", contract.application_photo, download=True),
    Route("PUT", f"{_APPLICATION}/photo", contract.replace_application_photo, upload=LARGEST_PHOTO),
    Route("POST", "/membership/applications/runs", contract.start_approval, 202),
    Route("GET", "/membership/applications/runs/<uuid:job_id>", contract.approval_outcomes),
    Route("GET", "/membership/employment-terms", contract.employment_terms),
    Route("GET", "/membership/rules", list_membership_rules),
    Route("GET", "/membership/number-series", list_number_series),
    Route("POST", "/membership/number-series", open_number_series, 201),
    Route("GET", "/membership/consent-texts", list_consent_texts),
    Route("POST", "/membership/consent-texts", publish_consent_text, 201),
)  # fmt: skip
