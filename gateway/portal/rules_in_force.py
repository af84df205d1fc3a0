"""Which services use dated rules, and the query of each for those in force and the keys without one."""

from __future__ import annotations

from collections.abc import Collection

from gateway.portal.offered import may_open
from gateway.portal.service_calls import part
from services.contracts.activities.rulebook import list_activities_rules
from services.contracts.governance.rulebook.operations import list_rules_in_force
from services.contracts.membership.rulebook import list_membership_rules
from services.contracts.welfare.rulebook import list_welfare_rules

ASKED = {
    "membership": list_membership_rules,
    "welfare": list_welfare_rules,
    "governance": list_rules_in_force,
    "activities": list_activities_rules,
}
"""The query by service."""


def missing_by_topic(service: str, topics: Collection[str]) -> dict[str, list[str]]:
    """Return the keys that work of a service waits for, by topic, to who may set them.

    Args:
        service: that needs them.
        topics: the first words of the keys.
    """
    missing: dict[str, list[str]] = {}
    if not may_open("rules_of_topic"):
        return missing
    for key in (part(ASKED[service]).data or {}).get("missing", []):
        topic = key.partition(".")[0]
        if topic in topics:
            missing.setdefault(topic, []).append(key)
    return missing
