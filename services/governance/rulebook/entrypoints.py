"""What governance answers about its dated rules."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.contracts.governance.rulebook import operations as contract
from services.governance.rulebook.use_cases import reading, setting

Reply = dict[str, Any]


class RulebookEntrypoints:
    """The rulebook's queries and commands."""

    @query(contract.list_rules)
    def list_rules(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return reading.list_rules(tx, request)

    @query(contract.list_rules_in_force)
    def list_rules_in_force(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return reading.list_rules_in_force(tx, request)

    @query(contract.get_rule)
    def get_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return reading.get_rule(tx, request)

    @query(contract.list_missing_rules)
    def list_missing_rules(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return reading.list_missing_rules(tx, request)

    @command(contract.adopt_rule_set)
    def adopt_rule_set(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting.adopt_rule_set(tx, request)

    @command(contract.set_rule)
    def set_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting.set_rule(tx, request)

    @command(contract.end_rule)
    def end_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting.end_rule(tx, request)

    @command(contract.withdraw_rule)
    def withdraw_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting.withdraw_rule(tx, request)
