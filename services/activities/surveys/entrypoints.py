"""Operations of surveys, and the work that goes on while they run."""

from __future__ import annotations

from services.activities.surveys.use_cases import answering, opening, reading, results, rolls, running, telling, writing
from services.chassis.entrypoints import answers, every, on_event
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results as told
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.retention import MemberAnonymised


@answers(
    (contract.list_surveys, reading.list_surveys),
    (contract.my_surveys, reading.my_surveys),
    (contract.get_survey, reading.get_survey),
    (contract.write_survey, writing.write_survey),
    (contract.copy_survey, writing.copy_survey),
    (contract.change_survey, writing.change_survey),
    (contract.extend_survey, running.extend_survey),
    (contract.remind_survey, running.remind_survey),
    (contract.close_survey, running.close_survey),
    (contract.publish_survey, running.publish_survey),
    (contract.cancel_survey, running.cancel_survey),
    (contract.answer_survey, answering.answer_survey),
    (contract.get_survey_keys, answering.get_survey_keys),
    (contract.hand_in_answers, answering.hand_in_answers),
    (told.get_survey_result, results.get_survey_result),
    (told.list_survey_figures, results.list_survey_figures),
    (told.list_survey_texts, results.list_survey_texts),
    (told.moderate_survey_text, results.moderate_survey_text),
    (told.open_survey_answers, results.open_survey_answers),
    (told.my_survey_answers, results.my_survey_answers),
)
@answers((contract.open_survey, opening.open_survey), prepare=rolls.prepare)
# Its own transaction: a token is signed outside of it. The same request gets the same answer by itself.
@answers((contract.request_survey_token, answering.request_survey_token), own_transaction=True)
class SurveyEntrypoints:
    """Surveys over RPC."""

    open_due_surveys = every(5, "surveys-opened", opening.open_due, own_transaction=True)
    make_survey_keys = every(2, "surveys-keys", opening.make_keys, own_transaction=True)
    close_due_surveys = every(5, "surveys-closed", running.close_due, own_transaction=True)
    settle_survey_sheets = every(30, "surveys-settled", running.settle_sheets, own_transaction=True)
    tell_survey_members = every(2, "surveys-told", telling.tell_asked)
    forget_survey_answers = on_event(MemberAnonymised, answering.forget_member)
    hand_over_surveys = on_event(UnitMerged, running.hand_over)
