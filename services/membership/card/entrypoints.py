"""What can be asked about cards."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import command, query
from services.chassis.transaction import Transaction
from services.contracts.membership import card as contract
from services.membership.card import use_cases


class CardEntrypoints:
    """Cards over RPC."""

    @query(contract.my_card)
    def my_card(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return use_cases.my_card(tx, request)

    @query(contract.list_unit_cards)
    def list_unit_cards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return use_cases.list_unit_cards(tx, request)

    @query(contract.list_cards)
    def list_cards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return use_cases.list_cards(tx, request)

    @query(contract.verify_card)
    def verify_card(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return use_cases.verify_card(tx, request["token"])

    @command(contract.revoke_cards)
    def revoke_cards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return use_cases.revoke_cards(tx, request)
