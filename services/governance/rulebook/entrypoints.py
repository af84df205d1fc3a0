"""What governance answers about its dated rules."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.governance.rulebook import operations as contract
from services.contracts.governance.rulebook import sets
from services.contracts.governance.snapshot import snapshot_rules
from services.governance.rulebook.use_cases import previewing, reading, setting, shipping, snapshots


@answers(
    (contract.list_rules, reading.list_rules),
    (contract.list_rules_in_force, reading.list_rules_in_force),
    (contract.get_rule, reading.get_rule),
    (contract.list_missing_rules, reading.list_missing_rules),
    (contract.draft_rule_change, setting.draft_rule_change),
    (contract.preview_rule_change, previewing.preview_rule_change),
    (sets.list_rule_sets, shipping.list_rule_sets),
    (contract.adopt_rule_set, shipping.adopt_rule_set),
    (contract.set_rule, setting.set_rule),
    (contract.end_rule, setting.end_rule),
    (contract.withdraw_rule, setting.withdraw_rule),
    (snapshot_rules, snapshots.snapshot_rules),
)
class RulebookEntrypoints:
    """The rulebook's queries and commands."""
