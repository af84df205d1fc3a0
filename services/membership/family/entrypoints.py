"""Operations of families."""

from services.chassis.entrypoints import answers
from services.contracts.membership import family as contract
from services.membership.family.use_cases import reading, stating


@answers(
    (contract.list_family, reading.list_family),
    (contract.add_family_member, stating.add_family_member),
    (contract.remove_family_member, stating.remove_family_member),
)
# A reply stored with an idempotency key would contain the plain values.
@answers((contract.view_family, reading.view_family), store_reply=False)
class FamilyEntrypoints:
    """Families over RPC."""
