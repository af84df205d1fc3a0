"""Operations of awards."""

from services.chassis.entrypoints import answers
from services.contracts.governance import awards as contract
from services.governance.awards.use_cases import awards


@answers(
    (contract.list_awards, awards.list_awards),
    (contract.get_award, awards.get_award),
    (contract.revoke_award, awards.revoke_award),
)
# Its own transaction, because membership is asked first. Granting the same award again returns the stored one.
@answers((contract.grant_award, awards.grant_award), own_transaction=True)
class AwardEntrypoints:
    """Awards over RPC."""
