"""Operations of the wordings of consent."""

from services.chassis.entrypoints import answers
from services.contracts.membership import consents as contract
from services.membership.consents.use_cases import wordings


@answers(
    (contract.list_consent_texts, wordings.list_consent_texts),
    (contract.publish_consent_text, wordings.publish_consent_text),
)
class ConsentEntrypoints:
    """Wordings over RPC."""
