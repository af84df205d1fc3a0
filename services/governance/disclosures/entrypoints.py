"""Operations of disclosures."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.governance.disclosures import operations as contract
from services.governance.disclosures.use_cases import preparing, questions, reading


@answers(
    (contract.prepare_disclosure, preparing.prepare_disclosure),
    (contract.change_disclosure, preparing.change_disclosure),
    (contract.submit_disclosure, preparing.submit_disclosure),
    (contract.return_disclosure, preparing.return_disclosure),
    (contract.approve_disclosure, preparing.approve_disclosure),
    (contract.publish_disclosure, preparing.publish_disclosure),
    (contract.withdraw_disclosure, preparing.withdraw_disclosure),
    (contract.list_disclosures, reading.list_disclosures),
    (contract.list_published_disclosures, reading.list_published_disclosures),
    (contract.get_disclosure, reading.get_disclosure),
    (contract.list_disclosure_lines, reading.list_disclosure_lines),
    (contract.ask_disclosure_question, questions.ask_disclosure_question),
    (contract.answer_disclosure_question, questions.answer_disclosure_question),
    (contract.decline_disclosure_question, questions.decline_disclosure_question),
    (contract.list_disclosure_questions, questions.list_disclosure_questions),
)
class DisclosureEntrypoints:
    """Disclosures over RPC."""
