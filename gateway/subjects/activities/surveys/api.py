"""Surveys over HTTP. Keys are read and sheets handed in without an account (`gateway.http.unlinked`)."""

from gateway.http.routes import Route
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results

_SURVEYS = "/surveys"
_SURVEY = f"{_SURVEYS}/<uuid:survey_id>"

ROUTES = (
    Route("GET", _SURVEYS, contract.list_surveys),
    Route("POST", _SURVEYS, contract.write_survey, 201, location="/surveys/{id}"),
    Route("GET", _SURVEY, contract.get_survey),
    Route("PUT", _SURVEY, contract.change_survey),
    Route("POST", f"{_SURVEY}/copy", contract.copy_survey, 201, location="/surveys/{id}"),
    Route("POST", f"{_SURVEY}/open", contract.open_survey),
    Route("POST", f"{_SURVEY}/extension", contract.extend_survey),
    Route("POST", f"{_SURVEY}/reminders", contract.remind_survey),
    Route("POST", f"{_SURVEY}/close", contract.close_survey),
    Route("POST", f"{_SURVEY}/publication", contract.publish_survey),
    Route("POST", f"{_SURVEY}/cancel", contract.cancel_survey),
    Route("POST", f"{_SURVEY}/answers", contract.answer_survey),
    Route("POST", f"{_SURVEY}/tokens", contract.request_survey_token),
    Route("GET", f"{_SURVEY}/keys", contract.get_survey_keys),
    Route("POST", f"{_SURVEY}/sheets", contract.hand_in_answers),
    Route("GET", f"{_SURVEY}/result", results.get_survey_result),
    Route("GET", f"{_SURVEY}/figures", results.list_survey_figures),
    Route("GET", f"{_SURVEY}/texts", results.list_survey_texts),
    Route("POST", f"{_SURVEY}/texts/<uuid:text_id>/moderation", results.moderate_survey_text),
    Route("POST", f"{_SURVEY}/named-answers", results.open_survey_answers),
    Route("GET", "/me/surveys", contract.my_surveys),
    Route("GET", "/me/survey-answers", results.my_survey_answers),
)
