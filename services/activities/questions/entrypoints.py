"""Operations of questions."""

from services.activities.questions.use_cases import answering, reading, setting
from services.chassis.entrypoints import answers
from services.contracts.activities.questions import operations as contract


@answers(
    (contract.get_questions, reading.get_questions),
    (contract.set_questions, setting.set_questions),
    (contract.my_answers, answering.my_answers),
    (contract.list_answers, answering.list_answers),
)
# A reply stored with an idempotency key would keep the answers.
@answers((contract.set_answers, answering.set_answers), store_reply=False)
class QuestionEntrypoints:
    """Questions and answers over RPC."""
