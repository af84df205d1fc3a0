"""Correcting members by a roster: only what the file says of somebody replaces what the record says.

The dry run takes sex and date of birth from the identity number where a row is silent about them, or says them in a way
that can't be read. That serves a new member; of one who is recorded already, a column that is absent or a cell that is
empty says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.membership.imports import rules
from services.membership.imports.tables import RosterImport
from services.membership.imports.use_cases import parts
from services.membership.record.use_cases.bulk_changes import correct_members

Stated = dict[int, frozenset[str]]
"""Which fields each row of a part states, by its number in the file."""


def stated_fields(tx: Transaction, batch: RosterImport, part: int) -> Stated:
    """Return what each row of a part states: its columns that were named, without empty cells."""
    if "update" not in batch.choices.values():
        return {}
    columns = [(place, batch.mapping[heading]) for place, heading in enumerate(batch.headings)]
    named = [(place, name) for place, name in columns if name]
    return {
        row.number: frozenset(name for place, name in named if not rules.is_empty(row.cells[place]))
        for row in parts.rows_of(tx, batch.id, part)
    }


def correct(
    tx: Transaction, entries: Sequence[dict[str, Any]], stated: Stated, reason: str
) -> tuple[int, list[tuple[dict[str, Any], Refusal]]]:
    """Correct the members that typed entries of the dry run name.

    Returns:
        How many records changed, and each entry that could not be used with the reason.
    """
    late: list[tuple[dict[str, Any], Refusal]] = []
    by_member: dict[UUID, dict[str, Any]] = {}
    for entry in entries:
        first = by_member.setdefault(entry["member_id"], entry)
        refusal = rules.person_stands_once(None if first is entry else first["row"])
        late += [(entry, refusal)] if refusal is not None else []
    said = {
        member_id: {
            name: value
            for name, value in entry["person"].items()
            if name in stated[entry["row"]] and name not in entry.get("derived", ())
        }
        for member_id, entry in by_member.items()
    }
    changed, refused = correct_members(tx, said, reason)
    return len(changed), late + [(by_member[member_id], refusal) for member_id, refusal in refused.items()]
