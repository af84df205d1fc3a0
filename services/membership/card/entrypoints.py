"""Operations of cards."""

from services.chassis.entrypoints import answers
from services.contracts.membership import card as contract
from services.membership.card.use_cases import cards


@answers(
    (contract.my_card, cards.my_card),
    (contract.list_unit_cards, cards.list_unit_cards),
    (contract.list_cards, cards.list_cards),
    (contract.verify_card, cards.verify_card),
    (contract.read_card, cards.read_card),
    (contract.revoke_cards, cards.revoke_cards),
)
class CardEntrypoints:
    """Cards over RPC."""
