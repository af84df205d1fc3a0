"""Splitting a unit: parts of it become units of their own, with the groups and members chosen for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import Refusal, first_refusal
from services.contracts.membership.organisation.unit_changes import UnitSplit
from services.membership.joining.use_cases import queue
from services.membership.organisation import rules
from services.membership.organisation.tables import Unit
from services.membership.organisation.use_cases import ending, merging, unit_history, units
from services.membership.organisation.use_cases.merging import Contents
from services.membership.record.use_cases import bulk_moves
from services.membership.transfer.use_cases import ending as transfers
from services.membership.versions import require_version


@dataclass
class Part:
    """A unit to be founded: what it is called, and who goes there."""

    asked: Mapping[str, Any]
    groups: list[Unit]
    members: list[sa.Row]
    strangers: int
    chosen: list[UUID]
    """The groups and members chosen for a part; a member chosen in addition to the own group is counted once."""


def preview_split(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """What a split would move and end, and why it may not be done."""
    unit = units.get_unit(tx, request["unit_id"])
    inside = merging.contents_of(tx, unit)
    parts = _parts(inside, request["into"])
    gone = {member.id for part in parts for member in part.members}
    everywhere = [unit.id, *(one.id for one in inside.committees)]
    posts = ending.posts_in(tx, everywhere, None if request["close"] else gone)
    return {
        "members": len(gone),
        "groups": sum(len(part.groups) for part in parts),
        "committees": len(inside.committees) if request["close"] else 0,
        "posts": len(posts),
        "applications": queue.open_in(tx, unit.id) if request["close"] else 0,
        "staying": len(inside.members) - len(gone),
        "parts": [
            {"code": part.asked["code"], "members": len(part.members), "groups": len(part.groups)} for part in parts
        ],
        **merging.refusal_to_reply(first_refusal(_answers(tx, unit, inside, parts, close=request["close"]))),
    }


def split_unit(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Found units out of one; groups and members chosen go there, the rest stays unless the unit is closed."""
    tx.lock("organisation")
    (unit,) = merging.units_for_update(tx, request["unit_id"])
    require_version(unit, request["version"])
    inside = merging.contents_of(tx, unit, lock=True)
    parts = _parts(inside, request["into"])
    answers = _answers(tx, unit, inside, parts, close=request["close"])
    refuse_first(*answers, merging.day_is_possible(tx, unit, request["on"]))
    founded = [_found(tx, unit, part, request) for part in parts]
    gone = [member.id for part in parts for member in part.members]
    on, reason = request["on"] or tx.today, request["reason"]
    done = {"posts": merging.leave_posts(tx, unit.id, gone, reason), "applications": 0, "committees": 0}
    unit_history.note(tx, unit, "split_off", on, reason=reason, other=founded[0].id, members=len(gone))
    if request["close"]:
        done |= _close(tx, unit, founded[0], inside, request)
    ids = [one.id for one in founded]
    tx.record(UnitSplit(unit_id=unit.id, new_unit_ids=ids, closed=request["close"], on=on, members=len(gone)))
    groups = sum(len(part.groups) for part in parts)
    return {"unit": unit, "founded": founded, "members": len(gone), "groups": groups, **done}


def _found(tx: Transaction, unit: Unit, part: Part, request: Mapping[str, Any]) -> Unit:
    """Found the unit of a part, and move its groups and members there."""
    on, reason = request["on"] or tx.today, request["reason"]
    named = {name: part.asked[name] for name in ("code", "name", "name_en")}
    new = units.store_unit(tx, {**named, "kind": "unit", "parent_id": unit.parent_id, "founded_on": on}, reason)
    unit_history.note(tx, new, "split_from", on, reason=reason, other=unit.id, members=len(part.members))
    for group in part.groups:
        units.change(tx, group, {"parent_id": new.id}, reason)
        unit_history.note(tx, group, "moved", on, reason=reason, other=new.id)
    bulk_moves.move_to_unit(tx, part.members, (unit.id, new.id), {group.id for group in part.groups}, on, reason)
    return new


def _close(tx: Transaction, unit: Unit, heir: Unit, inside: Contents, request: Mapping[str, Any]) -> dict[str, int]:
    """Close the unit that was split up: its posts end, applications go to the first part."""
    left = [group.id for group in inside.groups if group.parent_id == unit.id]
    posts = ending.posts_in(tx, [unit.id, *left, *(one.id for one in inside.committees)], lock=True)
    ended = ending.end_posts(tx, posts, ending.day_before(tx), request["reason"])
    applications = queue.move_open(tx, unit.id, heir.id)
    transfers.follow_units(tx, {unit.id: heir.id})
    unit.merged_into_id = heir.id
    merging.close(tx, unit, request["on"] or tx.today, request["reason"])
    return {"posts": ended, "applications": applications, "committees": len(inside.committees)}


def _parts(inside: Contents, asked: Sequence[Mapping[str, Any]]) -> list[Part]:
    groups = {group.id: group for group in inside.groups}
    return [_part(inside, groups, one) for one in asked]


def _part(inside: Contents, groups: Mapping[UUID, Unit], asked: Mapping[str, Any]) -> Part:
    members = {member.id: member for member in inside.members}
    numbered, unknown = bulk_moves.ids_of_numbers(inside.members, asked["member_numbers"])
    single = {*asked["member_ids"], *numbered}
    chosen_groups = {one for one in asked["group_ids"] if one in groups}
    going = [one for one in inside.members if one.id in single or one.group_id in chosen_groups]
    strangers = unknown + len(single - members.keys()) + len(set(asked["group_ids"]) - chosen_groups)
    chosen = [*(one.id for one in going), *chosen_groups]
    return Part(asked, [groups[one] for one in sorted(chosen_groups)], going, strangers, chosen)


def _answers(
    tx: Transaction, unit: Unit, inside: Contents, parts: Sequence[Part], *, close: bool
) -> list[Refusal | None]:
    chosen = Counter(one for part in parts for one in part.chosen)
    gone = {member.id for part in parts for member in part.members}
    leaving = [one for one in inside.members if one.standing == "transferring" and (close or one.id in gone)]
    return [
        rules.unit_is_open(unit.active),
        rules.unit_can_be_split(unit.kind),
        rules.code_is_free(_code_is_taken(tx, [part.asked["code"] for part in parts])),
        rules.part_takes_its_own(sum(part.strangers for part in parts)),
        rules.nobody_goes_twice(sum(1 for count in chosen.values() if count > 1)),
        rules.each_part_has_members(sum(1 for part in parts if not part.members)),
        rules.nobody_is_left(len(inside.members) - len(gone), close),
        rules.no_transfer_is_open(len(leaving)),
    ]


def _code_is_taken(tx: Transaction, codes: Collection[str]) -> bool:
    taken = tx.session.scalar(sa.select(Unit.id).where(Unit.code.in_(codes)).limit(1)) is not None
    return taken or len(set(codes)) < len(codes)
