"""What governance answers about its dated rules."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import command, query
from services.chassis.transaction import Transaction
from services.contracts.governance import rulebook as contract
from services.governance.rulebook import setting_use_cases, use_cases

Reply = dict[str, Any]


class RulebookEntrypoints:
    """The rulebook's queries and commands."""

    @query(contract.list_rules)
    def list_rules(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return use_cases.list_rules(tx, request)

    @query(contract.list_rules_in_force)
    def list_rules_in_force(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return use_cases.list_rules_in_force(tx, request)

    @query(contract.get_rule)
    def get_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return use_cases.get_rule(tx, request)

    @query(contract.list_missing_rules)
    def list_missing_rules(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return use_cases.list_missing_rules(tx, request)

    @command(contract.adopt_rule_set)
    def adopt_rule_set(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting_use_cases.adopt_rule_set(tx, request)

    @command(contract.set_rule)
    def set_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting_use_cases.set_rule(tx, request)

    @command(contract.end_rule)
    def end_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting_use_cases.end_rule(tx, request)

    @command(contract.withdraw_rule)
    def withdraw_rule(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return setting_use_cases.withdraw_rule(tx, request)
