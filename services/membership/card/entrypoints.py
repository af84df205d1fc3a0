"""What can be asked about cards."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.contracts.membership import card as contract
from services.membership.card.use_cases import cards


class CardEntrypoints:
    """Cards over RPC."""

    @query(contract.my_card)
    def my_card(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return cards.my_card(tx, request)

    @query(contract.list_unit_cards)
    def list_unit_cards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return cards.list_unit_cards(tx, request)

    @query(contract.list_cards)
    def list_cards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return cards.list_cards(tx, request)

    @query(contract.verify_card)
    def verify_card(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return cards.verify_card(tx, request["token"])

    @command(contract.revoke_cards)
    def revoke_cards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return cards.revoke_cards(tx, request)
