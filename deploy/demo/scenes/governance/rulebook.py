"""The demo rules of three services, in force beside the national ones."""

from __future__ import annotations

from deploy.demo.union import DemoUnion
from services.contracts.governance.rulebook import operations as governance
from services.contracts.membership import rulebook as membership
from services.contracts.welfare import rulebook as welfare

_RULE_SETS = {
    "membership": membership.load_membership_rules,
    "welfare": welfare.load_welfare_rules,
    "funds": governance.adopt_rule_set,
}


def play(union: DemoUnion) -> str:
    for name, operation in _RULE_SETS.items():
        union.ask(f"{name}-demo", operation, {"ruleset": "demo"})
    return "rules of three services"
