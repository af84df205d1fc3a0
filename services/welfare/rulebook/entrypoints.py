"""What can be asked about welfare's rules."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules import rule_copies
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from services.contracts.welfare import rulebook as contract
from services.contracts.welfare.visits import types
from services.welfare.rulebook.use_cases import rules_in_force, visit_types


class RulebookEntrypoints:
    """The rulebook's operations."""

    @command(contract.load_welfare_rules)
    def load_welfare_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """Load a shipped rule set."""
        return rules_in_force.load_welfare_rules(tx, request)

    @query(contract.list_welfare_rules)
    def list_welfare_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """List rules in force and missing."""
        return rules_in_force.list_welfare_rules(tx, request)

    @query(types.list_visit_types)
    def list_visit_types(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """List occasions."""
        return visit_types.list_visit_types(tx, request)

    @command(types.set_visit_type)
    def set_visit_type(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """Put an own visit type in force."""
        return visit_types.set_visit_type(tx, request)

    @command(types.end_visit_type)
    def end_visit_type(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """End a visit type."""
        return visit_types.end_visit_type(tx, request)

    @on_event(RulePublished)
    def on_rule_published(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Keep the union's own rule: it goes before the shipped one."""
        rule_copies.keep_published(tx, event)

    @on_event(RuleWithdrawn)
    def on_rule_withdrawn(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Decide no more by a rule that was set by mistake."""
        rule_copies.keep_withdrawn(tx, event)
