"""Merging a unit into another of its kind, and putting one under another parent, each with everything in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.refusal import Refusal, first_refusal
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.membership.joining.use_cases import queue
from services.membership.organisation import rules
from services.membership.organisation.tables import Unit
from services.membership.organisation.use_cases import ending, unit_history, units
from services.membership.record.use_cases import bulk_moves
from services.membership.transfer.use_cases import ending as transfers
from services.membership.versions import require_version


@dataclass
class Contents:
    """What is in a unit and goes where it goes: members, groups; committees and posts end."""

    members: Sequence[sa.Row]
    groups: list[Unit]
    committees: list[Unit]

    @property
    def transfers(self) -> int:
        """How many members are in transfer."""
        return sum(1 for member in self.members if member.standing == "transferring")


def contents_of(tx: Transaction, unit: Unit, *, lock: bool = False) -> Contents:
    """Return what is in a unit, group or committee; `hold` keeps members from being changed meanwhile."""
    below = list(tx.session.scalars(sa.select(Unit).where(Unit.parent_id == unit.id, Unit.active).order_by(Unit.code)))
    read = {"unit": bulk_moves.members_in, "group": bulk_moves.members_of_group}.get(unit.kind)
    return Contents(
        members=read(tx, unit.id, lock=lock) if read else [],
        groups=[one for one in below if one.kind == "group"],
        committees=[one for one in below if one.kind == "committee"],
    )


def units_for_update(tx: Transaction, *unit_ids: UUID) -> list[Unit]:
    """Return units, locked against everybody who puts somebody in or changes them. Raises `NotFound`."""
    statement = sa.select(Unit).where(Unit.id.in_(unit_ids)).order_by(Unit.id).with_for_update()
    found = {unit.id: unit for unit in tx.session.scalars(statement.execution_options(populate_existing=True))}
    if len(found) < len(set(unit_ids)):
        raise NotFound("There is no such unit.", field="unit_id")
    return [found[unit_id] for unit_id in unit_ids]


def preview_merge(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """What a merge would move and end, and why it may not be done."""
    unit = units.get_unit(tx, request["unit_id"])
    into = units.get_unit(tx, request["into_unit_id"])
    inside = contents_of(tx, unit)
    posts = ending.posts_in(tx, [unit.id, *(one.id for one in inside.committees)])
    refusal = first_refusal(_answers(unit, into))
    return {
        **figures(inside),
        "posts": len(posts),
        "applications": queue.open_in(tx, unit.id),
        **refusal_to_reply(refusal),
    }


def merge_unit(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Merge a unit into another: members, groups and applications move, posts end, it is closed."""
    tx.lock("organisation")
    unit, into = units_for_update(tx, request["unit_id"], request["into_unit_id"])
    require_version(unit, request["version"])
    on, reason = request["on"] or tx.today, request["reason"]
    inside = contents_of(tx, unit, lock=True)
    refuse_first(*_answers(unit, into), day_is_possible(tx, unit, request["on"]))
    posts = ending.posts_in(tx, [unit.id, *(one.id for one in inside.committees)], lock=True)
    ending.end_posts(tx, posts, ending.day_before(tx), reason)
    _move_contents(tx, (unit, into), inside, on, reason)
    applications = queue.move_open(tx, unit.id, into.id)
    transfers.follow_units(tx, {unit.id: into.id})
    unit.merged_into_id = into.id
    close(tx, unit, on, reason)
    moved = len(inside.members)
    unit_history.note(tx, unit, "merged_into", on, reason=reason, other=into.id, members=moved)
    unit_history.note(tx, into, "took_in", on, reason=reason, other=unit.id, members=moved)
    tx.record(UnitMerged(unit_id=unit.id, into_unit_id=into.id, kind=unit.kind, on=on, members=moved))
    return {**figures(inside), "unit": unit, "posts": len(posts), "applications": applications}


def move_unit(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Put a group under another unit with its members, or a committee under another part of the union."""
    tx.lock("organisation")
    unit, parent = units_for_update(tx, request["unit_id"], request["parent_id"])
    require_version(unit, request["version"])
    on, reason, left = request["on"] or tx.today, request["reason"], unit.parent_id
    inside = contents_of(tx, unit, lock=True)
    refuse_first(
        rules.unit_is_open(unit.active),
        rules.moves_elsewhere(unit.kind, left, parent.id),
        rules.parent_fits_kind(unit.kind, parent.kind),
        rules.parent_is_open(parent.active),
        rules.committee_stands_at_union(unit.committee, parent.kind),
        rules.no_transfer_is_open(inside.transfers),
        day_is_possible(tx, unit, request["on"]),
    )
    posts = 0
    if unit.kind == "group" and left is not None:
        posts = leave_posts(tx, left, [member.id for member in inside.members], reason)
        bulk_moves.move_to_unit(tx, inside.members, (left, parent.id), {unit.id}, on, reason)
    units.change(tx, unit, {"parent_id": parent.id}, reason)
    unit_history.note(tx, unit, "moved", on, reason=reason, other=parent.id, members=len(inside.members))
    return {**figures(inside), "unit": unit, "posts": posts, "applications": 0}


def leave_posts(tx: Transaction, unit_id: UUID, member_ids: Sequence[UUID], reason: str) -> int:
    """End the posts that members who move away hold in their old unit and its committees; return how many."""
    committees = sa.select(Unit.id).where(Unit.parent_id == unit_id, Unit.kind == "committee", Unit.active)
    posts = ending.posts_in(tx, [unit_id, *tx.session.scalars(committees)], member_ids, lock=True)
    return ending.end_posts(tx, posts, ending.day_before(tx), reason)


def close(tx: Transaction, unit: Unit, on: date, reason: str) -> None:
    """Close a unit that was emptied, with the committees and empty groups below it, and announce it."""
    below = sa.select(Unit).where(Unit.parent_id == unit.id, Unit.active).order_by(Unit.code)
    for one in (*tx.session.scalars(below), unit):
        one.closed_on = on
        units.change(tx, one, {"active": False}, reason)
        unit_history.note(tx, one, "closed", on, reason=reason)


def day_is_possible(tx: Transaction, unit: Unit, on: date | None) -> Refusal | None:
    """Return why a change can't have this date; today is always allowed."""
    if on is None:
        return None
    return rules.change_day_is_possible(on, unit_history.last_day_of_change(tx, unit.id), tx.today)


def figures(inside: Contents) -> dict[str, Any]:
    """Return how much is in a unit."""
    return {
        "members": len(inside.members),
        "groups": len(inside.groups),
        "committees": len(inside.committees),
    }


def refusal_to_reply(refusal: Refusal | None) -> dict[str, Any]:
    """Return a refusal as a preview shows it."""
    if refusal is None:
        return {"refusal": None}
    return {"refusal": {"rule": refusal.rule, "detail": refusal.detail, "params": refusal.params}}


def _answers(unit: Unit, into: Unit) -> list[Refusal | None]:
    return [
        rules.unit_is_open(unit.active),
        rules.unit_is_open(into.active, "into_unit_id"),
        rules.merges_into_its_like(unit.id == into.id, (unit.kind, into.kind), (unit.parent_id, into.parent_id)),
    ]


def _move_contents(tx: Transaction, pair: tuple[Unit, Unit], inside: Contents, on: date, reason: str) -> None:
    unit, into = pair
    for group in inside.groups:
        units.change(tx, group, {"parent_id": into.id}, reason)
        unit_history.note(tx, group, "moved", on, reason=reason, other=into.id)
    if unit.kind == "group":
        bulk_moves.move_to_group(tx, inside.members, (unit.id, into.id), reason)
    else:
        keeping = {group.id for group in inside.groups}
        bulk_moves.move_to_unit(tx, inside.members, (unit.id, into.id), keeping, on, reason)
