"""What programs of other systems may read: each scope with the operations it opens. Scopes only ever read.

The operations take their scopes from here, so that gateway and service check them like roles. No operation opened here
answers names, contacts or other particulars of people.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What one scope is for, and the ids of the operations it opens."""

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
}


def scopes_of(operation_id: str) -> tuple[str, ...]:
    """Return the scopes that open an operation."""
    return tuple(name for name, scope in SCOPES.items() if operation_id in scope.opens)
