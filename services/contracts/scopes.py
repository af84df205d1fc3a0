"""Scopes of other systems' programs, each with the operations that it allows. Scopes allow queries only.

The operations take their scopes from here, so that gateway and service check them like roles. None of these operations
returns names, contacts or other data of people.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """The purpose of one scope, and the ids of the operations that it allows."""

    doc: str
    opens: tuple[str, ...]


SCOPES = {
    "members.read": Scope(
        "Members' ids with unit, standing and employment; no names.", ("membership.snapshot_members",)
    ),
    "units.read": Scope("Units with codes and names.", ("membership.snapshot_units",)),
    "activities.read": Scope(
        "Announced activities.",
        ("activities.snapshot_activities", "activities.list_activities", "activities.get_activity"),
    ),
    "rules.read": Scope("The dated rules with their documents.", ("governance.snapshot_rules",)),
}


def scopes_of(operation_id: str) -> tuple[str, ...]:
    """Return the scopes that allow an operation."""
    return tuple(name for name, scope in SCOPES.items() if operation_id in scope.opens)
