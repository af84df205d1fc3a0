"""What governance answers about awards."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.process.runtime import Call
from services.contracts.governance import awards as contract
from services.governance.awards.use_cases import awards


class AwardEntrypoints:
    """Awards over RPC."""

    @query(contract.list_awards)
    def list_awards(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return awards.list_awards(tx, request)

    @query(contract.get_award)
    def get_award(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return awards.get_award(tx, request["award_id"])

    # Its own transaction: whether the member exists is asked first. The same award again is the one that stands.
    @command(contract.grant_award, own_transaction=True)
    def grant_award(self, call: Call, request: dict[str, Any]) -> Any:
        return awards.grant_award(call, request)

    @command(contract.revoke_award)
    def revoke_award(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return awards.revoke_award(tx, request)
