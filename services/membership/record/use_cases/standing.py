"""Changing where a membership stands and in which unit, for those who decide it: transfer, retirement, standing.

Belongs here: the record held, its standing and unit written with history and events. Not: whether it may be done.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.membership.record.rules import IN_UNIT
from services.membership.record.tables import Member

__all__ = ["IN_UNIT", "Member", "get_member_for_update", "member_of", "members_for_update", "move", "set_standing"]


def member_of(tx: Transaction, member_id: UUID) -> Member:
    """Return a record. Raises `NotFound`."""
    return tx.get(Member, member_id, "There is no such member.", field="member_id")


def get_member_for_update(tx: Transaction, member_id: UUID) -> Member:
    """Return a record, locked until the transaction ends. Raises `NotFound`.

    Changes of standing or unit lock the record before anything else, so that concurrent changes run one after the
    other. Merging units locks in the other order, unit before members; the organisation's lock, which both take first,
    prevents deadlocks (`directory.hold_organisation`).
    """
    tx.lock("organisation")
    return tx.get(Member, member_id, "There is no such member.", field="member_id", lock=True)


def members_for_update(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Member]:
    """Return the records that exist among the ids, all held, in one statement and in the order of their ids."""
    tx.lock("organisation")
    statement = sa.select(Member).where(Member.id.in_(set(ids))).order_by(Member.id).with_for_update()
    found = tx.session.scalars(statement.execution_options(populate_existing=True))
    return {member.id: member for member in found}


def set_standing(tx: Transaction, member: Member, standing: str, reason: str, **columns: Any) -> None:
    """Write a standing, and what belongs to it, into a held record; announce `member_updated`.

    Args:
        tx: the transaction.
        member: the held record.
        standing: the new standing.
        reason: stands in the history; never the reason of a decision, which is kept with the decision.
        columns: further columns that change with it.
    """
    given = {"standing": standing, **columns}
    changes = {field: (getattr(member, field), value) for field, value in given.items()}
    if note_change(tx, f"member/{member.id}", changes, reason) is None:
        return
    for field, value in given.items():
        setattr(member, field, value)
    member.updated_at = tx.now
    member.version += 1
    tx.record(
        MemberUpdated(
            member_id=member.id,
            unit_id=member.unit_id,
            employment=member.employment,
            standing=member.standing,
            fields_changed=sorted(field for field, (old, new) in changes.items() if old != new),
        )
    )


def move(tx: Transaction, member: Member, unit_id: UUID, *, on: date, reason: str) -> None:
    """Put a held record into another unit, active there: one change of one row, so never in two units or in none."""
    left = member.unit_id
    tx.record(UnitChanged(member_id=member.id, from_unit_id=left, to_unit_id=unit_id, on=on))
    set_standing(tx, member, "active", reason, unit_id=unit_id, group_id=None)
