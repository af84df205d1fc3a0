"""What can be asked about welfare's rules."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import command, query
from services.chassis.transaction import Transaction
from services.contracts.welfare import rulebook as contract
from services.welfare.rulebook import use_cases


class RulebookEntrypoints:
    """The rulebook's operations."""

    @command(contract.load_welfare_rules)
    def load_welfare_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """Load a shipped rule set."""
        return use_cases.load_welfare_rules(tx, request)

    @query(contract.list_welfare_rules)
    def list_welfare_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """List rules in force and missing."""
        return use_cases.list_welfare_rules(tx, request)
