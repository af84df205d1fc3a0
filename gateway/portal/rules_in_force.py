"""Which services use dated rules, and the query of each for those in force and the keys without one."""

from services.contracts.governance.rulebook.operations import list_rules_in_force
from services.contracts.membership.rulebook import list_membership_rules
from services.contracts.welfare.rulebook import list_welfare_rules

ASKED = {
    "membership": list_membership_rules,
    "welfare": list_welfare_rules,
    "governance": list_rules_in_force,
}
"""The query by service."""
