"""What can be asked about membership's rules."""

from __future__ import annotations

from services.chassis.entrypoints import answers, on_event
from services.chassis.rules import rule_copies
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from services.contracts.membership import rulebook as contract
from services.membership.rulebook.use_cases import previewing, rules_in_force


@answers(
    (contract.list_membership_rules, rules_in_force.list_membership_rules),
    (contract.preview_rule_change, previewing.preview_rule_change),
)
class RulebookEntrypoints:
    """What can be asked, and the copies of governance's rules."""

    on_rule_published = on_event(RulePublished, rule_copies.keep_published)
    on_rule_withdrawn = on_event(RuleWithdrawn, rule_copies.keep_withdrawn)
