"""Mediation over HTTP. A case is read by a command, because every look is kept."""

from gateway.http.routes import Route
from services.contracts.files import LARGEST
from services.contracts.governance.mediation import operations as contract

_CASE = "/governance/disputes/<uuid:dispute_id>"

ROUTES = (
    Route("GET", "/governance/dispute-matters", contract.classify_matter),
    Route("GET", "/governance/disputes", contract.list_disputes),
    Route("POST", "/governance/disputes", contract.apply_for_mediation, 201),
    Route("POST", "/governance/disputes/recorded", contract.record_dispute, 201),
    Route("GET", "/governance/disputes/queue", contract.dispute_queue),
    Route("POST", "/governance/disputes/take", contract.take_dispute),
    Route("POST", "/governance/disputes/take-over", contract.take_over_dispute),
    Route("GET", "/governance/disputes/figures", contract.dispute_figures),
    Route("POST", f"{_CASE}/open", contract.open_dispute),
    Route("POST", f"{_CASE}/release", contract.release_dispute),
    Route("POST", f"{_CASE}/moves", contract.move_dispute),
    Route("POST", f"{_CASE}/parties", contract.add_dispute_party, 201),
    Route("POST", f"{_CASE}/parties/<uuid:party_id>/link", contract.link_dispute_party),
    Route("POST", f"{_CASE}/parties/<uuid:party_id>/consent", contract.record_consent),
    Route("POST", f"{_CASE}/representatives", contract.choose_representatives),
    Route("POST", f"{_CASE}/consent", contract.answer_consent),
    Route("POST", f"{_CASE}/mediators", contract.assign_mediator, 201),
    Route("POST", f"{_CASE}/mediators/answer", contract.answer_assignment),
    Route("POST", f"{_CASE}/mediators/<uuid:mediator_id>/remove", contract.remove_mediator),
    Route("POST", f"{_CASE}/extension", contract.propose_extension),
    Route("POST", f"{_CASE}/hearings", contract.schedule_hearing, 201),
    Route("POST", f"{_CASE}/hearings/<uuid:hearing_id>/notes", contract.record_hearing),
    Route("POST", f"{_CASE}/agreement", contract.write_agreement),
    Route("POST", f"{_CASE}/agreement/conclude", contract.conclude_agreement),
    Route("POST", f"{_CASE}/papers", contract.attach_dispute_paper, 201, upload=LARGEST),
    Route("POST", f"{_CASE}/papers/<uuid:paper_id>/open", contract.open_dispute_paper, download=True),
)
