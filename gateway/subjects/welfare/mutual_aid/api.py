"""Mutual aid: plans, cover periods with their lists, claims with sealed documents."""

from gateway.http.routes import Route
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.mutual_aid.requests import LARGEST_DOCUMENT

_AID = "/welfare/mutual-aid"
_PLAN = f"{_AID}/plans/<uuid:plan_id>"
_PERIOD = f"{_AID}/periods/<uuid:period_id>"
_CLAIM = f"{_AID}/claims/<uuid:claim_id>"
_DOCUMENT = f"{_CLAIM}/documents/<uuid:document_id>"

ROUTES = (
    Route("GET", f"{_AID}/plans", contract.list_mutual_aid_plans),
    Route("POST", f"{_AID}/plans", contract.add_mutual_aid_plan, 201, location=f"{_AID}/plans/{{id}}"),
    Route("GET", _PLAN, contract.get_mutual_aid_plan),
    Route("POST", f"{_PLAN}/end", contract.end_mutual_aid_plan),
    Route("POST", f"{_PLAN}/periods", contract.open_cover_period, 201, location=f"{_AID}/periods/{{id}}"),
    Route("GET", f"{_AID}/periods", contract.list_cover_periods),
    Route("GET", _PERIOD, contract.get_cover_period),
    Route("POST", f"{_PERIOD}/cancel", contract.cancel_cover_period),
    Route("POST", f"{_PERIOD}/close", contract.close_cover_list),
    Route("POST", f"{_PERIOD}/ask-payment-again", contract.ask_cover_payment_again),
    Route("GET", f"{_PERIOD}/covers", contract.list_covers),
    Route("POST", f"{_PERIOD}/covers", contract.enrol_members, 201),
    Route("POST", f"{_PERIOD}/covers/check", contract.check_cover_list),
    Route("GET", f"{_PERIOD}/candidates", contract.list_cover_candidates),
    Route("POST", f"{_PERIOD}/fees", contract.note_cover_fees),
    Route("GET", f"{_PERIOD}/figures", contract.coverage_figures),
    Route("GET", f"{_PERIOD}/figures/units", contract.list_unit_covers),
    Route("POST", f"{_AID}/covers/<uuid:cover_id>/withdraw", contract.withdraw_cover),
    Route("GET", f"{_AID}/claims", contract.list_mutual_aid_claims),
    Route("POST", f"{_AID}/claims", contract.submit_mutual_aid_claim, 201, location=f"{_AID}/claims/{{id}}"),
    Route("GET", _CLAIM, contract.get_mutual_aid_claim),
    Route("POST", f"{_CLAIM}/forward", contract.forward_mutual_aid_claim),
    Route("POST", f"{_CLAIM}/send-on", contract.send_on_mutual_aid_claim),
    Route("POST", f"{_CLAIM}/paid", contract.record_claim_paid),
    Route("POST", f"{_CLAIM}/refused", contract.record_claim_refused),
    Route("POST", f"{_CLAIM}/withdraw", contract.withdraw_mutual_aid_claim),
    Route("POST", f"{_CLAIM}/unmask", contract.unmask_mutual_aid_claim),
    Route("POST", f"{_CLAIM}/documents", contract.attach_claim_document, 201, upload=LARGEST_DOCUMENT),
    Route("POST", f"{_DOCUMENT}/open", contract.open_claim_document, download=True),
    Route("DELETE", _DOCUMENT, contract.remove_claim_document),
    Route("GET", f"{_CLAIM}/accesses", contract.list_claim_accesses),
    Route("GET", "/me/covers", contract.my_covers),
    Route("GET", "/me/mutual-aid-claims", contract.my_mutual_aid_claims),
)
