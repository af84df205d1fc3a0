"""Keeping each change of standing with its decision; also for retirement and admission, which change it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.record.use_cases.standing import Member
from services.membership.standing.tables import StandingChange

_DECIDED = (
    "decided_by", "meeting", "decided_on", "document", "reason", "unpaid_since", "inactive_since", "talked_on",
    "talk_note",
)  # fmt: skip


def note(
    tx: Transaction,
    member: Member,
    kind: str,
    new_standing: str,
    on: date,
    decision: Mapping[str, Any] | None = None,
) -> StandingChange:
    """Store the change of a locked member's standing; call it before the record is written."""
    change = StandingChange(**row(tx, member.id, member.unit_id, kind, member.standing, new_standing, on, decision))
    tx.session.add(change)
    return change


def note_many(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep many changes, made by `row`, in one statement."""
    if rows:
        tx.session.execute(sa.insert(StandingChange), rows)


def row(
    tx: Transaction,
    member_id: UUID,
    unit_id: UUID,
    kind: str,
    old_standing: str,
    new_standing: str,
    on: date,
    decision: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a change as a row of the table."""
    return {
        "member_id": member_id,
        "unit_id": unit_id,
        "kind": kind,
        "old_standing": old_standing,
        "new_standing": new_standing,
        "effective_on": on,
        "noted_at": tx.now,
        "noted_by": tx.principal.account_id,
        **{name: (decision or {}).get(name) for name in _DECIDED},
    }
