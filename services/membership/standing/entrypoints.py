"""What standing answers."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.contracts.membership.standing import operations as contract
from services.membership.standing.use_cases import deciding, leaving, reading


class StandingEntrypoints:
    """Standings, decisions and requests to leave over RPC."""

    @query(contract.member_standing)
    def member_standing(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.member_standing(tx, request)

    @query(contract.list_standing_changes)
    def list_standing_changes(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_standing_changes(tx, request)

    @command(contract.record_decision)
    def record_decision(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.record_decision(tx, request)

    @command(contract.reinstate_member)
    def reinstate_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.reinstate_member(tx, request)

    @command(contract.request_leave)
    def request_leave(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return leaving.request_leave(tx, request)

    @command(contract.take_back_leave)
    def take_back_leave(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return leaving.take_back_leave(tx, request)

    @query(contract.list_leave_requests)
    def list_leave_requests(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return leaving.list_leave_requests(tx, request)
