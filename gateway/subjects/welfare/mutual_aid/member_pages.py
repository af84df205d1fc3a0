"""Mutual aid for members: one's covers, filing a claim, its documents and how far it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, part
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from gateway.rpc.calls import call
from gateway.subjects.welfare.mutual_aid.documents import attach_chosen, open_document, remove_document
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.mutual_aid.requests import LARGEST_DOCUMENT, MOST_DOCUMENTS
from services.contracts.welfare.mutual_aid.vocabulary import CLAIM_STATES

PAGES = PageTable()
_WAY = CLAIM_STATES.only("submitted", "forwarded", "sent_on", "paid")


@PAGES.get("/mutual-aid")
@only("member")
def my_mutual_aid() -> str:
    """Show one's covers and claims."""
    covers = part(contract.my_covers, {"limit": 50})
    day = today().isoformat()
    plans = {one["plan"]["id"]: one["plan"] for one in covers.items if one["state"] != "withdrawn"}
    return render_template(
        "portal/member/mutual_aid.html",
        covers=covers,
        claims=part(contract.my_mutual_aid_claims, {"limit": 50}),
        plans=[one for one in plans.values() if _begun(covers.items, one["id"], day)],
        today=day,
    )


@PAGES.post("/mutual-aid/claims")
@only("member")
def submit_mutual_aid_claim() -> Response:
    """File a claim, and go on with its documents."""
    form = request.form
    payload = {
        "plan_id": form.get("plan_id", ""),
        "event_on": form.get("event_on", ""),
        "asked": plain_amount(form.get("asked", "")).strip() or None,
        "details": form.get("details", "").strip() or None,
    }
    return act(
        contract.submit_mutual_aid_claim,
        payload,
        done=gettext("申领已提出，请上传材料。"),
        then=url_for("portal.my_mutual_aid"),
        opens=lambda reply: _here(reply["id"]),
    )


@PAGES.get("/mutual-aid/claims/<uuid:claim_id>")
@only("member")
def my_mutual_aid_claim(claim_id: UUID) -> str:
    """Show one's own claim with its documents and who looked at them."""
    claim = call(contract.get_mutual_aid_claim, {"claim_id": str(claim_id)})
    return render_template(
        "portal/member/mutual_aid_claim.html",
        claim=claim,
        way=steps_of(_WAY, claim["state"], CLAIM_STATES),
        accesses=part(contract.list_claim_accesses, {"claim_id": str(claim_id), "limit": 20}),
        most=MOST_DOCUMENTS,
    )


@PAGES.post("/mutual-aid/claims/<uuid:claim_id>/withdraw")
@only("member")
def withdraw_own_claim(claim_id: UUID) -> Response:
    """Withdraw one's own claim."""
    return act(contract.withdraw_mutual_aid_claim, _ref(claim_id), done=gettext("申领已撤回。"), then=_here(claim_id))


@PAGES.post("/mutual-aid/claims/<uuid:claim_id>/documents")
@takes_file(LARGEST_DOCUMENT)
@only("member")
def attach_own_document(claim_id: UUID) -> Response:
    """Attach documents to one's own claim."""
    return attach_chosen(str(claim_id), _here(claim_id))


@PAGES.post("/mutual-aid/claims/<uuid:claim_id>/documents/<uuid:document_id>/open")
@only("member")
def open_own_document(claim_id: UUID, document_id: UUID) -> Response:
    """Open a document of one's own claim."""
    return open_document({**_ref(claim_id), "document_id": str(document_id)}, _here(claim_id))


@PAGES.post("/mutual-aid/claims/<uuid:claim_id>/documents/<uuid:document_id>/remove")
@only("member")
def remove_own_document(claim_id: UUID, document_id: UUID) -> Response:
    """Remove a document of one's own claim."""
    return remove_document({**_ref(claim_id), "document_id": str(document_id)}, _here(claim_id))


def _begun(covers: list[dict[str, Any]], plan_id: str, day: str) -> bool:
    return any(one["plan"]["id"] == plan_id and one["starts_on"] <= day for one in covers)


def _ref(claim_id: UUID) -> dict[str, str]:
    return {"claim_id": str(claim_id)}


def _here(claim_id: Any) -> str:
    return url_for("portal.my_mutual_aid_claim", claim_id=claim_id)
