"""Disclosures of the union's money over HTTP."""

from gateway.http.routes import Route
from services.contracts.governance.disclosures import operations as contract

_DISCLOSURES = "/governance/disclosures"
_ONE = f"{_DISCLOSURES}/<uuid:disclosure_id>"
_QUESTION = "/governance/disclosure-questions/<uuid:question_id>"

ROUTES = (
    Route("GET", _DISCLOSURES, contract.list_disclosures),
    Route("POST", _DISCLOSURES, contract.prepare_disclosure, 201, location="/governance/disclosures/{id}"),
    Route("GET", f"{_DISCLOSURES}/published", contract.list_published_disclosures),
    Route("GET", _ONE, contract.get_disclosure),
    Route("PUT", _ONE, contract.change_disclosure),
    Route("GET", f"{_ONE}/lines", contract.list_disclosure_lines),
    Route("POST", f"{_ONE}/submit", contract.submit_disclosure),
    Route("POST", f"{_ONE}/return", contract.return_disclosure),
    Route("POST", f"{_ONE}/approve", contract.approve_disclosure),
    Route("POST", f"{_ONE}/publish", contract.publish_disclosure),
    Route("POST", f"{_ONE}/withdraw", contract.withdraw_disclosure),
    Route("POST", f"{_ONE}/questions", contract.ask_disclosure_question, 201),
    Route("GET", "/governance/disclosure-questions", contract.list_disclosure_questions),
    Route("POST", f"{_QUESTION}/answer", contract.answer_disclosure_question),
    Route("POST", f"{_QUESTION}/decline", contract.decline_disclosure_question),
)
