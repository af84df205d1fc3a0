"""What can be asked about families."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.process.runtime import Call
from services.contracts.membership import family as contract
from services.membership.family.use_cases import reading, stating


class FamilyEntrypoints:
    """Families over RPC."""

    @query(contract.list_family)
    def list_family(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_family(tx, request["member_id"])

    # Its own transaction: an answer remembered for an idempotency key would store the plain values.
    @command(contract.view_family, own_transaction=True)
    def view_family(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return reading.view_family(tx, request)

    @command(contract.add_family_member)
    def add_family_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return stating.add_family_member(tx, request)

    @command(contract.remove_family_member)
    def remove_family_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return stating.remove_family_member(tx, request["family_member_id"])
