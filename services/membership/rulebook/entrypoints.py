"""What can be asked about membership's rules."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import command, query
from services.chassis.transaction import Transaction
from services.contracts.membership import rulebook as contract
from services.membership.rulebook import use_cases


class RulebookEntrypoints:
    """The rulebook's operations."""

    @command(contract.load_membership_rules)
    def load_membership_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        return use_cases.load_membership_rules(tx, request)

    @query(contract.list_membership_rules)
    def list_membership_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        return use_cases.list_membership_rules(tx, request)
