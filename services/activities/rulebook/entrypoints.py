"""The copies of governance's rules, and what can be asked about them."""

from services.activities.rulebook.use_cases import reading
from services.chassis.entrypoints import answers, on_event
from services.chassis.rules import rule_copies
from services.contracts.activities import rulebook as contract
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn


@answers((contract.list_activities_rules, reading.list_activities_rules))
class RulebookEntrypoints:
    """Keeps the copies."""

    on_rule_published = on_event(RulePublished, rule_copies.keep_published)
    on_rule_withdrawn = on_event(RuleWithdrawn, rule_copies.keep_withdrawn)
