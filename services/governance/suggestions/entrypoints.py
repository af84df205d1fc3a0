"""Operations of the suggestions box, and its recurring work."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.contracts.governance.suggestions import operations as contract
from services.governance.suggestions.use_cases import clock, handling, making, reading


@answers(
    (contract.make_suggestion, making.make_suggestion),
    (contract.make_anonymous_suggestion, making.make_anonymous_suggestion),
    (contract.follow_suggestion, making.follow_suggestion),
    (contract.my_suggestions, reading.my_suggestions),
    (contract.list_suggestions, reading.list_suggestions),
    (contract.get_suggestion, reading.get_suggestion),
    (contract.list_suggestion_answers, reading.list_suggestion_answers),
    (contract.suggestion_figures, reading.suggestion_figures),
    (contract.pass_suggestion_on, handling.pass_suggestion_on),
    (contract.answer_suggestion, handling.answer_suggestion),
    (contract.publish_suggestion, handling.publish_suggestion),
    (contract.unpublish_suggestion, handling.unpublish_suggestion),
    (contract.close_suggestion, handling.close_suggestion),
    (contract.withdraw_suggestion, handling.withdraw_suggestion),
)
class SuggestionEntrypoints:
    """The suggestions box over RPC."""

    announce_anonymous_suggestions = every(600, "suggestions-announced", clock.announce_anonymous)
    tell_overdue_suggestions = every(300, "suggestions-overdue", clock.tell_overdue)
    forget_ended_suggestions = every(300, "suggestions-forgotten", clock.forget_ended)
