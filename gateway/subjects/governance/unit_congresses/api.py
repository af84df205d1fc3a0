"""Filings of units' congresses over HTTP."""

from gateway.http.routes import Route
from gateway.subjects.governance.unit_congresses.papers import filing_paper_of
from services.contracts.files import LARGEST
from services.contracts.gateway.papers import filing_paper
from services.contracts.governance.unit_congresses import operations as contract

_FILINGS = "/governance/filings"
_FILING = f"{_FILINGS}/<uuid:filing_id>"

ROUTES = (
    Route("GET", _FILINGS, contract.list_filings),
    Route("POST", f"{_FILINGS}/years", contract.open_filings, 201),
    Route("GET", f"{_FILINGS}/comparison", contract.compare_filings),
    Route("GET", f"{_FILINGS}/figures", contract.filing_figures),
    Route("GET", _FILING, contract.get_filing),
    Route("POST", f"{_FILING}/plan", contract.submit_filing_plan),
    Route("PUT", f"{_FILING}/record", contract.save_filing_record),
    Route("POST", f"{_FILING}/record/submit", contract.submit_filing_record),
    Route("POST", f"{_FILING}/resolutions", contract.add_filing_resolution, 201),
    Route("DELETE", f"{_FILING}/resolutions/<uuid:resolution_id>", contract.remove_filing_resolution),
    Route("POST", f"{_FILING}/checks", contract.answer_filing_checks),
    Route("POST", f"{_FILING}/documents", contract.attach_filing_document, 201, upload=LARGEST),
    Route("GET", f"{_FILING}/documents/<uuid:document_id>", contract.open_filing_document, download=True),
    Route("DELETE", f"{_FILING}/documents/<uuid:document_id>", contract.remove_filing_document),
    Route("POST", f"{_FILING}/review", contract.review_filing),
    Route("POST", f"{_FILING}/guidance", contract.write_filing_guidance, 201),
    Route("POST", f"{_FILING}/guidance/<uuid:guidance_id>/answer", contract.answer_filing_guidance),
    Route("POST", f"{_FILING}/waive", contract.waive_filing),
    Route("POST", f"{_FILING}/require", contract.require_filing),
    Route("POST", f"{_FILING}/reopen", contract.reopen_filing),
    Route("GET", f"{_FILING}/paper.pdf", filing_paper, answer=filing_paper_of, download=True),
)
