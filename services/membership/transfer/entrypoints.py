"""What transfers answer, and what they do by the clock."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.contracts.membership import transfer as contract
from services.membership.transfer.use_cases import deciding, reading, requesting


class TransferEntrypoints:
    """Transfers over RPC."""

    @command(contract.request_transfer)
    def request_transfer(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return requesting.request_transfer(tx, request)

    @command(contract.record_transfer_in)
    def record_transfer_in(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return requesting.record_transfer_in(tx, request)

    @command(contract.decide_transfer)
    def decide_transfer(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.decide_transfer(tx, request)

    @command(contract.withdraw_transfer)
    def withdraw_transfer(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return requesting.withdraw_transfer(tx, request)

    @query(contract.list_transfers)
    def list_transfers(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_transfers(tx, request)

    @query(contract.get_transfer)
    def get_transfer(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_transfer(tx, request["transfer_id"])

    @every(60, "transfers-take-effect")
    def let_transfers_take_effect(self, tx: Transaction) -> None:
        deciding.take_due_effect(tx)
