"""Hardship: the registry, applications for aid, their papers and decisions."""

from gateway.http.routes import Route
from services.contracts.welfare.hardship import operations as contract
from services.contracts.welfare.hardship.requests import LARGEST_PAPER

_RECORDS = "/welfare/hardship-records"
_RECORD = f"{_RECORDS}/<uuid:record_id>"
_APPLICATIONS = "/welfare/aid-applications"
_APPLICATION = f"{_APPLICATIONS}/<uuid:application_id>"
_PAPERS = f"{_APPLICATION}/evidence"

ROUTES = (
    Route("GET", _RECORDS, contract.list_hardship_records),
    Route("POST", _RECORDS, contract.open_hardship_record, 201, location=f"{_RECORDS}/{{id}}"),
    Route("GET", _RECORD, contract.get_hardship_record),
    Route("POST", f"{_RECORD}/review", contract.review_hardship_record),
    Route("POST", f"{_RECORD}/unmask", contract.unmask_hardship_record),
    Route("GET", "/welfare/hardship-figures", contract.hardship_figures),
    Route("GET", _APPLICATIONS, contract.list_aid_applications),
    Route("POST", _APPLICATIONS, contract.draft_aid_application, 201, location=f"{_APPLICATIONS}/{{id}}"),
    Route("GET", _APPLICATION, contract.get_aid_application),
    Route("PUT", _APPLICATION, contract.change_aid_draft),
    Route("POST", f"{_APPLICATION}/submit", contract.submit_aid_application),
    Route("POST", f"{_APPLICATION}/withdraw", contract.withdraw_aid_application),
    Route("POST", f"{_APPLICATION}/forward", contract.forward_aid_application),
    Route("POST", f"{_APPLICATION}/take-up", contract.take_up_aid_application),
    Route("POST", f"{_APPLICATION}/return", contract.return_aid_application),
    Route("POST", f"{_APPLICATION}/decide", contract.decide_aid_application),
    Route("POST", f"{_APPLICATION}/pay-again", contract.pay_aid_again),
    Route("POST", f"{_APPLICATION}/close", contract.close_aid_application),
    Route("POST", f"{_APPLICATION}/unmask", contract.unmask_aid_application),
    Route("GET", f"{_APPLICATION}/accesses", contract.list_aid_accesses),
    Route("POST", _PAPERS, contract.attach_aid_paper, 201, upload=LARGEST_PAPER),
    Route("POST", f"{_PAPERS}/<uuid:evidence_id>/open", contract.open_aid_paper, download=True),
    Route("DELETE", f"{_PAPERS}/<uuid:evidence_id>", contract.remove_aid_paper),
    Route("GET", "/me/aid-applications", contract.my_aid_applications),
    Route("GET", "/me/hardship-records", contract.my_hardship_records),
)
