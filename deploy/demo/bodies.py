"""The organisation of the demo union beyond its units: committees and their posts, a group, a unit merged long ago."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.organisation import unit_changes

COMMITTEES = (
    ("W0", "女职工委员会", "Women's Committee", "women"),
    ("A0", "经费审查委员会", "Audit Committee", "audit"),
    ("Y0", "青工女职委", "Youth and Women's Committee", "youth_women"),
    ("P0", "提案工作委员会", "Proposal Committee", "proposals"),
    ("M0", "劳动人事争议调解委员会", "Mediation Committee", "mediation"),
)
FIRST_HOLDER = 32
"""Row of the roster from which holders are taken: chairs of units that have no demo account."""
_SEATS = ("committee_chair", "committee_deputy", "committee_member")


def found_bodies(union: DemoUnion) -> int:
    """Found the union's committees, fill their posts, and leave a unit's history; return how many committees."""
    for number, (code, name, name_en, sort) in enumerate(COMMITTEES):
        body = _found(union, code, name, name_en, union.union_id, sort)
        for seat, kind in enumerate(_SEATS):
            # The proposal committee's term is nearly over, so that an election is to be prepared.
            ends_on = today() + timedelta(days=60) if sort == "proposals" and kind == "committee_chair" else None
            _seat(union, body, kind, FIRST_HOLDER + number * len(_SEATS) + seat, ends_on)
    _own_bodies(union)
    _merge_one(union)
    return len(COMMITTEES)


def _own_bodies(union: DemoUnion) -> None:
    """Give the demo chair's unit a committee of its own and two groups."""
    unit = union.units[union.holder("chair")]
    _found(union, "02-C", "外国语学院分工会委员会", "Committee of Foreign Languages", unit, "executive")
    for number, (name, name_en) in enumerate((("英语系小组", "English"), ("公共外语部小组", "College English")), 1):
        body = {"code": f"02-{number}", "name": name, "name_en": name_en, "kind": "group", "parent_id": unit}
        union.ask(f"group-{number}", organisation.create_unit, body)


def _merge_one(union: DemoUnion) -> None:
    founded = date(1985, 9, 1)
    old = {"code": "25", "name": "成人教育学院分工会", "name_en": "Adult Education", "kind": "unit"}
    made = union.ask(
        "unit-25", organisation.create_unit, {**old, "parent_id": union.union_id, "founded_on": founded.isoformat()}
    )
    merged = {
        "unit_id": made["id"],
        "version": made["version"],
        "into_unit_id": union.units[15],
        "reason": "学院合并，分工会随之合并",
    }
    union.ask("merged-25", unit_changes.merge_unit, merged, union.as_officer())


def _found(union: DemoUnion, code: str, name: str, name_en: str, parent: UUID, sort: str) -> UUID:
    body = {"code": code, "name": name, "name_en": name_en, "kind": "committee", "parent_id": parent, "committee": sort}
    return UUID(union.ask(f"committee-{code}", organisation.create_unit, body)["id"])


def _seat(union: DemoUnion, body: UUID, kind: str, row: int, ends_on: date | None) -> None:
    post = {
        "unit_id": body,
        "kind": kind,
        "member_id": union.member_id(row),
        "starts_on": (today() - timedelta(days=400)).isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else None,
    }
    union.ask(f"seat-{row}", organisation.assign_post, post)
