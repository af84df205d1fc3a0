"""The demo union's units and committees, two groups, and a unit that was merged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from deploy.demo.units import COMMITTEES, UNION, UNITS
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.organisation import unit_changes


def play(union: DemoUnion) -> str:
    union.union_id = _create(union, "union", UNION, "union", founded_on="1958-09-01")
    for unit in UNITS:
        union.units.append(_create(union, f"unit-{unit[0]}", unit, "unit", parent_id=union.union_id))
    for *names, sort in COMMITTEES:
        committee = {"parent_id": union.union_id, "committee": sort}
        union.committees[sort] = _create(union, f"committee-{names[0]}", names, "committee", **committee)
    _divide_chairs_unit(union)
    _merge_a_unit(union)
    return f"{len(union.units)} units, {len(union.committees)} committees of the union"


def _divide_chairs_unit(union: DemoUnion) -> None:
    """Give the demo chair's unit a committee of its own and two groups."""
    unit = union.units[union.holder("chair")]
    names = ("02-C", "外国语学院分工会委员会", "Committee of Foreign Languages")
    _create(union, "committee-02-C", names, "committee", parent_id=unit, committee="executive")
    for number, names in enumerate(
        (("02-1", "英语系小组", "English"), ("02-2", "公共外语部小组", "College English")), 1
    ):
        _create(union, f"group-{number}", names, "group", parent_id=unit)


def _merge_a_unit(union: DemoUnion) -> None:
    names = ("25", "成人教育学院分工会", "Adult Education")
    old = _create(union, "unit-25", names, "unit", parent_id=union.union_id, founded_on="1985-09-01")
    merged = {"unit_id": old, "version": 1, "into_unit_id": union.units[15], "reason": "学院合并，分工会随之合并"}
    union.ask("merged-25", unit_changes.merge_unit, merged, union.as_officer())


def _create(union: DemoUnion, step: str, names: Any, kind: str, **further: Any) -> UUID:
    code, name, name_en = names
    unit = {"code": code, "name": name, "name_en": name_en, "kind": kind, **further}
    return UUID(union.ask(step, organisation.create_unit, unit)["id"])
