"""Dismissal notices over HTTP. A notice is read by a command, because every look is kept."""

from gateway.http.routes import Route
from services.contracts.files import LARGEST
from services.contracts.governance.dismissals import operations as contract

_NOTICES = "/governance/dismissals"
_NOTICE = f"{_NOTICES}/<uuid:dismissal_id>"

ROUTES = (
    Route("GET", _NOTICES, contract.list_dismissals),
    Route("POST", _NOTICES, contract.notify_dismissal, 201),
    Route("GET", f"{_NOTICES}/queue", contract.dismissal_queue),
    Route("POST", f"{_NOTICES}/take", contract.take_dismissal),
    Route("POST", f"{_NOTICES}/take-over", contract.take_over_dismissal),
    Route("GET", f"{_NOTICES}/figures", contract.dismissal_figures),
    Route("POST", f"{_NOTICE}/open", contract.open_dismissal),
    Route("POST", f"{_NOTICE}/release", contract.release_dismissal),
    Route("POST", f"{_NOTICE}/member", contract.link_dismissal),
    Route("POST", f"{_NOTICE}/opinion", contract.give_dismissal_opinion),
    Route("POST", f"{_NOTICE}/answer", contract.answer_dismissal),
    Route("POST", f"{_NOTICE}/withdraw", contract.withdraw_dismissal),
    Route("POST", f"{_NOTICE}/close", contract.close_dismissal),
    Route("POST", f"{_NOTICE}/mediation", contract.refer_dismissal, 201),
    Route("POST", f"{_NOTICE}/papers", contract.attach_dismissal_paper, 201, upload=LARGEST),
    Route("POST", f"{_NOTICE}/papers/<uuid:paper_id>/open", contract.open_dismissal_paper, download=True),
)
