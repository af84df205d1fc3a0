"""The suggestions box over HTTP. Anonymous suggestions are made and followed without an account."""

from gateway.http.routes import Route
from services.contracts.governance.suggestions import operations as contract

_SUGGESTIONS = "/governance/suggestions"
_SUGGESTION = f"{_SUGGESTIONS}/<uuid:suggestion_id>"
OF_ONE_NETWORK = "120/hour"
"""Anonymous suggestions from one network; a campus may be one."""

ROUTES = (
    Route("GET", _SUGGESTIONS, contract.list_suggestions),
    Route("POST", _SUGGESTIONS, contract.make_suggestion, 201, location="/governance/suggestions/{id}"),
    Route("POST", f"{_SUGGESTIONS}/anonymous", contract.make_anonymous_suggestion, 201, limit=OF_ONE_NETWORK),
    Route("POST", f"{_SUGGESTIONS}/follow", contract.follow_suggestion),
    Route("GET", f"{_SUGGESTIONS}/answers", contract.list_suggestion_answers),
    Route("GET", f"{_SUGGESTIONS}/figures", contract.suggestion_figures),
    Route("GET", _SUGGESTION, contract.get_suggestion),
    Route("POST", f"{_SUGGESTION}/pass-on", contract.pass_suggestion_on),
    Route("POST", f"{_SUGGESTION}/answer", contract.answer_suggestion),
    Route("POST", f"{_SUGGESTION}/publish", contract.publish_suggestion),
    Route("POST", f"{_SUGGESTION}/unpublish", contract.unpublish_suggestion),
    Route("POST", f"{_SUGGESTION}/close", contract.close_suggestion),
    Route("POST", f"{_SUGGESTION}/withdraw", contract.withdraw_suggestion),
    Route("GET", "/me/suggestions", contract.my_suggestions),
)
