"""Life events, visits and their types, and the rules welfare decides by."""

from gateway.http.routes import Route
from services.contracts.welfare.rulebook import list_welfare_rules
from services.contracts.welfare.visits import files
from services.contracts.welfare.visits import operations as contract
from services.contracts.welfare.visits.types import end_visit_type, list_visit_types, set_visit_type

_LIFE_EVENT = "/welfare/life-events/<uuid:life_event_id>"
_VISIT = "/welfare/visits/<uuid:visit_id>"
_EVIDENCE = f"{_VISIT}/evidence/<uuid:evidence_id>"

ROUTES = (
    Route("GET", "/welfare/life-events", contract.list_life_events),
    Route("POST", "/welfare/life-events", contract.report_life_event, 201),
    Route("POST", f"{_LIFE_EVENT}/unmask", contract.unmask_life_event),
    Route("GET", f"{_LIFE_EVENT}/accesses", contract.list_life_event_accesses),
    Route("GET", "/welfare/visit-types", list_visit_types),
    Route("PUT", "/welfare/visit-types/<occasion>", set_visit_type),
    Route("POST", "/welfare/visit-types/<occasion>/end", end_visit_type),
    Route("GET", "/welfare/visits", contract.list_visits),
    Route("GET", "/welfare/visits/figures", contract.visit_figures),
    Route("GET", "/welfare/visits/statistics", contract.list_visit_statistics),
    Route("GET", _VISIT, contract.get_visit),
    Route("POST", f"{_VISIT}/assign", contract.assign_visit),
    Route("POST", f"{_VISIT}/complete", contract.complete_visit),
    Route("POST", f"{_VISIT}/evidence", contract.add_visit_evidence, 201),
    Route("POST", f"{_VISIT}/evidence/files", files.attach_visit_evidence, 201, upload=files.LARGEST_EVIDENCE),
    Route("POST", f"{_EVIDENCE}/unmask", contract.unmask_evidence),
    Route("POST", f"{_EVIDENCE}/open", files.open_evidence_file, download=True),
    Route("GET", f"{_EVIDENCE}/thumbnail", files.evidence_thumbnail, download=True),
    Route("DELETE", _EVIDENCE, files.remove_visit_evidence),
    Route("GET", "/me/visit-evidence", files.my_visit_evidence),
    Route("POST", f"{_VISIT}/claim-again", contract.claim_visit_again),
    Route("POST", f"{_VISIT}/cancel", contract.cancel_visit),
    Route("GET", "/welfare/rules", list_welfare_rules),
)
