"""Moving many members at once with the unit or group they are in: few statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_same_change
from services.chassis.database.transaction import Transaction
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.membership.base import is_one_of
from services.membership.record.rules import STANDS
from services.membership.record.tables import Member

_AT_ONCE = 1000


def members_in(tx: Transaction, unit_id: UUID, *, lock: bool = False) -> list[sa.Row]:
    """Return (id, number, group_id, standing) of everybody whose membership stands in a unit.

    Args:
        tx: the transaction.
        unit_id: a 分工会.
        hold: keep their records from being changed until the transaction ends.
    """
    statement = (
        sa.select(Member.id, Member.number, Member.group_id, Member.standing)
        .where(Member.unit_id == unit_id, is_one_of(Member.standing, STANDS))
        .order_by(Member.id)
    )
    return list(tx.session.execute(statement.with_for_update() if lock else statement))


def members_of_group(tx: Transaction, group_id: UUID, *, lock: bool = False) -> list[sa.Row]:
    """Return (id, number, group_id, standing) of everybody whose membership stands in a group; see `members_in`."""
    statement = (
        sa.select(Member.id, Member.number, Member.group_id, Member.standing)
        .where(Member.group_id == group_id, is_one_of(Member.standing, STANDS))
        .order_by(Member.id)
    )
    return list(tx.session.execute(statement.with_for_update() if lock else statement))


def move_to_unit(
    tx: Transaction,
    members: Sequence[sa.Row],
    units: tuple[UUID, UUID],
    keeping: Collection[UUID],
    on: date,
    reason: str,
) -> None:
    """Move members from one unit to another and announce each move.

    Args:
        tx: the transaction; both units are held by it.
        members: rows of `members_in`, held.
        units: from, to.
        keeping: groups that move along; who is in another leaves it.
        on: since when they are in the new unit.
        reason: stands in each member's history.
    """
    left, entered = units
    by_loss: dict[UUID | None, list[UUID]] = defaultdict(list)
    for member in members:
        lost = member.group_id if member.group_id is not None and member.group_id not in keeping else None
        by_loss[lost].append(member.id)
    for group_id, ids in by_loss.items():
        values: dict[str, UUID | None] = {"unit_id": entered, **({"group_id": None} if group_id else {})}
        _change(tx, ids, values)
        changes: dict[str, tuple[UUID | None, UUID | None]] = {"unit_id": (left, entered)}
        if group_id is not None:
            changes["group_id"] = (group_id, None)
        note_same_change(tx, [f"member/{one}" for one in ids], changes, reason)
    tx.record(*(UnitChanged(member_id=one.id, from_unit_id=left, to_unit_id=entered, on=on) for one in members))


def move_to_group(tx: Transaction, members: Sequence[sa.Row], groups: tuple[UUID, UUID], reason: str) -> None:
    """Put members of one group into another of the same unit and announce each change."""
    ids = [member.id for member in members]
    _change(tx, ids, {"group_id": groups[1]})
    note_same_change(tx, [f"member/{one}" for one in ids], {"group_id": groups}, reason)
    for part in _parts(ids):
        told = sa.select(Member.id, Member.unit_id, Member.employment, Member.standing).where(Member.id.in_(part))
        for row in tx.session.execute(told):
            facts = {"unit_id": row.unit_id, "employment": row.employment, "standing": row.standing}
            tx.record(MemberUpdated(member_id=row.id, **facts, fields_changed=["group_id"]))


def ids_of_numbers(members: Sequence[sa.Row], numbers: Collection[str]) -> tuple[list[UUID], int]:
    """Return the ids of members by their numbers, and how many numbers are nobody's among them."""
    known = {member.number: member.id for member in members}
    wanted = {number.strip().upper() for number in numbers if number.strip()}
    return [known[number] for number in sorted(wanted & known.keys())], len(wanted - known.keys())


def _change(tx: Transaction, ids: Sequence[UUID], values: Mapping[str, UUID | None]) -> None:
    for part in _parts(ids):
        statement = sa.update(Member).where(Member.id.in_(part))
        changed = {**values, "version": Member.version + 1, "updated_at": tx.now}
        tx.session.execute(statement.values(changed).execution_options(synchronize_session=False))


def _parts(ids: Sequence[UUID]) -> Iterator[list[UUID]]:
    iterator = iter(ids)
    while part := list(islice(iterator, _AT_ONCE)):
        yield part
