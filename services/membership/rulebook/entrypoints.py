"""What can be asked about membership's rules."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules import rule_copies
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from services.contracts.membership import rulebook as contract
from services.membership.rulebook.use_cases import rules_in_force


class RulebookEntrypoints:
    """The rulebook's operations."""

    @command(contract.load_membership_rules)
    def load_membership_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        return rules_in_force.load_membership_rules(tx, request)

    @query(contract.list_membership_rules)
    def list_membership_rules(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        return rules_in_force.list_membership_rules(tx, request)

    @on_event(RulePublished)
    def on_rule_published(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Keep the union's own rule: it goes before the shipped one."""
        rule_copies.keep_published(tx, event)

    @on_event(RuleWithdrawn)
    def on_rule_withdrawn(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Decide no more by a rule that was set by mistake."""
        rule_copies.keep_withdrawn(tx, event)
