"""What the other subjects ask of the organisation: is this unit open, who chairs it. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.membership.organisation import rules
from services.membership.organisation.tables import Post, Unit

_LONGEST_CHAIN = 10
"""How many mergers one after the other are followed."""


def hold_organisation(tx: Transaction, *, alone: bool = False) -> None:
    """Keep units from being merged, split or closed until the transaction ends. Taken before every other lock.

    The order of locks in membership: the organisation; applications, or the number series and then members; units to
    put somebody in; posts and transfers. Merging takes units before what is in them, which this lock makes safe: who
    holds a member or an application and then wants a unit takes it first.

    Args:
        tx: the transaction.
        alone: for who changes units, or may go on to a use case that does or that changes a standing; putting people
            into units shares it.
    """
    tx.lock("organisation", shared=not alone)


def units_by_id(tx: Transaction, ids: Collection[UUID | None], *, lock: bool = False) -> dict[UUID, Unit]:
    """Return the units that exist among the ids, in one statement.

    Args:
        tx: the transaction.
        ids: of units; None is ignored.
        hold: prevent that the units are closed until the transaction ends, when members are about to be added.
    """
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    statement = sa.select(Unit).where(Unit.id.in_(wanted)).order_by(Unit.id)
    if lock:
        statement = statement.with_for_update(read=True, key_share=True).execution_options(populate_existing=True)
    return {unit.id: unit for unit in tx.session.scalars(statement)}


def all_units(tx: Transaction) -> list[Unit]:
    """Return every part of the union by code; a union has some hundred."""
    return list(tx.session.scalars(sa.select(Unit).order_by(Unit.code)))


def open_units_by_code(tx: Transaction, codes: Collection[str]) -> dict[str, UUID]:
    """Return the open units that have these codes; of one that was merged, the open unit it became."""
    found: dict[str, UUID] = {}
    rows = sa.select(Unit.id, Unit.code, Unit.active, Unit.merged_into_id).where(Unit.kind == "unit")
    left = {row.code: row for row in tx.session.execute(rows.where(Unit.code.in_(codes)))} if codes else {}
    for _ in range(_LONGEST_CHAIN):
        found |= {code: row.id for code, row in left.items() if row.active}
        heirs = {code: row.merged_into_id for code, row in left.items() if not row.active and row.merged_into_id}
        if not heirs:
            break
        known = {row.id: row for row in tx.session.execute(rows.where(Unit.id.in_(heirs.values())))}
        left = {code: known[heir] for code, heir in heirs.items() if heir in known}
    return found


def chaired_units(tx: Transaction, unit_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of the units have a chair in office today."""
    statement = sa.select(Post.unit_id).where(
        Post.unit_id.in_(unit_ids), Post.kind == "unit_chair", Post.starts_on <= tx.today, Post.last_day >= tx.today
    )
    return frozenset(tx.session.scalars(statement))


def bodies_of(tx: Transaction, unit_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Return of which sorts each unit has a committee; a 女职工委员 in office stands in for a women's committee."""
    found: dict[UUID, set[str]] = {unit_id: set() for unit_id in unit_ids}
    below = sa.select(Unit.parent_id, Unit.committee).where(
        Unit.parent_id.in_(unit_ids), Unit.kind == "committee", Unit.active
    )
    for parent_id, committee in tx.session.execute(below):
        if parent_id is not None and committee is not None:
            found[parent_id].add(committee)
    held = sa.select(Post.unit_id).where(
        Post.unit_id.in_(unit_ids), Post.kind == "women_member", Post.starts_on <= tx.today, Post.last_day >= tx.today
    )
    for unit_id in tx.session.scalars(held):
        found[unit_id].add("women")
    return found


def chairs(tx: Transaction, member_id: UUID, unit_id: UUID) -> int:
    """Return how many present and future terms as chair of the unit the member has."""
    statement = sa.select(sa.func.count()).where(
        Post.member_id == member_id, Post.unit_id == unit_id, Post.kind == "unit_chair", Post.last_day >= tx.today
    )
    return tx.session.scalar(statement) or 0


def refusal_to_take_members(unit: Unit | None) -> Refusal | None:
    """Return why nobody can become a member in the unit, None when it is an open one."""
    return rules.unit_takes_members(unit.kind if unit else None, unit is not None and unit.active)


def refusal_of_group(group: Unit | None, unit_id: UUID) -> Refusal | None:
    """Return why members of the unit can't be in the group, None when it is an open group of the unit."""
    if group is None:
        return rules.group_is_of_unit(None, None, False, unit_id)
    return rules.group_is_of_unit(group.parent_id, group.kind, group.active, unit_id)
