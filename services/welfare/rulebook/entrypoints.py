"""What can be asked about welfare's rules."""

from __future__ import annotations

from services.chassis.entrypoints import answers, on_event
from services.chassis.rules import rule_copies
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from services.contracts.welfare import rulebook as contract
from services.contracts.welfare.visits import types
from services.welfare.rulebook.use_cases import previewing, rules_in_force, visit_types


@answers(
    (contract.list_welfare_rules, rules_in_force.list_welfare_rules),
    (contract.preview_rule_change, previewing.preview_rule_change),
    (types.list_visit_types, visit_types.list_visit_types),
    (types.set_visit_type, visit_types.set_visit_type),
    (types.end_visit_type, visit_types.end_visit_type),
)
class RulebookEntrypoints:
    """The rulebook's operations, and the copies of governance's rules."""

    on_rule_published = on_event(RulePublished, rule_copies.keep_published)
    on_rule_withdrawn = on_event(RuleWithdrawn, rule_copies.keep_withdrawn)
