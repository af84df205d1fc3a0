"""The copies of governance's rules."""

from services.chassis.entrypoints import on_event
from services.chassis.rules import rule_copies
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn


class RulebookEntrypoints:
    """Keeps the copies."""

    on_rule_published = on_event(RulePublished, rule_copies.keep_published)
    on_rule_withdrawn = on_event(RuleWithdrawn, rule_copies.keep_withdrawn)
